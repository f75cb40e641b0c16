package org.heliograph.node.forward;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.ManifestDocument;
import org.heliograph.node.link.ManifestInstance;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.prepare.PartPlan;
import org.heliograph.node.prepare.PartSource;
import org.heliograph.node.prepare.Parts;
import org.heliograph.node.spool.InstanceState;
import org.heliograph.node.spool.ParcelRecord;
import org.heliograph.node.spool.Prepared;
import org.heliograph.node.spool.Spool;
import org.heliograph.node.spool.SpooledDocument;
import org.heliograph.node.spool.SpooledInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes parcels of what is prepared: all of a study with one urgency, once nothing more of it
 * comes. Everything in the parcel's folder is durable before the spool is told of the parcel, so
 * that a crash in between leaves no more than a folder that nobody knows.
 */
final class Packer {
  private static final Logger LOG = LoggerFactory.getLogger(Packer.class);
  private static final int LOOKED_AT = 20_000;
  private static final int MOST_IN_A_PARCEL = 1000;

  private final Spool spool;
  private final DurableFiles files;
  private final Parts parts;
  private final LinkSettings settings;
  private final InstantSource clock;

  Packer(Spool spool, DurableFiles files, LinkSettings settings, InstantSource clock) {
    this.spool = spool;
    this.files = files;
    this.parts = new Parts(files);
    this.settings = settings;
    this.clock = clock;
  }

  /** What goes together. */
  private record Group(String study, Urgency urgency) {
    @Override
    public String toString() {
      return "Group[" + urgency + "]";
    }
  }

  private static final class Members {
    private final List<SpooledInstance> instances = new ArrayList<>();
    private final List<SpooledDocument> documents = new ArrayList<>();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    void seen(Instant at) {
      first = at.isBefore(first) ? at : first;
      last = at.isAfter(last) ? at : last;
    }
  }

  /**
   * Packs all that is ready.
   *
   * @return whether something waits for its study to become quiet
   */
  boolean pack() throws IOException {
    List<SpooledInstance> prepared = spool.in(InstanceState.PREPARED, LOOKED_AT);
    List<SpooledDocument> documents = spool.documentsIn(InstanceState.PREPARED, LOOKED_AT);
    if (prepared.isEmpty() && documents.isEmpty()) {
      return false;
    }
    Set<StudyInstanceUid> inWork = new HashSet<>();
    spool.in(InstanceState.RECEIVED, LOOKED_AT).forEach(i -> inWork.add(i.study()));
    var groups = new LinkedHashMap<Group, Members>();
    for (SpooledInstance each : prepared) {
      Members of = groups.computeIfAbsent(group(each), _ -> new Members());
      of.instances.add(each);
      of.seen(each.receivedAt());
    }
    for (SpooledDocument each : documents) {
      var group = new Group(each.study().studyInstanceUid(), each.urgency());
      Members of = groups.computeIfAbsent(group, _ -> new Members());
      of.documents.add(each);
      of.seen(each.receivedAt());
    }
    boolean waits = false;
    for (Members group : groups.values()) {
      if (isReady(group, inWork)) {
        close(group);
      } else {
        waits = true;
      }
    }
    return waits;
  }

  private static Group group(SpooledInstance instance) {
    return new Group(instance.study().value().value(), instance.urgency());
  }

  /** A clock that was set back must not hold anything up. */
  private boolean isReady(Members group, Set<StudyInstanceUid> inWork) {
    Instant now = clock.instant();
    boolean quiet =
        Duration.between(group.last, now).abs().compareTo(settings.quiet()) >= 0
            && group.instances.stream().noneMatch(i -> inWork.contains(i.study()));
    boolean overdue =
        Duration.between(group.first, now).abs().compareTo(settings.longestWait()) >= 0;
    return quiet || overdue || group.instances.size() >= MOST_IN_A_PARCEL;
  }

