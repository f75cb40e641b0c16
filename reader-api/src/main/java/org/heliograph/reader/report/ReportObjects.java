package org.heliograph.reader.report;

import static org.heliograph.reader.report.StudyModules.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.report.ReportDocument.Addendum;
import org.heliograph.reader.report.ReportDocument.Signature;
import org.jspecify.annotations.Nullable;

/**
 * A signed report as objects of its study: Basic Text SR after TID 2000 (PS3.3 A.35.1, PS3.16) and
 * Encapsulated PDF (PS3.3 A.45.1). The same document always gives the same objects: their UIDs were
 * chosen when it was signed.
 */
final class ReportObjects {
  private ReportObjects() {}

  /**
   * @param previous the SR that this one follows after an addendum, or null
   */
  static Dataset structuredReport(
      ReportDocument report, ReportUids uids, StoredStudy study, @Nullable String previous) {
    Signature signed = lastSignature(report);
    Dataset.Builder b =
        StudyModules.begin(study, Uids.BasicTextSrStorage, uids.structuredReport(), signed.at())
            .string(Tag.Modality, "SR")
            .string(Tag.SeriesInstanceUID, uids.reportSeries())
            .integer(Tag.SeriesNumber, 9001)
            .string(Tag.SeriesDescription, "Report")
            .sequence(Tag.ReferencedPerformedProcedureStepSequence)
            .integer(Tag.InstanceNumber, uids.number())
            .string(Tag.CompletionFlag, "COMPLETE")
            .string(Tag.VerificationFlag, "VERIFIED")
            .sequence(Tag.VerifyingObserverSequence, observer(report, signed))
            .sequence(Tag.PerformedProcedureCodeSequence)
            .sequence(Tag.CurrentRequestedProcedureEvidenceSequence, StudyModules.evidence(study))
            .string(Tag.ValueType, "CONTAINER")
            .sequence(Tag.ConceptNameCodeSequence, title(report.specialty()))
            .string(Tag.ContinuityOfContent, "SEPARATE")
            .sequence(
                Tag.ContentTemplateSequence,
                Dataset.builder()
                    .string(Tag.MappingResource, "DCMR")
                    .string(Tag.TemplateIdentifier, "2000")
                    .build())
            .sequence(Tag.ContentSequence, content(report));
    if (previous != null) {
      b.sequence(Tag.PredecessorDocumentsSequence, predecessor(study, uids, previous));
    }
    return b.build();
  }

  static Dataset encapsulatedPdf(
      ReportDocument report, ReportUids uids, StoredStudy study, byte[] pdf) {
    byte[] even = pdf.length % 2 == 0 ? pdf : Arrays.copyOf(pdf, pdf.length + 1);
    Signature signed = lastSignature(report);
    return StudyModules.begin(
            study, Uids.EncapsulatedPdfStorage, uids.encapsulatedPdf(), signed.at())
        .string(Tag.Modality, "DOC")
        .string(Tag.SeriesInstanceUID, uids.documentSeries())
        .integer(Tag.SeriesNumber, 9002)
        .string(Tag.SeriesDescription, "Report as PDF")
        .integer(Tag.InstanceNumber, uids.number())
        .string(Tag.ConversionType, "WSD")
        .string(Tag.AcquisitionDateTime, StudyModules.DATE_TIME.format(signed.at()))
        .string(Tag.BurnedInAnnotation, "YES")
        .sequence(Tag.SourceInstanceSequence, StudyModules.pictures(study))
        .string(Tag.DocumentTitle, title(report.specialty()).string(Tag.CodeMeaning, ""))
        .sequence(Tag.ConceptNameCodeSequence, title(report.specialty()))
        .string(Tag.VerificationFlag, "VERIFIED")
        .string(Tag.MIMETypeOfEncapsulatedDocument, "application/pdf")
        .bytes(Tag.EncapsulatedDocument, Vr.OB, even)
        .longs(Tag.EncapsulatedDocumentLength, pdf.length)
        .build();
  }

  private static Signature lastSignature(ReportDocument report) {
    Signature signature =
        report.addenda().isEmpty() ? report.signature() : report.addenda().getLast().signature();
    if (signature == null) {
      throw new IllegalStateException("only a signed report becomes an object");
    }
    return signature;
  }

  private static Dataset title(Specialty specialty) {
    return specialty == Specialty.RADIOLOGY
        ? code("18748-4", "LN", "Diagnostic Imaging Report")
        : code("34758-3", "LN", "Dermatology Consult note");
  }

