package org.heliograph.reader.sites;

import java.util.regex.Pattern;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/** A clinic to add. */
public record NewSite(String code, String name, String address, Specialty defaultSpecialty) {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

  public NewSite {
    name = name.strip();
    if (!CODE.matcher(code).matches()) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "code", "1 to 32 letters, digits, - and _");
    }
    if (name.isEmpty() || name.length() > 200) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "name", "1 to 200 characters");
    }
  }
}
