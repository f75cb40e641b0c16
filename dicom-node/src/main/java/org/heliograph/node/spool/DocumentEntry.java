package org.heliograph.node.spool;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/** A photo or a PDF in memory. They are few, so they are kept as they are told. */
final class DocumentEntry {
  final DocumentRecord record;
  InstanceState state = InstanceState.PREPARED;
  String code = "";
  @Nullable ParcelEntry parcel;
  int confirmedAt;
  boolean seen;

  /** What a person set; null if nobody did. */
  @Nullable Urgency urgency;

  /** What the journal says of a document that came. */
  record DocumentRecord(
      UUID id,
      ManifestStudy study,
      String mediaType,
      String view,
      String title,
      long sizeBytes,
      String digest,
      long receivedAt,
      Urgency urgency,
      boolean hasPreview) {
    @Override
    public String toString() {
      return "DocumentRecord[" + id + "]";
    }
  }

  DocumentEntry(DocumentRecord record) {
    this.record = record;
  }

  /** Whether it is the same file of the same patient; the study's UID may have been made anew. */
  boolean isSame(String digest, ManifestStudy study) {
    return record.digest().equals(digest)
        && record.study().patientName().equals(study.patientName())
        && record.study().patientId().equals(study.patientId())
        && record.study().issuerOfPatientId().equals(study.issuerOfPatientId())
        && record.study().patientBirthDate().equals(study.patientBirthDate())
        && record.study().accessionNumber().equals(study.accessionNumber())
        && record.study().studyDate().equals(study.studyDate());
  }

  SpooledDocument told() {
    return new SpooledDocument(
        record.id(),
        state,
        record.study(),
        record.mediaType(),
        record.view(),
        record.title(),
        record.sizeBytes(),
        record.digest(),
        Instant.ofEpochMilli(record.receivedAt()),
        urgency == null ? record.urgency() : urgency,
        record.hasPreview(),
        parcel == null ? null : parcel.id,
        code);
  }
}
