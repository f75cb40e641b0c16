package org.heliograph.archive.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What persons said of the patient of a study, where it differs from the headers. Headers are
 * coerced on their way out; what was there before goes into Original Attributes Sequence
 * (0400,0561), PS3.3 C.12.1.1.9. Stored bytes never change.
 */
public record CorrectedPatient(
    String name,
    String patientId,
    String issuer,
    @Nullable LocalDate birthDate,
    String sex,
    Instant at) {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'+0000'").withZone(ZoneOffset.UTC);
  private static final String SYSTEM = "HELIOGRAPH";

  /** The header as it is given out. */
  public Dataset applyTo(Dataset header) {
    Dataset changes = changes(header);
    return changes.size() == 0 ? header : header.toBuilder().addAll(changes).build();
  }

  /** The elements that are given out in place of the header's; none if it says the same. */
  Dataset changes(Dataset header) {
    Dataset.Builder now = Dataset.builder();
    Dataset.Builder before = Dataset.builder();
    int changed = 0;
    changed += text(header, Tag.PatientName, name, now, before);
    changed += text(header, Tag.PatientID, patientId, now, before);
    changed += text(header, Tag.IssuerOfPatientID, issuer, now, before);
    changed += text(header, Tag.PatientSex, sex, now, before);
    changed += birthDate(header, now, before);
    if (changed == 0) {
      return Dataset.empty();
    }
    List<Dataset> originals = new ArrayList<>(header.items(Tag.OriginalAttributesSequence));
    originals.add(
        Dataset.builder()
            .empty(Tag.SourceOfPreviousValues)
            .string(Tag.AttributeModificationDateTime, DATE_TIME.format(at))
            .string(Tag.ModifyingSystem, SYSTEM)
            .string(Tag.ReasonForTheAttributeModification, "CORRECT")
            .sequence(Tag.ModifiedAttributesSequence, before.build())
            .build());
    return now.sequence(Tag.OriginalAttributesSequence, originals).build();
  }

  private static int text(
      Dataset header, int tag, String value, Dataset.Builder now, Dataset.Builder before) {
    if (header.string(tag, "").equals(value)) {
      return 0;
    }
    if (value.isEmpty()) {
      now.empty(tag);
    } else {
      now.string(tag, value);
    }
    remember(header, tag, before);
    return 1;
  }

  private int birthDate(Dataset header, Dataset.Builder now, Dataset.Builder before) {
    LocalDate was = header.date(Tag.PatientBirthDate).orElse(null);
    if (was == null ? birthDate == null : was.equals(birthDate)) {
      return 0;
    }
    if (birthDate == null) {
      now.empty(Tag.PatientBirthDate);
    } else {
      now.date(Tag.PatientBirthDate, birthDate);
    }
    remember(header, Tag.PatientBirthDate, before);
    return 1;
  }

  /** As it was; what was not there is remembered as empty. */
  private static void remember(Dataset header, int tag, Dataset.Builder before) {
    header.get(tag).ifPresentOrElse(before::element, () -> before.empty(tag));
  }

  @Override
  public String toString() {
    return "CorrectedPatient[***]";
  }
}
