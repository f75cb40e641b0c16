package org.heliograph.reader.dicomweb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.InstanceRef;
import org.heliograph.archive.ingest.PartTenResult;
import org.heliograph.archive.ingest.RefusalReason;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What a store request is answered: the Store Instances Response Module (PS3.18 Annex I) and the
 * status that it amounts to (PS3.18 Table 10.5.3-1).
 */
final class StoreAnswer {
  /** Kept apart: the same code as of a C-STORE, PS3.4 Table B.2-1, coercion of data elements. */
  static final int KEPT_APART = 0xB000;

  static final int OUT_OF_RESOURCES = 0xA700;
  static final int DOES_NOT_MATCH = 0xA900;
  static final int CANNOT_UNDERSTAND = 0xC000;
  static final int OTHER_STUDY = 0xC409;
  static final int SYNTAX_NOT_SUPPORTED = 0xC122;
  static final int CLASS_NOT_SUPPORTED = 0x0122;
  static final int NOT_AUTHORIZED = 0x0124;

  private final Addresses addresses;
  private final List<Dataset> referenced = new ArrayList<>();
  private final List<Dataset> failed = new ArrayList<>();
  private final List<Dataset> otherFailures = new ArrayList<>();
  private final Map<String, Integer> storedByStudy = new TreeMap<>();
  private int stored;
  private int warnings;
  private boolean later;
  private boolean overQuota;

  StoreAnswer(Addresses addresses) {
    this.addresses = addresses;
  }

  void add(PartTenResult part) {
    switch (part.result()) {
      case IngestResult.Stored done -> stored(part, done.instance());
      case IngestResult.AlreadyStored done -> stored(part, done.instance());
      case IngestResult.Quarantined _ -> {
        warnings++;
        referenced.add(reference(part).integer(Tag.WarningReason, KEPT_APART).build());
      }
      case IngestResult.Refused refused -> {
        overQuota |= refused.reason() == RefusalReason.QUOTA_REACHED;
        later |= refused.reason().retry() == RefusalReason.Retry.LATER;
        addFailure(part.sopClass(), part.sopInstance(), failureReason(refused.reason()));
      }
    }
  }

  /** A part that is no instance. */
  void addUnreadable() {
    addFailure("", "", CANNOT_UNDERSTAND);
  }

  private void stored(PartTenResult part, InstanceRef instance) {
    stored++;
    String study = instance.study().value().value();
    storedByStudy.merge(study, 1, Integer::sum);
    String address =
        addresses.instance(
            study, instance.series().value().value(), instance.instance().value().value());
    referenced.add(reference(part).string(Tag.RetrieveURL, address).build());
  }

  /** An instance that was not stored; one without a UID is among the other failures. */
  void addFailure(String sopClass, String sopInstance, int reason) {
    if (Uid.isValid(sopInstance)) {
      failed.add(
          reference(new PartTenResult(NO_RESULT, sopClass, sopInstance))
              .integer(Tag.FailureReason, reason)
              .build());
    } else {
      otherFailures.add(Dataset.builder().integer(Tag.FailureReason, reason).build());
    }
  }

  private static final IngestResult NO_RESULT = new IngestResult.Refused(RefusalReason.UNREADABLE);

  private static Dataset.Builder reference(PartTenResult part) {
    Dataset.Builder item = Dataset.builder();
    if (Uid.isValid(part.sopClass())) {
      item.string(Tag.ReferencedSOPClassUID, part.sopClass());
    }
    return item.string(Tag.ReferencedSOPInstanceUID, part.sopInstance());
  }

  private static int failureReason(RefusalReason reason) {
    return switch (reason) {
      case OUT_OF_SPACE, QUOTA_REACHED, STORE_UNAVAILABLE -> OUT_OF_RESOURCES;
      case DELETED_FOR_GOOD -> NOT_AUTHORIZED;
      case CLASS_MISMATCH, INSTANCE_MISMATCH, DIGEST_MISMATCH, MISSING_UID, INVALID_UID ->
          DOES_NOT_MATCH;
      case STUDY_MISMATCH -> OTHER_STUDY;
      case NOT_STORABLE -> CLASS_NOT_SUPPORTED;
      case UNKNOWN_TRANSFER_SYNTAX -> SYNTAX_NOT_SUPPORTED;
      case UNREADABLE, TRUNCATED, TRUNCATED_PIXEL_DATA -> CANNOT_UNDERSTAND;
    };
  }

  boolean isEmpty() {
    return referenced.isEmpty() && failed.isEmpty() && otherFailures.isEmpty();
  }

  /** How many instances were stored, by their study. */
  Map<String, Integer> storedByStudy() {
    return storedByStudy;
  }

  HttpStatus status() {
    if (stored + warnings == 0 && overQuota) {
      return HttpStatus.INSUFFICIENT_STORAGE;
    }
    if (stored + warnings == 0) {
      return later ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.CONFLICT;
    }
    boolean whole = warnings == 0 && failed.isEmpty() && otherFailures.isEmpty();
    return whole ? HttpStatus.OK : HttpStatus.ACCEPTED;
  }

  /**
   * The response module.
   *
   * @param study that the request was about; null for any
   */
  Dataset dataset(@Nullable String study) {
    Dataset.Builder answer = Dataset.builder();
    if (study != null || storedByStudy.size() == 1) {
      answer.string(
          Tag.RetrieveURL,
          addresses.study(study == null ? storedByStudy.keySet().iterator().next() : study));
    }
    addSequence(answer, Tag.FailedSOPSequence, failed);
    addSequence(answer, Tag.ReferencedSOPSequence, referenced);
    addSequence(answer, Tag.OtherFailuresSequence, otherFailures);
    return answer.build();
  }

  private static void addSequence(Dataset.Builder answer, int tag, List<Dataset> items) {
    if (!items.isEmpty()) {
      answer.sequence(tag, items);
    }
  }
}
