package org.heliograph.node.commitment;

/** Why there is no commitment to an instance: Failure Reason (0008,1197) (PS3.3 C.14.1.1). */
public enum FailureReason {
  /** The archive has it, but not as it should be. */
  PROCESSING_FAILURE(0x0110),
  NO_SUCH_OBJECT_INSTANCE(0x0112),
  /** The archive has it under another SOP class. */
  CLASS_INSTANCE_CONFLICT(0x0119);

  private final int code;

  FailureReason(int code) {
    this.code = code;
  }

  /** The value of the attribute. */
  public int code() {
    return code;
  }

  /**
   * The constant of a code.
   *
   * @throws IllegalArgumentException there is none
   */
  public static FailureReason of(int code) {
    for (FailureReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    throw new IllegalArgumentException("no failure reason " + code);
  }
}
