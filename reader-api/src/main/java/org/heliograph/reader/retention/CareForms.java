package org.heliograph.reader.retention;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.UUID;
import org.heliograph.archive.patients.PatientCorrection;
import org.heliograph.archive.patients.PatientKey;
import org.heliograph.archive.reject.RejectCode;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.cases.FormText;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;

/** What the browser sends about patients and studies of the archive. */
final class CareForms {
  private static final int REASON_LENGTH = 1024;
  private static final int KEY_LENGTH = 140;

  private CareForms() {}

  /** {@code patient} is ID, ID^^^ISSUER or study:UID. */
  record Update(
      @Nullable String site,
      @Nullable String patient,
      @Nullable String name,
      @Nullable String birthDate,
      @Nullable String sex,
      @Nullable String id,
      @Nullable String issuer,
      @Nullable String reason) {
    PatientCorrection checkedValues() {
      try {
        return new PatientCorrection(
            name, birthDate == null ? null : LocalDate.parse(birthDate), sex, id, issuer);
      } catch (DateTimeException e) {
        throw new ProblemException(ProblemCode.INVALID_FIELD, e, "birthDate", "not a date");
      } catch (IllegalArgumentException e) {
        throw new ProblemException(
            ProblemCode.INVALID_FIELD, e, String.valueOf(e.getMessage()), "not possible");
      }
    }

    @Override
    public String toString() {
      return "Update[***]";
    }
  }

  record Merge(
      @Nullable String site,
      @Nullable String wrong,
      @Nullable String right,
      @Nullable String reason) {
    @Override
    public String toString() {
      return "Merge[***]";
    }
  }

  record Reason(@Nullable String site, @Nullable String reason) {}

  record Reject(
      @Nullable String code,
      @Nullable String series,
      @Nullable String instance,
      @Nullable Integer removeAfterDays,
      @Nullable Boolean withReports,
      @Nullable String reason) {
    RejectCode checkedCode() {
      return FormText.word("code", RejectCode.class, code);
    }

    @Nullable Integer checkedDays() {
      Integer days = removeAfterDays;
      if (days != null && (days < 0 || days > 36_500)) {
        throw new ProblemException(ProblemCode.INVALID_FIELD, "removeAfterDays", "from 0 to 36500");
      }
      return days;
    }
  }

  static @Nullable Uid uid(String field, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (!Uid.isValid(value)) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, field, "not a UID");
    }
    return new Uid(value);
  }

  static String reason(@Nullable String value) {
    return FormText.required("reason", FormText.line("reason", value, REASON_LENGTH));
  }

  static UUID site(Sites sites, @Nullable String code) {
    String word = FormText.required("site", FormText.line("site", code, 64));
    return sites
        .byCode(word)
        .orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, word))
        .id();
  }

  static PatientKey patient(String field, UUID site, @Nullable String value) {
    return PatientKeys.parse(
        site, FormText.required(field, FormText.line(field, value, KEY_LENGTH)));
  }
}
