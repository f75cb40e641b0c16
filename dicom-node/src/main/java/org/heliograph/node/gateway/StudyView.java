package org.heliograph.node.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.node.forward.LinkProgress;
import org.heliograph.node.forward.ParcelProgress;
import org.heliograph.node.forward.StudyHeaders;
import org.heliograph.node.inbox.CaseBoard;
import org.heliograph.node.inbox.InboxReport;
import org.heliograph.node.link.HubMessage.CaseNews;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.ParcelRecord;
import org.heliograph.node.spool.Spool;
import org.heliograph.node.spool.SpooledDocument;
import org.heliograph.node.spool.SpooledInstance;
import org.heliograph.node.spool.StudyProgress;
import org.heliograph.node.status.StatusDocument.Step;
import org.heliograph.node.status.StatusDocument.Study;
import org.jspecify.annotations.Nullable;

/** How far each study is, from the spool, the line and the hub's news together. */
final class StudyView {
  private static final int MOST_SHOWN = 200;
  private static final int MOST_HEADERS = 500;
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int ID_LENGTH = 6;

  private final Stores stores;

  /** Headers do not change, so each is read once. */
  private final Map<StudyInstanceUid, ManifestStudy> headers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StudyInstanceUid, ManifestStudy> eldest) {
          return size() > MOST_HEADERS;
        }
      };

  StudyView(Stores stores) {
    this.stores = stores;
  }

  /** What is shown of all studies. */
  record Page(List<Study> studies, boolean truncated) {}

  Page page(@Nullable LinkProgress progress, boolean names) {
    Map<StudyInstanceUid, Sending> sending = sending(progress);
    List<StudyProgress> all =
        stores.spool().studies().stream()
            .sorted(
                Comparator.comparing((StudyProgress each) -> !each.isWaiting())
                    .thenComparing(each -> each.isWaiting() ? each.urgency() : Urgency.EMERGENCY)
                    .thenComparingLong(each ->
                        each.isWaiting()
                            ? each.firstReceivedAt().toEpochMilli()
                            : -each.lastReceivedAt().toEpochMilli()))
            .toList();
    List<Study> shown = new ArrayList<>();
    for (StudyProgress each : all.subList(0, Math.min(all.size(), MOST_SHOWN))) {
      shown.add(study(each, sending.get(each.study()), names));
    }
    return new Page(shown, all.size() > MOST_SHOWN);
  }

  boolean urgent(String id, Urgency urgency) throws IOException {
    for (StudyProgress each : stores.spool().studies()) {
      if (id(each.study()).equalsIgnoreCase(id)) {
        stores.spool().urgent(each.study(), urgency);
        return true;
      }
    }
    return false;
  }

  /** A short name for a study, the same at each start, that tells nothing of a patient. */
  static String id(StudyInstanceUid study) {
    byte[] digest =
        IdentityFiles.newSha256().digest(study.value().value().getBytes(StandardCharsets.US_ASCII));
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(digest[i] & 31));
    }
    return id.toString();
  }

  private Study study(StudyProgress progress, @Nullable Sending sending, boolean names) {
    String uid = progress.study().value().value();
    CaseNews news = stores.cases().ofStudy(uid).stream().findFirst().orElse(null);
    ManifestStudy header = header(progress.study());
    boolean asks = news != null && CaseBoard.isAsking(news);
    long images =
        (long) progress.received()
            + progress.prepared()
            + progress.parcelled()
            + progress.confirmed()
            + progress.parked();
    return new Study(
        id(progress.study()),
        news == null ? null : news.caseNumber(),
        header == null ? "" : header.modality(),
        images,
        progress.confirmed(),
        progress.firstReceivedAt(),
        progress.urgency(),
        step(progress, news, uid),
        sending == null ? progress.confirmedBytes() : sending.sentBytes,
        sending == null ? progress.bytes() : sending.totalBytes,
        sending == null ? null : sending.minutesLeft,
        names && header != null ? header.patientName() : null,
        names && header != null ? header.patientId() : null,
        names && asks && news != null ? news.question() : null);
  }

  private Step step(StudyProgress progress, @Nullable CaseNews news, String uid) {
    if (progress.parcelled() > 0) {
      return Step.SENDING;
    }
    if (progress.received() > 0) {
      return Step.RECEIVED;
    }
    if (progress.prepared() > 0) {
      return Step.PREPARED;
    }
    if (progress.parked() > 0) {
      return Step.PARKED;
    }
    boolean reported =
        stores.inbox().reports().stream()
            .anyMatch(each ->
                each.state() == InboxReport.State.HERE
                    && each.told().studyInstanceUids().contains(uid));
    if (reported) {
      return Step.REPORT_READY;
    }
    return switch (news == null ? "" : news.state()) {
      case "CLAIMED", "REPORTED" -> Step.BEING_READ;
      case "FINAL", "DELIVERED", "ACKNOWLEDGED", "AMENDED" -> Step.REPORT_READY;
      case "NEEDS_INFO" -> Step.QUESTION;
      case "REJECTED", "CANCELLED" -> Step.REJECTED;
      default -> Step.AT_HOSPITAL;
    };
  }

  /** A parcel has one study's objects. */
  private Map<StudyInstanceUid, Sending> sending(@Nullable LinkProgress progress) {
    Map<StudyInstanceUid, Sending> all = new HashMap<>();
    if (progress == null) {
      return all;
    }
    long before = 0;
    for (ParcelProgress parcel : progress.parcels()) {
      before += parcel.totalBytes() - parcel.sentBytes();
      StudyInstanceUid study = studyOf(parcel);
      if (study != null) {
        Sending sum = all.computeIfAbsent(study, _ -> new Sending());
        sum.sentBytes += parcel.sentBytes();
        sum.totalBytes += parcel.totalBytes();
        sum.minutesLeft =
            progress.bytesPerSecond() <= 0
                ? null
                : Long.valueOf((long) Math.ceil(before / progress.bytesPerSecond() / 60));
      }
    }
    return all;
  }

  private @Nullable StudyInstanceUid studyOf(ParcelProgress progress) {
    Spool spool = stores.spool();
    ParcelRecord parcel = spool.parcel(progress.parcel()).orElse(null);
    if (parcel == null) {
      return null;
    }
    if (!parcel.instances().isEmpty()) {
      return spool.find(parcel.instances().getFirst()).map(SpooledInstance::study).orElse(null);
    }
    return parcel.documents().stream()
        .flatMap(id -> spool.document(id).stream())
        .map(SpooledDocument::study)
        .map(each -> StudyInstanceUid.of(each.studyInstanceUid()))
        .findFirst()
        .orElse(null);
  }

  private @Nullable ManifestStudy header(StudyInstanceUid study) {
    synchronized (headers) {
      ManifestStudy known = headers.get(study);
      if (known != null) {
        return known;
      }
    }
    for (SpooledInstance each : stores.spool().ofStudy(study)) {
      try {
        if (Files.exists(stores.spool().file(each))) {
          ManifestStudy header = StudyHeaders.read(study, stores.spool().file(each));
          synchronized (headers) {
            headers.put(study, header);
          }
          return header;
        }
      } catch (IOException e) {
        // Gone or damaged meanwhile: another one tells the same.
      }
    }
    return null;
  }

  /** Bytes of a study that are on their way. */
  private static final class Sending {
    private long sentBytes;
    private long totalBytes;
    private @Nullable Long minutesLeft;
  }
}
