package org.heliograph.archive.retention;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heliograph.archive.catalog.HeaderText;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;

/**
 * A reject note as an object of its study: Key Object Selection Document (PS3.3 A.35.4) after TID
 * 2010. Its title says why.
 */
final class RejectNoteObject {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
  private static final int NAME_LENGTH = 64;
  private static final int SERIES_NUMBER = 9100;

  private RejectNoteObject() {}

  record Reference(String series, String sopClass, String instance) {}

  /** The note's data set in Explicit VR Little Endian. */
  static byte[] of(RejectOrders.Claimed order, StoredStudy study, List<Reference> references)
      throws IOException {
    var at = order.orderedAt().atOffset(ZoneOffset.UTC);
    Dataset.Builder note =
        Dataset.builder()
            .string(Tag.SpecificCharacterSet, "ISO_IR 192")
            .string(Tag.SOPClassUID, Uids.KeyObjectSelectionDocumentStorage)
            .string(Tag.SOPInstanceUID, order.note())
            .string(Tag.Modality, "KO")
            .string(Tag.Manufacturer, "Heliograph")
            .string(Tag.TimezoneOffsetFromUTC, "+0000")
            .string(Tag.StudyInstanceUID, study.study().value().value())
            .string(Tag.SeriesInstanceUID, seriesOf(order.note()))
            .integer(Tag.SeriesNumber, SERIES_NUMBER)
            .string(Tag.SeriesDescription, order.code().meaning())
            .sequence(Tag.ReferencedPerformedProcedureStepSequence)
            .integer(Tag.InstanceNumber, 1)
            .string(Tag.ContentDate, DATE.format(at))
            .string(Tag.ContentTime, TIME.format(at))
            .sequence(Tag.CurrentRequestedProcedureEvidenceSequence, evidence(study, references))
            .string(Tag.ValueType, "CONTAINER")
            .sequence(
                Tag.ConceptNameCodeSequence, code(order.code().value(), order.code().meaning()))
            .string(Tag.ContinuityOfContent, "SEPARATE")
            .sequence(
                Tag.ContentTemplateSequence,
                Dataset.builder()
                    .string(Tag.MappingResource, "DCMR")
                    .string(Tag.TemplateIdentifier, "2010")
                    .build())
            .sequence(Tag.ContentSequence, content(order, references));
    patientAndStudy(note, study);
    var bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(
        bytes, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, note.build(), BulkSource.NONE);
    return bytes.toByteArray();
  }

  private static void patientAndStudy(Dataset.Builder note, StoredStudy study) {
    text(note, Tag.PatientName, study.patientName().value());
    text(note, Tag.PatientID, study.patientId());
    if (!study.issuerOfPatientId().isEmpty()) {
      note.string(Tag.IssuerOfPatientID, study.issuerOfPatientId());
    }
    if (study.patientBirthDate() == null) {
      note.empty(Tag.PatientBirthDate);
    } else {
      note.date(Tag.PatientBirthDate, study.patientBirthDate());
    }
    text(note, Tag.PatientSex, sex(study.patientSex()));
    if (study.studyDate() == null) {
      note.empty(Tag.StudyDate);
    } else {
      note.date(Tag.StudyDate, study.studyDate());
    }
    text(note, Tag.StudyTime, study.studyTime().matches("[0-9.]*") ? study.studyTime() : "");
    text(note, Tag.AccessionNumber, study.accessionNumber());
    text(note, Tag.ReferringPhysicianName, study.referringPhysicianName().value());
    note.empty(Tag.StudyID);
  }

  private static String sex(String value) {
    return value.matches("[MFO]") ? value : "";
  }

  private static void text(Dataset.Builder note, int tag, String value) {
    if (value.isEmpty() || value.indexOf('\\') >= 0) {
      note.empty(tag);
    } else {
      note.string(tag, value);
    }
  }

  private static Dataset evidence(StoredStudy study, List<Reference> references) {
    Map<String, List<Dataset>> bySeries = new LinkedHashMap<>();
    for (Reference reference : references) {
      bySeries.computeIfAbsent(reference.series(), _ -> new ArrayList<>()).add(sop(reference));
    }
    return Dataset.builder()
        .string(Tag.StudyInstanceUID, study.study().value().value())
        .sequence(
            Tag.ReferencedSeriesSequence,
            bySeries.entrySet().stream()
                .map(series ->
                    Dataset.builder()
                        .string(Tag.SeriesInstanceUID, series.getKey())
                        .sequence(Tag.ReferencedSOPSequence, series.getValue())
                        .build())
                .toList())
        .build();
  }

  private static List<Dataset> content(RejectOrders.Claimed order, List<Reference> references) {
    List<Dataset> content = new ArrayList<>();
    content.add(
        Dataset.builder()
            .string(Tag.RelationshipType, "HAS OBS CONTEXT")
            .string(Tag.ValueType, "CODE")
            .sequence(Tag.ConceptNameCodeSequence, code("121005", "Observer Type"))
            .sequence(Tag.ConceptCodeSequence, code("121006", "Person"))
            .build());
    content.add(
        Dataset.builder()
            .string(Tag.RelationshipType, "HAS OBS CONTEXT")
            .string(Tag.ValueType, "PNAME")
            .sequence(Tag.ConceptNameCodeSequence, code("121008", "Person Observer Name"))
            .personName(Tag.PersonName, PersonName.of(plain(order.actor()), ""))
            .build());
    content.add(
        Dataset.builder()
            .string(Tag.RelationshipType, "CONTAINS")
            .string(Tag.ValueType, "TEXT")
            .sequence(Tag.ConceptNameCodeSequence, code("113012", "Key Object Description"))
            .string(Tag.TextValue, order.reason())
            .build());
    for (Reference reference : references) {
      content.add(
          Dataset.builder()
              .string(Tag.RelationshipType, "CONTAINS")
              .string(Tag.ValueType, "COMPOSITE")
              .sequence(Tag.ReferencedSOPSequence, sop(reference))
              .build());
    }
    return content;
  }

  private static String plain(String actor) {
    return HeaderText.column(actor.replaceAll("[\\\\^=]", " "), NAME_LENGTH);
  }

  private static Dataset sop(Reference reference) {
    return Dataset.builder()
        .string(Tag.ReferencedSOPClassUID, reference.sopClass())
        .string(Tag.ReferencedSOPInstanceUID, reference.instance())
        .build();
  }

  private static Dataset code(String value, String meaning) {
    return Dataset.builder()
        .string(Tag.CodeValue, value)
        .string(Tag.CodingSchemeDesignator, "DCM")
        .string(Tag.CodeMeaning, meaning)
        .build();
  }

  /** A series of its own, the same each time the note is made. */
  private static String seriesOf(String note) {
    UUID name = UUID.nameUUIDFromBytes(note.getBytes(StandardCharsets.US_ASCII));
    return "2.25." + new BigInteger(name.toString().replace("-", ""), 16);
  }
}
