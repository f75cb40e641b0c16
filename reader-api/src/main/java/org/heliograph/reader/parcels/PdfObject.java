package org.heliograph.reader.parcels;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.reader.intake.StudyHeader;

/** A PDF of a clinic as Encapsulated PDF (PS3.3 A.45.1). */
final class PdfObject {
  private static final DateTimeFormatter DATE = utc("uuuuMMdd");
  private static final DateTimeFormatter TIME = utc("HHmmss");

  private PdfObject() {}

  static Dataset of(PartObject object, StudyHeader study, Instant at, byte[] pdf) {
    byte[] even = pdf.length % 2 == 0 ? pdf : Arrays.copyOf(pdf, pdf.length + 1);
    Dataset.Builder b =
        Dataset.builder()
            .string(Tag.SpecificCharacterSet, "ISO_IR 192")
            .string(Tag.TimezoneOffsetFromUTC, "+0000")
            .string(Tag.SOPClassUID, Uids.EncapsulatedPdfStorage)
            .string(Tag.SOPInstanceUID, object.instance())
            .string(Tag.InstanceCreationDate, DATE.format(at))
            .string(Tag.InstanceCreationTime, TIME.format(at))
            .string(Tag.ContentDate, DATE.format(at))
            .string(Tag.ContentTime, TIME.format(at))
            .string(Tag.StudyDate, DATE.format(at))
            .string(Tag.StudyTime, TIME.format(at))
            .string(Tag.Manufacturer, "Heliograph")
            .string(Tag.StudyInstanceUID, object.study())
            .string(Tag.SeriesInstanceUID, object.series())
            .integer(Tag.SeriesNumber, 902)
            .integer(Tag.InstanceNumber, object.number())
            .string(Tag.Modality, "DOC")
            .string(Tag.ConversionType, "SD")
            .string(Tag.BurnedInAnnotation, "YES")
            .string(Tag.SeriesDescription, "Document")
            .personName(Tag.PatientName, study.patientName())
            .empty(Tag.ReferringPhysicianName)
            .empty(Tag.StudyID)
            .empty(Tag.AcquisitionDateTime)
            .sequence(Tag.ConceptNameCodeSequence)
            .string(Tag.MIMETypeOfEncapsulatedDocument, "application/pdf")
            .bytes(Tag.EncapsulatedDocument, Vr.OB, even)
            .longs(Tag.EncapsulatedDocumentLength, pdf.length);
    text(b, Tag.PatientID, study.patientId());
    if (!study.issuerOfPatientId().isEmpty()) {
      text(b, Tag.IssuerOfPatientID, study.issuerOfPatientId());
    }
    text(b, Tag.PatientSex, study.patientSex().matches("[FMO]") ? study.patientSex() : "");
    text(b, Tag.AccessionNumber, shortText(study.accessionNumber(), 16));
    text(b, Tag.DocumentTitle, shortText(object.title(), 64));
    LocalDate birth = study.patientBirthDate();
    if (birth == null) {
      b.empty(Tag.PatientBirthDate);
    } else {
      b.date(Tag.PatientBirthDate, birth);
    }
    return b.build();
  }

  private static String shortText(String text, int longest) {
    String plain = text.replace('\\', '/').strip();
    return plain.length() <= longest ? plain : plain.substring(0, longest);
  }

  private static void text(Dataset.Builder b, int tag, String value) {
    if (value.isEmpty()) {
      b.empty(tag);
    } else {
      b.string(tag, value);
    }
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
