package org.heliograph.node.inbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.node.link.HubMessage;

/**
 * A report as an object for a PACS: the hub's structured report as it is, and its PDF as
 * Encapsulated PDF (PS3.3 A.45.1). The same report always gives the same object.
 */
record ReportObject(Dataset dataset, BulkSource bulk) {
  private static final int[] OF_PATIENT_AND_STUDY = {
    Tag.PatientName,
    Tag.PatientID,
    Tag.IssuerOfPatientID,
    Tag.PatientBirthDate,
    Tag.PatientSex,
    Tag.StudyInstanceUID,
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.ReferringPhysicianName,
    Tag.StudyID,
    Tag.AccessionNumber,
    Tag.StudyDescription
  };

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'+0000'", Locale.ROOT);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

  SopClassUid sopClass() {
    return SopClassUid.of(dataset.string(Tag.SOPClassUID, ""));
  }

  SopInstanceUid sopInstance() {
    return SopInstanceUid.of(dataset.string(Tag.SOPInstanceUID, ""));
  }

  static ReportObject structuredReport(Path file) throws IOException {
    Dataset report;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      report = DicomReader.readPart10(in, ReadOptions.inMemory(ReportForm.SR.maxBytes())).dataset();
    }
    if (!Uid.isValid(report.string(Tag.SOPClassUID, ""))
        || !Uid.isValid(report.string(Tag.SOPInstanceUID, ""))) {
      throw new DicomFormatException(
          DicomFormatException.Code.NOT_DICOM, 0, "a report without UIDs");
    }
    return new ReportObject(report, BulkSource.NONE);
  }

  static ReportObject encapsulatedPdf(Inbox inbox, InboxReport report) throws IOException {
    Path pdf = inbox.file(report, ReportForm.PDF);
    HubMessage.ReportReady told = report.told();
    Dataset known =
        report.forms().contains(ReportForm.SR)
            ? structuredReport(inbox.file(report, ReportForm.SR)).dataset()
            : fromMessage(told);
    var signedAt = told.signedAt().atOffset(ZoneOffset.UTC);
    Dataset.Builder object =
        Dataset.builder()
            .string(Tag.SpecificCharacterSet, "ISO_IR 192")
            .string(Tag.SOPClassUID, Uids.EncapsulatedPdfStorage)
            .string(Tag.SOPInstanceUID, uid(told, "instance").value())
            .string(Tag.SeriesInstanceUID, uid(told, "series").value())
            .string(Tag.Modality, "DOC")
            .integer(Tag.SeriesNumber, 9002)
            .string(Tag.SeriesDescription, "Report as PDF")
            .empty(Tag.Manufacturer)
            .string(Tag.ConversionType, "WSD")
            .integer(Tag.InstanceNumber, 1)
            .date(Tag.ContentDate, LocalDate.from(signedAt))
            .string(Tag.ContentTime, TIME.format(signedAt))
            .string(Tag.AcquisitionDateTime, DATE_TIME.format(signedAt))
            .string(Tag.TimezoneOffsetFromUTC, "+0000")
            .string(Tag.BurnedInAnnotation, "YES")
            .string(Tag.DocumentTitle, told.title())
            .sequence(Tag.ConceptNameCodeSequence, known.items(Tag.ConceptNameCodeSequence))
            .string(Tag.MIMETypeOfEncapsulatedDocument, "application/pdf")
            .longs(Tag.EncapsulatedDocumentLength, Files.size(pdf))
            .element(new BulkElement(Tag.EncapsulatedDocument, Vr.OB, 0, Files.size(pdf)));
    for (int tag : OF_PATIENT_AND_STUDY) {
      String value = known.string(tag, "");
      if (value.isEmpty()) {
        object.empty(tag);
      } else {
        object.string(tag, value);
      }
    }
    return new ReportObject(object.build(), BulkSource.of(pdf));
  }

  private static Dataset fromMessage(HubMessage.ReportReady told) throws IOException {
    String study = told.studyInstanceUids().isEmpty() ? "" : told.studyInstanceUids().getFirst();
    if (!Uid.isValid(study)) {
      throw new DicomFormatException(
          DicomFormatException.Code.NOT_DICOM, 0, "a report of no study");
    }
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .string(Tag.PatientName, told.patientName())
        .string(Tag.PatientID, told.patientId())
        .string(Tag.StudyInstanceUID, study)
        .build();
  }

  /** The gateway's own, always the same for a delivery. */
  private static Uid uid(HubMessage.ReportReady told, String of) {
    return Uid.of(
        UUID.nameUUIDFromBytes(
            ("heliograph-report-pdf " + of + " " + told.delivery())
                .getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return "ReportObject[***]";
  }
}
