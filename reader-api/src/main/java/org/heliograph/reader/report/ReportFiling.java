package org.heliograph.reader.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.reader.cases.CaseFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Files a signed report in the study as Basic Text SR and Encapsulated PDF. May be repeated: what
 * is in the study already is left as it is.
 */
@Component
public class ReportFiling {
  private static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);

  private final ReportRows rows;
  private final ReportDocuments documents;
  private final Archive archive;

  ReportFiling(ReportRows rows, ReportDocuments documents, Archive archive) {
    this.rows = rows;
    this.documents = documents;
    this.archive = archive;
  }

  /** How filing ended. */
  public sealed interface Outcome {
    /** Both objects survive a power cut. */
    record Filed() implements Outcome {}

    /** The archive did not take them; the code says why and whether to try again. */
    record NotFiled(String code, boolean tryAgain) implements Outcome {}
  }

  /** Files a signed issue of a case. Durable when it returns {@code Filed}. */
  public Outcome file(UUID issueId, CaseFile file) throws IOException {
    ReportIssue issue = rows.issue(issueId).orElseThrow();
    ReportUids uids = issue.uids();
    byte[] pdf = rows.pdf(issueId).orElse(null);
    StoredStudy study = documents.study(file).orElse(null);
    if (uids == null || pdf == null || study == null) {
      return new Outcome.NotFiled("NO_STUDY", true);
    }
    List<ReportIssue> issues = rows.issues(file.id());
    ReportDocument document = documents.signed(file, issue, issues);
    Outcome filed =
        isStored(study, uids.structuredReport())
            ? new Outcome.Filed()
            : store(
                file,
                ReportObjects.structuredReport(document, uids, study, previous(issue, issues)));
    if (!(filed instanceof Outcome.Filed) || isStored(study, uids.encapsulatedPdf())) {
      return filed;
    }
    return store(file, ReportObjects.encapsulatedPdf(document, uids, study, pdf));
  }

  /** A repeat must not send other bytes: the study may have got more pictures since. */
  private static boolean isStored(StoredStudy study, String instance) {
    return study.series().stream()
        .flatMap(series -> series.instances().stream())
        .anyMatch(one -> one.instance().value().value().equals(instance));
  }

  private static @Nullable String previous(ReportIssue issue, List<ReportIssue> issues) {
    String previous = null;
    for (ReportIssue one : issues) {
      ReportUids uids = one.uids();
      if (uids != null && one.number() < issue.number()) {
        previous = uids.structuredReport();
      }
    }
    return previous;
  }

  private Outcome store(CaseFile file, Dataset object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    DicomWriter.writeDataset(
        bytes, TransferSyntax.of(Uids.ExplicitVrLittleEndian), object, BulkSource.NONE);
    var incoming =
        new Incoming(
            file.siteId(),
            "report",
            SYNTAX,
            null,
            null,
            new ByteArrayInputStream(bytes.toByteArray()));
    return switch (archive.ingest().ingest(incoming)) {
      case IngestResult.Stored stored -> new Outcome.Filed();
      case IngestResult.AlreadyStored stored -> new Outcome.Filed();
      case IngestResult.Quarantined held ->
          new Outcome.NotFiled("QUARANTINED_" + held.reason().name(), false);
      case IngestResult.Refused refused -> new Outcome.NotFiled(refused.reason().name(), true);
    };
  }
}
