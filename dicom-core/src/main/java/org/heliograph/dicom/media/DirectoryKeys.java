package org.heliograph.dicom.media;

import java.util.Comparator;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Tag;

/**
 * The keys of directory records (PS3.3 F.5), taken from an instance. Where it has no value and one
 * must be there, one that says nothing is made up.
 */
final class DirectoryKeys {
  private static final String NO_DATE = "19000101";
  private static final String NO_TIME = "000000";
  private static final String NO_TEXT = "UNKNOWN";

  private DirectoryKeys() {}

  static Dataset.Builder patient(Dataset instance, int number) {
    Dataset.Builder keys = copy(instance, Tag.PatientName, Tag.PatientID);
    empty(keys, instance, Tag.PatientName);
    if (lacks(instance, Tag.PatientID)) {
      keys.string(Tag.PatientID, "NO_ID_" + number);
    }
    return keys;
  }

  static Dataset.Builder study(Dataset instance, int number) {
    Dataset.Builder keys =
        copy(
            instance,
            Tag.StudyDate,
            Tag.StudyTime,
            Tag.StudyDescription,
            Tag.StudyInstanceUID,
            Tag.StudyID,
            Tag.AccessionNumber);
    empty(keys, instance, Tag.StudyDescription, Tag.AccessionNumber);
    if (lacks(instance, Tag.StudyDate)) {
      keys.string(
          Tag.StudyDate,
          first(instance, NO_DATE, Tag.SeriesDate, Tag.AcquisitionDate, Tag.ContentDate));
    }
    if (lacks(instance, Tag.StudyTime)) {
      keys.string(
          Tag.StudyTime,
          first(instance, NO_TIME, Tag.SeriesTime, Tag.AcquisitionTime, Tag.ContentTime));
    }
    if (lacks(instance, Tag.StudyID)) {
      keys.string(Tag.StudyID, Integer.toString(number));
    }
    return keys;
  }

  static Dataset.Builder series(Dataset instance, int number) {
    Dataset.Builder keys = copy(instance, Tag.Modality, Tag.SeriesInstanceUID, Tag.SeriesNumber);
    if (lacks(instance, Tag.Modality)) {
      keys.string(Tag.Modality, "OT");
    }
    if (lacks(instance, Tag.SeriesNumber)) {
      keys.integer(Tag.SeriesNumber, number);
    }
    return keys;
  }

  static Dataset.Builder instance(Dataset instance, RecordType type, int number) {
    Dataset.Builder keys = copy(instance, Tag.InstanceNumber);
    if (lacks(instance, Tag.InstanceNumber)) {
      keys.integer(Tag.InstanceNumber, number);
    }
    keys.addAll(instance.only(type.needed())).addAll(instance.only(type.wanted()));
    keys.addAll(instance.only(type.carried()));
    empty(keys, instance, type.wanted());
    for (int tag : type.needed()) {
      if (lacks(instance, tag)) {
        invent(keys, tag);
      }
    }
    if (type == RecordType.SR_DOCUMENT || type == RecordType.KEY_OBJECT_DOC) {
      document(keys, instance);
    }
    return keys;
  }

  private static void document(Dataset.Builder keys, Dataset instance) {
    List<Dataset> modifiers =
        instance.items(Tag.ContentSequence).stream()
            .filter(item -> item.string(Tag.RelationshipType, "").equals("HAS CONCEPT MOD"))
            .toList();
    if (!modifiers.isEmpty()) {
      keys.sequence(Tag.ContentSequence, modifiers);
    }
    instance.items(Tag.VerifyingObserverSequence).stream()
        .flatMap(item -> item.string(Tag.VerificationDateTime).stream())
        .max(Comparator.naturalOrder())
        .ifPresent(latest -> keys.string(Tag.VerificationDateTime, latest));
  }

  private static void invent(Dataset.Builder keys, int tag) {
    switch (Dictionary.vrOf(tag)) {
      case DA -> keys.string(tag, NO_DATE);
      case TM -> keys.string(tag, NO_TIME);
      case IS, US, UL -> keys.integer(tag, 1);
      case SQ -> keys.sequence(tag, List.of());
      default ->
          keys.string(
              tag,
              switch (tag) {
                case Tag.CompletionFlag -> "PARTIAL";
                case Tag.VerificationFlag -> "UNVERIFIED";
                default -> NO_TEXT;
              });
    }
  }

  private static Dataset.Builder copy(Dataset instance, int... tags) {
    return Dataset.builder().addAll(instance.only(tags));
  }

  private static void empty(Dataset.Builder keys, Dataset instance, int... tags) {
    for (int tag : tags) {
      if (!instance.contains(tag)) {
        keys.empty(tag);
      }
    }
  }

  private static boolean lacks(Dataset instance, int tag) {
    return instance.string(tag).isEmpty() && instance.items(tag).isEmpty();
  }

  private static String first(Dataset instance, String fallback, int... tags) {
    for (int tag : tags) {
      if (!lacks(instance, tag)) {
        return instance.string(tag, fallback);
      }
    }
    return fallback;
  }
}
