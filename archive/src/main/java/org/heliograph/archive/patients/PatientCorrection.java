package org.heliograph.archive.patients;

import java.time.LocalDate;
import org.heliograph.archive.catalog.HeaderText;
import org.heliograph.dicom.data.PersonName;
import org.jspecify.annotations.Nullable;

/**
 * New values for attributes of a patient; null leaves one as it is.
 *
 * @param name a PN value: component groups and components with their delimiters (PS3.5 6.2.1)
 */
public record PatientCorrection(
    @Nullable String name,
    @Nullable LocalDate birthDate,
    @Nullable String sex,
    @Nullable String patientId,
    @Nullable String issuer) {
  private static final int GROUP_LENGTH = 64;
  private static final int ID_LENGTH = 64;

  /**
   * @throws IllegalArgumentException a value is not one its attribute can have; the message names
   *     the attribute and not the value
   */
  public PatientCorrection {
    if (name != null) {
      require(isName(name), "name");
    }
    require(sex == null || sex.isEmpty() || sex.matches("[MFO]"), "sex");
    require(
        birthDate == null || (birthDate.getYear() >= 1 && birthDate.getYear() <= 9999),
        "birthDate");
    require(patientId == null || (!patientId.isBlank() && isLong(patientId)), "id");
    require(issuer == null || isLong(issuer), "issuer");
  }

  private static boolean isName(String value) {
    String[] groups = value.split("=", -1);
    if (groups.length > 3 || value.isBlank() || !isText(value)) {
      return false;
    }
    for (String group : groups) {
      if (group.length() > GROUP_LENGTH || group.split("\\^", -1).length > 5) {
        return false;
      }
    }
    return !PersonName.parse(value).value().isEmpty();
  }

  private static boolean isLong(String value) {
    return value.length() <= ID_LENGTH && isText(value);
  }

  /** One value, and fit for a column. */
  private static boolean isText(String value) {
    return value.indexOf('\\') < 0 && HeaderText.column(value, value.length()).equals(value);
  }

  private static void require(boolean holds, String attribute) {
    if (!holds) {
      throw new IllegalArgumentException(attribute);
    }
  }

  boolean isEmpty() {
    return name == null && birthDate == null && sex == null && patientId == null && issuer == null;
  }

  @Override
  public String toString() {
    return "PatientCorrection[***]";
  }
}
