package org.heliograph.reader.hl7;

import org.heliograph.reader.problem.ProblemCode;

/**
 * Why a message was not applied. The code and the text are for the sender and the operator; neither
 * quotes the message.
 */
enum Refusal {
  NOT_HL7(ProblemCode.HL7_NOT_A_MESSAGE, Answer.AR, 207),
  CHARACTER_SET(ProblemCode.HL7_CHARACTER_SET, Answer.AR, 102),
  TOO_COMPLEX(ProblemCode.HL7_TOO_COMPLEX, Answer.AR, 207),
  DELIMITERS(ProblemCode.HL7_DELIMITERS, Answer.AR, 102),
  VERSION(ProblemCode.HL7_VERSION, Answer.AR, 203),
  MESSAGE_TYPE(ProblemCode.HL7_MESSAGE_TYPE, Answer.AR, 200),
  SENDER_UNKNOWN(ProblemCode.HL7_SENDER_UNKNOWN, Answer.AR, 204),
  STRUCTURE(ProblemCode.HL7_STRUCTURE, Answer.AE, 100),
  FIELD_MISSING(ProblemCode.HL7_FIELD_MISSING, Answer.AE, 101),
  FIELD_INVALID(ProblemCode.HL7_FIELD_INVALID, Answer.AE, 102),
  ORDER_CONTROL(ProblemCode.HL7_ORDER_CONTROL, Answer.AE, 103),
  ORDER_UNKNOWN(ProblemCode.HL7_ORDER_UNKNOWN, Answer.AE, 204),
  ORDER_CANCELLED(ProblemCode.HL7_ORDER_CANCELLED, Answer.AE, 207),
  ORDER_DONE(ProblemCode.HL7_ORDER_DONE, Answer.AE, 207),
  ORDER_AMBIGUOUS(ProblemCode.HL7_ORDER_AMBIGUOUS, Answer.AE, 205),
  FAULT(ProblemCode.HL7_FAULT, Answer.AE, 207);

  private final ProblemCode problem;
  private final Answer answer;
  private final int condition;

  Refusal(ProblemCode problem, Answer answer, int condition) {
    this.problem = problem;
    this.answer = answer;
    this.condition = condition;
  }

  /** HL7 table 0008, original mode. */
  enum Answer {
    /** The content cannot be applied. */
    AE,
    /** The message is not one that is taken. */
    AR
  }

  /** What the sender and the operator are told. */
  ProblemCode problem() {
    return problem;
  }

  /** AE or AR. */
  Answer answer() {
    return answer;
  }

  /** HL7 table 0357. */
  int condition() {
    return condition;
  }
}
