package org.heliograph.reader.commitment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heliograph.archive.Archive;
import org.heliograph.archive.blob.NoSuchBlobException;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.archive.catalog.Search;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.catalog.UnsupportedMatchException;
import org.heliograph.archive.catalog.Visibility;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.node.commitment.FailureReason;
import org.heliograph.node.commitment.ReferencedInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds out what the archive can vouch for: an instance of the site that asks, under the SOP class
 * it says, whose bytes are in the store in full, and of which no other version waits in quarantine.
 */
@Component
class Decision {
  static final int COMMITTED = 0;
  private static final Logger log = LoggerFactory.getLogger(Decision.class);
  private static final int AT_ONCE = 500;

  private final Archive archive;

  Decision(Archive archive) {
    this.archive = archive;
  }

  /**
   * For each instance 0, or the code of a {@link FailureReason}.
   *
   * @throws IOException the store does not answer
   */
  List<Integer> of(UUID siteId, List<ReferencedInstance> instances) throws IOException {
    List<Integer> outcomes = new ArrayList<>(instances.size());
    for (int from = 0; from < instances.size(); from += AT_ONCE) {
      decide(siteId, instances.subList(from, Math.min(instances.size(), from + AT_ONCE)), outcomes);
    }
    return outcomes;
  }

  private void decide(UUID siteId, List<ReferencedInstance> part, List<Integer> outcomes)
      throws IOException {
    Map<SopInstanceUid, StoredInstance> stored = new HashMap<>();
    for (StoredInstance each : find(siteId, part)) {
      stored.put(each.instance(), each);
    }
    Set<SopInstanceUid> disputed =
        archive
            .quarantine()
            .waiting(siteId, part.stream().map(ReferencedInstance::sopInstance).toList());
    for (ReferencedInstance each : part) {
      outcomes.add(outcome(each, stored, disputed));
    }
  }

  private List<StoredInstance> find(UUID siteId, List<ReferencedInstance> part) {
    try {
      return archive
          .catalog()
          .instances(
              Search.of(QueryLevel.INSTANCE, Visibility.ofSite(siteId))
                  .match(
                      Tag.SOPInstanceUID,
                      part.stream()
                          .map(each -> each.sopInstance().value().value())
                          .distinct()
                          .collect(Collectors.joining("\\")))
                  .build());
    } catch (UnsupportedMatchException e) {
      throw new IllegalStateException("UIDs can be searched for", e);
    }
  }

  private int outcome(
      ReferencedInstance asked,
      Map<SopInstanceUid, StoredInstance> stored,
      Set<SopInstanceUid> disputed)
      throws IOException {
    StoredInstance found = stored.get(asked.sopInstance());
    if (found == null) {
      return FailureReason.NO_SUCH_OBJECT_INSTANCE.code();
    }
    if (!found.sopClass().equals(asked.sopClass())) {
      return FailureReason.CLASS_INSTANCE_CONFLICT.code();
    }
    return disputed.contains(asked.sopInstance()) || !isWhole(found)
        ? FailureReason.PROCESSING_FAILURE.code()
        : COMMITTED;
  }

  private boolean isWhole(StoredInstance instance) throws IOException {
    try {
      if (archive.blobs().byteCount(instance.blob()) == instance.blobBytes()) {
        return true;
      }
    } catch (NoSuchBlobException e) {
      // said below
    }
    log.error("event=commitment.blob_missing instance={}", instance.id());
    return false;
  }
}