  private void close(Members group) throws IOException {
    group.instances.sort(Comparator.comparing(SpooledInstance::receivedAt));
    List<SpooledInstance> some =
        group.instances.subList(0, Math.min(MOST_IN_A_PARCEL, group.instances.size()));
    UUID id = UUID.randomUUID();
    try {
      Path folder = spool.parcelFolder(id);
      PartPlan plan = parts.plan(folder, sources(some, group.documents));
      Manifest manifest = manifest(id, some, group.documents, plan);
      SpooledContents.write(files, folder, manifest);
      spool.parcel(
          ParcelRecord.of(
              id,
              manifest.urgency(),
              manifest.closedAt(),
              some.stream().map(SpooledInstance::id).toList(),
              group.documents.stream().map(SpooledDocument::id).toList()));
      LOG.info(
          "event=parcel.closed parcel={} urgency={} instances={} documents={} parts={}",
          id,
          manifest.urgency(),
          some.size(),
          group.documents.size(),
          manifest.parts().size());
    } catch (IOException e) {
      // one damaged file must not hold up the others: it is set aside, and the rest tried again
      for (SpooledInstance each : some) {
        spool.verify(each.id());
      }
      throw e;
    }
  }

  private List<PartSource> sources(
      List<SpooledInstance> instances, List<SpooledDocument> documents) {
    var sources = new ArrayList<PartSource>();
    for (SpooledInstance each : instances) {
      sources.add(
          new PartSource(
              PartSource.Kind.INSTANCE,
              each.sopInstance().value().value(),
              spool.file(each),
              spool.preview(each).orElse(null)));
    }
    for (SpooledDocument each : documents) {
      sources.add(
          new PartSource(
              PartSource.Kind.DOCUMENT,
              each.id().toString(),
              spool.file(each),
              spool.preview(each).orElse(null)));
    }
    return sources;
  }

  private Manifest manifest(
      UUID id, List<SpooledInstance> instances, List<SpooledDocument> documents, PartPlan plan)
      throws IOException {
    Map<String, ManifestStudy> studies = new LinkedHashMap<>();
    for (SpooledInstance each : instances) {
      String uid = each.study().value().value();
      if (!studies.containsKey(uid)) {
        studies.put(uid, StudyHeaders.read(each.study(), spool.file(each)));
      }
    }
    documents.forEach(d -> studies.putIfAbsent(d.study().studyInstanceUid(), d.study()));
    Urgency urgency =
        instances.isEmpty() ? documents.getFirst().urgency() : instances.getFirst().urgency();
    return new Manifest(
        id,
        urgency,
        clock.instant(),
        List.copyOf(studies.values()),
        instances.stream().map(i -> line(i, plan)).toList(),
        documents.stream().map(d -> line(d, plan)).toList(),
        plan.parts());
  }

  private static ManifestInstance line(SpooledInstance instance, PartPlan plan) {
    String uid = instance.sopInstance().value().value();
    Prepared prepared = instance.prepared();
    return new ManifestInstance(
        part(plan, uid),
        uid,
        instance.sopClass().value().value(),
        instance.study().value().value(),
        instance.series().value().value(),
        instance.syntax().value().value(),
        instance.datasetBytes(),
        instance.digest(),
        instance.received().value().value(),
        instance.receivedDigest(),
        prepared == null ? null : prepared.pixelDigest(),
        instance.callingAe().value(),
        prepared == null ? null : prepared.rows(),
        prepared == null ? null : prepared.columns(),
        prepared == null ? 0 : prepared.numberOfFrames(),
        plan.previewed().contains(uid));
  }

  private static ManifestDocument line(SpooledDocument document, PartPlan plan) {
    String id = document.id().toString();
    return new ManifestDocument(
        part(plan, id),
        document.id(),
        document.study().studyInstanceUid(),
        document.mediaType(),
        document.view(),
        document.title(),
        document.sizeBytes(),
        document.digest(),
        plan.previewed().contains(id));
  }

  private static int part(PartPlan plan, String contentId) {
    Integer part = plan.partOf().get(contentId);
    if (part == null) {
      throw new IllegalStateException("an object is in no part");
    }
    return part;
  }
}
