package org.heliograph.reader.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.catalog.StoredSeries;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What a report object shares with the pictures it is about: patient and study modules (PS3.3
 * C.7.1.1, C.7.2.1) taken from the stored study, never from the request, so that the study stays
 * one.
 */
final class StudyModules {
  static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'+0000'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private StudyModules() {}

  /** Patient, study, equipment and SOP common attributes; the caller adds what is its own. */
  static Dataset.Builder begin(StoredStudy study, String sopClass, String sopInstance, Instant at) {
    Dataset.Builder b =
        Dataset.builder()
            .string(Tag.SpecificCharacterSet, "ISO_IR 192")
            .string(Tag.TimezoneOffsetFromUTC, "+0000")
            .string(Tag.SOPClassUID, sopClass)
            .string(Tag.SOPInstanceUID, sopInstance)
            .string(Tag.InstanceCreationDate, DATE.format(at))
            .string(Tag.InstanceCreationTime, TIME.format(at))
            .string(Tag.ContentDate, DATE.format(at))
            .string(Tag.ContentTime, TIME.format(at))
            .string(Tag.Manufacturer, "Heliograph")
            .string(Tag.ManufacturerModelName, "Heliograph")
            .string(Tag.StudyInstanceUID, study.study().value().value())
            .personName(Tag.PatientName, study.patientName())
            .personName(Tag.ReferringPhysicianName, study.referringPhysicianName());
    text(b, Tag.PatientID, study.patientId());
    if (!study.issuerOfPatientId().isEmpty()) {
      text(b, Tag.IssuerOfPatientID, study.issuerOfPatientId());
    }
    text(b, Tag.PatientSex, study.patientSex());
    text(b, Tag.AccessionNumber, study.accessionNumber());
    text(b, Tag.StudyTime, study.studyTime());
    b.empty(Tag.StudyID);
    date(b, Tag.PatientBirthDate, study.patientBirthDate());
    date(b, Tag.StudyDate, study.studyDate());
    return b;
  }

  /** Every picture of the study, as evidence for a report (PS3.3 C.17.2.1, Table C.17-3). */
  static Dataset evidence(StoredStudy study) {
    List<Dataset> series = new ArrayList<>();
    for (StoredSeries one : study.series()) {
      List<Dataset> instances =
          one.instances().stream().filter(StudyModules::isPicture).map(StudyModules::ref).toList();
      if (!instances.isEmpty()) {
        series.add(
            Dataset.builder()
                .string(Tag.SeriesInstanceUID, one.series().value().value())
                .sequence(Tag.ReferencedSOPSequence, instances)
                .build());
      }
    }
    return Dataset.builder()
        .string(Tag.StudyInstanceUID, study.study().value().value())
        .sequence(Tag.ReferencedSeriesSequence, series)
        .build();
  }

  /** Every picture of the study as a plain list of references. */
  static List<Dataset> pictures(StoredStudy study) {
    return study.series().stream()
        .flatMap(series -> series.instances().stream())
        .filter(StudyModules::isPicture)
        .map(StudyModules::ref)
        .toList();
  }

  static Dataset ref(String sopClass, String sopInstance) {
    return Dataset.builder()
        .string(Tag.ReferencedSOPClassUID, sopClass)
        .string(Tag.ReferencedSOPInstanceUID, sopInstance)
        .build();
  }

  static Dataset code(String value, String scheme, String meaning) {
    return Dataset.builder()
        .string(Tag.CodeValue, value)
        .string(Tag.CodingSchemeDesignator, scheme)
        .string(Tag.CodeMeaning, meaning)
        .build();
  }

  private static Dataset ref(StoredInstance instance) {
    return ref(instance.sopClass().value().value(), instance.instance().value().value());
  }

  /** Pictures have rows; documents and states have none. */
  private static boolean isPicture(StoredInstance instance) {
    return instance.rows() != null;
  }

  private static void text(Dataset.Builder b, int tag, String value) {
    if (value.isEmpty()) {
      b.empty(tag);
    } else {
      b.string(tag, value);
    }
  }

  private static void date(Dataset.Builder b, int tag, @Nullable LocalDate date) {
    if (date == null) {
      b.empty(tag);
    } else {
      b.date(tag, date);
    }
  }
}
