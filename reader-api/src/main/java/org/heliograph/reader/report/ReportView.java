package org.heliograph.reader.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as a person may see it.
 *
 * @param version of the draft; a save or a signature names it
 * @param pdf where the signed PDF is, or null while nothing is signed
 */
public record ReportView(
    Status status,
    long version,
    ReportSections sections,
    @Nullable Signer signedBy,
    @Nullable Instant signedAt,
    List<Addendum> addenda,
    @Nullable String pdf) {

  /** How far the report is, for this person. */
  public enum Status {
    NONE,
    DRAFT,
    PRELIMINARY,
    FINAL,
    AMENDED
  }

  /** Who signed. */
  public record Signer(String displayName, String credentials) {}

  /** What was added after the signature. */
  public record Addendum(String text, Signer signedBy, Instant signedAt) {
    @Override
    public String toString() {
      return "Addendum[***]";
    }
  }
}
