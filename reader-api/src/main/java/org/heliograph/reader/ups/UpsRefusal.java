package org.heliograph.reader.ups;

import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/** Ends a request with a problem and the Warning header that PS3.18 section 11 has for it. */
final class UpsRefusal extends RuntimeException {
  static final String INCONSISTENT =
      "The submitted request is inconsistent with the state of the UPS Instance.";
  static final String NOT_CLAIMED = "The target URI did not reference a claimed Workitem.";

  private final transient ProblemException problem;
  private final String warning;

  UpsRefusal(String warning, ProblemCode code, Object... facts) {
    this(warning, new ProblemException(code, facts));
  }

  UpsRefusal(String warning, ProblemException problem) {
    super(problem.detail(), problem);
    this.problem = problem;
    this.warning = warning;
  }

  ProblemException problem() {
    return problem;
  }

  /** The sentence of the standard. */
  String warning() {
    return warning;
  }
}
