package org.heliograph.reader.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.sites.Logo;
import org.jspecify.annotations.Nullable;

/**
 * Everything one report says, once: each form (PDF, SR) is made of this and of nothing else, so
 * that they cannot differ.
 */
record ReportDocument(
    Letterhead letterhead,
    Patient patient,
    Request request,
    String caseNumber,
    Specialty specialty,
    Standing standing,
    ReportSections sections,
    @Nullable Signature signature,
    List<Addendum> addenda) {
  ReportDocument {
    addenda = List.copyOf(addenda);
  }

  /** How far the report is. Only {@code FINAL} and {@code AMENDED} are signed. */
  enum Standing {
    DRAFT,
    PRELIMINARY,
    FINAL,
    AMENDED
  }

  /** The clinic that asked. */
  record Letterhead(String siteName, String siteAddress, @Nullable Logo logo) {}

  /** Whom it is about; names by component group as PS3.5 6.2 has them. */
  record Patient(String name, String id, String issuer, @Nullable LocalDate birthDate, String sex) {
    @Override
    public String toString() {
      return "Patient[***]";
    }
  }

  /** What was asked, and about which pictures. */
  record Request(
      String bodyPart,
      String question,
      String history,
      String referrer,
      String accessionNumber,
      String images,
      @Nullable LocalDate studyDate) {
    @Override
    public String toString() {
      return "Request[***]";
    }
  }

  /** Who answers for the text, and when. */
  record Signature(String name, String credentials, Instant at) {}

  /** What was added after the signature, with its own. */
  record Addendum(String text, Signature signature) {
    @Override
    public String toString() {
      return "Addendum[***]";
    }
  }
}
