package org.heliograph.reader.cases;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.UUID;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The JSON bodies of the case endpoints, as they come; {@code checked} makes domain types of them.
 */
final class CaseForms {
  static final int LONGEST_TEXT = 8000;
  private static final Set<String> SEXES = Set.of("", "F", "M", "O");

  private CaseForms() {}

  record NewCase(@Nullable PatientForm patient, @Nullable RequestForm request) {}

  record EditedRequest(
      @Nullable Long version, @Nullable PatientForm patient, @Nullable RequestForm request) {}

  record Versioned(@Nullable Long version, @Nullable String reason, @Nullable String text) {
    @Override
    public String toString() {
      return "Versioned[" + version + "]";
    }
  }

  record PatientForm(
      @Nullable String familyName,
      @Nullable String givenName,
      @Nullable String id,
      @Nullable String issuer,
      @Nullable String birthDate,
      @Nullable String sex) {

    CasePatient checked(Instant now) {
      var patient =
          new CasePatient(
              FormText.nameComponent("patient.familyName", familyName),
              FormText.nameComponent("patient.givenName", givenName),
              FormText.line("patient.id", id, 64),
              FormText.line("patient.issuer", issuer, 64),
              date(now),
              FormText.line("patient.sex", sex, 1));
      if (!SEXES.contains(patient.sex())) {
        throw new ProblemException(ProblemCode.INVALID_FIELD, "patient.sex", "F, M, O or empty");
      }
      if (patient.displayName().isEmpty() && patient.id().isEmpty()) {
        throw new ProblemException(
            ProblemCode.INVALID_FIELD, "patient.familyName", "a name or an id is needed");
      }
      return patient;
    }

    private @Nullable LocalDate date(Instant now) {
      if (birthDate == null || birthDate.isBlank()) {
        return null;
      }
      try {
        var date = LocalDate.parse(birthDate.strip());
        // A day of grace: the clinic may be ahead of UTC.
        if (date.isAfter(LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1))
            || date.getYear() < 1850) {
          throw new ProblemException(
              ProblemCode.INVALID_FIELD, "patient.birthDate", "not between 1850 and today");
        }
        return date;
      } catch (DateTimeParseException e) {
        throw new ProblemException(
            ProblemCode.INVALID_FIELD, e, "patient.birthDate", "not YYYY-MM-DD");
      }
    }

    @Override
    public String toString() {
      return "PatientForm[***]";
    }
  }

  record RequestForm(
      @Nullable String specialty,
      @Nullable String urgency,
      @Nullable String bodyPart,
      @Nullable String laterality,
      @Nullable String question,
      @Nullable String history,
      @Nullable UUID referrerId,
      @Nullable String accessionNumber,
      @Nullable Boolean expectXray) {

    CaseRequest checked() {
      return new CaseRequest(
          FormText.word("request.specialty", Specialty.class, specialty),
          FormText.word("request.urgency", Urgency.class, urgency),
          FormText.line("request.bodyPart", bodyPart, 64),
          laterality == null || laterality.isBlank()
              ? null
              : FormText.word("request.laterality", Laterality.class, laterality),
          FormText.paragraphs("request.question", question, LONGEST_TEXT),
          FormText.paragraphs("request.history", history, LONGEST_TEXT),
          referrerId,
          FormText.line("request.accessionNumber", accessionNumber, 16),
          Boolean.TRUE.equals(expectXray));
    }

    @Override
    public String toString() {
      return "RequestForm[***]";
    }
  }
}
