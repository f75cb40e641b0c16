package org.heliograph.reader.cases;

import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The patient as the clinic wrote them down, or as the image header has them if there is no request
 * yet. Empty text is "not known". Prints nothing of its content.
 */
public record CasePatient(
    String familyName,
    String givenName,
    String id,
    String issuer,
    @Nullable LocalDate birthDate,
    String sex) {
  public static final CasePatient UNKNOWN = new CasePatient("", "", "", "", null, "");

  /** "Family, Given", as worklists show it. */
  public String displayName() {
    return Stream.of(familyName, givenName)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** The value for Patient's Name (0010,0010): family and given name component. */
  public String dicomName() {
    return givenName.isEmpty() ? familyName : familyName + "^" + givenName;
  }

  /** The age in words ("7 y", "5 mo", "12 d"), empty if the birth date is not known. */
  public String ageText(LocalDate today) {
    if (birthDate == null || birthDate.isAfter(today)) {
      return "";
    }
    var age = Period.between(birthDate, today);
    if (age.getYears() >= 2) {
      return String.format(Locale.ROOT, "%d y", age.getYears());
    }
    long months = age.toTotalMonths();
    return months >= 2
        ? String.format(Locale.ROOT, "%d mo", months)
        : String.format(Locale.ROOT, "%d d", ChronoUnit.DAYS.between(birthDate, today));
  }

  @Override
  public String toString() {
    return "CasePatient[***]";
  }
}
