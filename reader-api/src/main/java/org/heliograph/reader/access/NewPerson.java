package org.heliograph.reader.access;

import java.util.UUID;
import java.util.regex.Pattern;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** A person to add; a reader has a specialty and a clinic worker a site. */
public record NewPerson(
    String login,
    String displayName,
    String credentials,
    String organisation,
    Role role,
    @Nullable Specialty specialty,
    @Nullable UUID siteId) {
  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{1,63}");

  public NewPerson {
    displayName = displayName.strip();
    if (!LOGIN.matcher(login).matches()) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "login", "2 to 64 letters, digits and . _ @ -");
    }
    if (displayName.isEmpty() || displayName.length() > 200) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "displayName", "1 to 200 characters");
    }
    if (role == Role.READER && specialty == null) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "specialty", "a reader needs one");
    }
    if (role == Role.CLINIC && siteId == null) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "site", "a clinic worker needs one");
    }
  }
}