  private static Dataset observer(ReportDocument report, Signature signed) {
    return Dataset.builder()
        .personName(Tag.VerifyingObserverName, name(signed.name()))
        .sequence(Tag.VerifyingObserverIdentificationCodeSequence)
        .string(Tag.VerifyingOrganization, shortText(report.letterhead().siteName()))
        .string(Tag.VerificationDateTime, StudyModules.DATE_TIME.format(signed.at()))
        .build();
  }

  private static Dataset predecessor(StoredStudy study, ReportUids uids, String previous) {
    return Dataset.builder()
        .string(Tag.StudyInstanceUID, study.study().value().value())
        .sequence(
            Tag.ReferencedSeriesSequence,
            Dataset.builder()
                .string(Tag.SeriesInstanceUID, uids.reportSeries())
                .sequence(
                    Tag.ReferencedSOPSequence, StudyModules.ref(Uids.BasicTextSrStorage, previous))
                .build())
        .build();
  }

  private static List<Dataset> content(ReportDocument report) {
    List<Dataset> items = new ArrayList<>();
    items.add(
        coded(
            "HAS CONCEPT MOD",
            code("121049", "DCM", "Language of Content Item and Descendants"),
            code("en", "RFC5646", "English")));
    items.add(
        coded(
            "HAS OBS CONTEXT",
            code("121005", "DCM", "Observer Type"),
            code("121006", "DCM", "Person")));
    items.add(
        item("HAS OBS CONTEXT", "PNAME", code("121008", "DCM", "Person Observer Name"))
            .personName(Tag.PersonName, name(lastSignature(report).name()))
            .build());
    ReportSections s = report.sections();
    section(items, "121060", "History", "121060", "History", report.request().history());
    section(items, "121062", "Request", "121062", "Request", report.request().question());
    section(
        items,
        "121064",
        "Current Procedure Descriptions",
        "121065",
        "Procedure Description",
        s.technique());
    section(items, "121068", "Previous Findings", "121069", "Previous Finding", s.comparison());
    section(items, "121070", "Findings", "121071", "Finding", s.findings());
    section(items, "121072", "Impressions", "121073", "Impression", s.impression());
    section(items, "121074", "Recommendations", "121075", "Recommendation", s.recommendation());
    for (Addendum addendum : report.addenda()) {
      String signed =
          "\n"
              + addendum.signature().name()
              + ", "
              + StudyModules.DATE_TIME.format(addendum.signature().at());
      items.add(
          container(
              code("55107-7", "LN", "Addendum"),
              code("121106", "DCM", "Comment"),
              addendum.text() + signed));
    }
    return items;
  }

  private static void section(
      List<Dataset> items, String code, String heading, String part, String name, String text) {
    if (!text.isBlank()) {
      items.add(container(code(code, "DCM", heading), code(part, "DCM", name), text));
    }
  }

  private static Dataset container(Dataset heading, Dataset part, String text) {
    return item("CONTAINS", "CONTAINER", heading)
        .string(Tag.ContinuityOfContent, "SEPARATE")
        .sequence(
            Tag.ContentSequence,
            item("CONTAINS", "TEXT", part).string(Tag.TextValue, lines(text)).build())
        .build();
  }

  private static Dataset coded(String relationship, Dataset concept, Dataset value) {
    return item(relationship, "CODE", concept).sequence(Tag.ConceptCodeSequence, value).build();
  }

  private static Dataset.Builder item(String relationship, String valueType, Dataset concept) {
    return Dataset.builder()
        .string(Tag.RelationshipType, relationship)
        .string(Tag.ValueType, valueType)
        .sequence(Tag.ConceptNameCodeSequence, concept);
  }

  /** A display name as a person name: the last word is the family name. */
  private static PersonName name(String display) {
    String plain = shortText(display).replace('^', ' ').replace('=', ' ').strip();
    int last = plain.lastIndexOf(' ');
    return last < 0
        ? PersonName.of(plain, "")
        : PersonName.of(plain.substring(last + 1), plain.substring(0, last));
  }

  private static String shortText(String text) {
    String plain = text.replace('\\', '/').replaceAll("\\p{Cntrl}", " ").strip();
    return plain.length() <= 64 ? plain : plain.substring(0, 64);
  }

  /** UT and LT keep lines as CR LF and no other control characters (PS3.5 6.2). */
  private static String lines(String text) {
    return text.strip()
        .replaceAll("\\R", "\n")
        .replaceAll("[\\p{Cntrl}&&[^\n\t]]", "")
        .replace("\n", "\r\n");
  }
}
