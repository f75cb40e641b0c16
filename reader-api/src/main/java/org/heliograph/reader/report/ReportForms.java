package org.heliograph.reader.report;

import org.heliograph.reader.cases.FormText;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** What is sent to {@link ReportEndpoint}, checked on the way in. */
final class ReportForms {
  private ReportForms() {}

  /** A draft over a version. */
  record Draft(@Nullable Long version, @Nullable Sections sections) {
    long checkedVersion() {
      return present(version);
    }

    ReportSections checkedSections() {
      Sections s = sections;
      if (s == null) {
        throw new ProblemException(ProblemCode.INVALID_FIELD, "sections", "missing");
      }
      return new ReportSections(
          text("technique", s.technique()),
          text("comparison", s.comparison()),
          text("findings", s.findings()),
          text("impression", s.impression()),
          text("recommendation", s.recommendation()));
    }
  }

  /** The parts as sent; a missing one is empty. */
  record Sections(
      @Nullable String technique,
      @Nullable String comparison,
      @Nullable String findings,
      @Nullable String impression,
      @Nullable String recommendation) {
    @Override
    public String toString() {
      return "Sections[***]";
    }
  }

  /** A signature; a preliminary report needs no password. */
  record Sign(@Nullable Long version, @Nullable String password) {
    long checkedVersion() {
      return present(version);
    }

    char[] checkedPassword() {
      return secret(password);
    }

    @Override
    public String toString() {
      return "Sign[***]";
    }
  }

  /** An addendum with its signature. */
  record Addendum(@Nullable String text, @Nullable String password) {
    String checkedText() {
      String checked = ReportForms.text("text", text);
      if (checked.isBlank()) {
        throw new ProblemException(ProblemCode.INVALID_FIELD, "text", "missing");
      }
      return checked;
    }

    char[] checkedPassword() {
      return secret(password);
    }

    @Override
    public String toString() {
      return "Addendum[***]";
    }
  }

  private static long present(@Nullable Long version) {
    if (version == null || version < 0) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "version", "missing");
    }
    return version;
  }

  private static char[] secret(@Nullable String password) {
    if (password == null || password.isEmpty()) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "password", "missing");
    }
    return password.toCharArray();
  }

  private static String text(String field, @Nullable String value) {
    return FormText.paragraphs(field, value, ReportSections.MAX_CHARACTERS);
  }
}
