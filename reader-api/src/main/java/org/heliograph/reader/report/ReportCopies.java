package org.heliograph.reader.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.cases.CaseFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A signed report in the forms in which it is taken elsewhere. */
@Component
public class ReportCopies {
  /** Longest text, in bytes of UTF-8: it is for the slowest links. */
  public static final int LONGEST_TEXT = 2048;

  private static final int LARGEST_OBJECT = 16 << 20;

  private final ReportRows rows;
  private final ReportDocuments documents;
  private final Archive archive;

  ReportCopies(ReportRows rows, ReportDocuments documents, Archive archive) {
    this.rows = rows;
    this.documents = documents;
    this.archive = archive;
  }

  /**
   * The forms of an issue; arrays are the caller's.
   *
   * @param structuredReport the Part 10 file that is in the study; null if it is hidden or gone
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Copy(
      byte[] pdf, byte @Nullable [] structuredReport, String text, String title, Instant signedAt) {
    @Override
    public String toString() {
      return "Copy[" + signedAt + "]";
    }
  }

  /** The copies of a signed issue; empty if it is none. Reads the picture archive. */
  public Optional<Copy> of(UUID issueId, CaseFile file) throws IOException {
    ReportIssue issue = rows.issue(issueId).orElse(null);
    byte[] pdf = rows.pdf(issueId).orElse(null);
    ReportUids uids = issue == null ? null : issue.uids();
    if (issue == null || pdf == null || uids == null) {
      return Optional.empty();
    }
    ReportDocument document = documents.signed(file, issue, rows.issues(file.id()));
    return Optional.of(
        new Copy(
            pdf,
            object(uids.structuredReport()),
            text(document),
            file.request().specialty() == Specialty.RADIOLOGY
                ? "Diagnostic Imaging Report"
                : "Dermatology Consult note",
            issue.at()));
  }

  private byte @Nullable [] object(String instance) throws IOException {
    var stored = archive.catalog().instance(SopInstanceUid.of(instance)).orElse(null);
    if (stored == null) {
      return null;
    }
    try (InputStream in = archive.retrieve().partTen(stored)) {
      return in.readNBytes(LARGEST_OBJECT);
    }
  }

  /** What matters most comes first, should the rest not fit. */
  private static String text(ReportDocument report) {
    ReportSections sections = report.sections();
    var text = new StringBuilder();
    report.addenda().reversed().forEach(addendum -> line(text, "Addendum", addendum.text()));
    for (var part :
        List.of(
            List.of("Impression", sections.impression()),
            List.of("Recommendation", sections.recommendation()),
            List.of("Findings", sections.findings()))) {
      line(text, part.getFirst(), part.getLast());
    }
    return shortened(text.toString().strip());
  }

  private static void line(StringBuilder text, String heading, String words) {
    if (!words.isBlank()) {
      text.append(heading).append(": ").append(words.strip()).append('\n');
    }
  }

  private static String shortened(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TEXT) {
      return text;
    }
    var kept = new StringBuilder();
    int bytes = 3;
    for (int i = 0; i < text.length(); ) {
      String character = Character.toString(text.codePointAt(i));
      bytes += character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST_TEXT) {
        break;
      }
      kept.append(character);
      i += character.length();
    }
    return kept.append('…').toString();
  }
}
