package org.heliograph.reader.report;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.reader.cases.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * Something a reader has issued for a case; it is never changed, only succeeded by the next. The
 * PDF itself is fetched apart. {@code uids} is null for a preliminary, which no object is made of.
 */
record ReportIssue(
    UUID id,
    CaseId caseId,
    int number,
    Kind kind,
    ReportSections sections,
    String text,
    UUID authorId,
    ReportDocument.Signature signature,
    @Nullable ReportUids uids) {

  enum Kind {
    PRELIMINARY,
    FINAL,
    ADDENDUM;

    boolean isSigned() {
      return this != PRELIMINARY;
    }
  }

  Instant at() {
    return signature.at();
  }

  @Override
  public String toString() {
    return "ReportIssue[" + id + ", " + kind + "]";
  }
}
