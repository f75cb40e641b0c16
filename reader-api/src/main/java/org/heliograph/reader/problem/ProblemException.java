package org.heliograph.reader.problem;

import java.util.Locale;

/**
 * Ends a request with a problem that the user can understand. The facts fill the code's sentence;
 * they are limits, field names and our own ids, never patient data.
 */
public final class ProblemException extends RuntimeException {
  private final transient ProblemCode code;

  public ProblemException(ProblemCode code, Object... facts) {
    super(String.format(Locale.ROOT, code.detail(), facts));
    this.code = code;
  }

  public ProblemException(ProblemCode code, Throwable cause, Object... facts) {
    super(String.format(Locale.ROOT, code.detail(), facts), cause);
    this.code = code;
  }

  public ProblemCode code() {
    return code;
  }

  /** The sentence with its facts. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
