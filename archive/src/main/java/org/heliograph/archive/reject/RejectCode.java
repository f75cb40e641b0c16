package org.heliograph.archive.reject;

import java.util.Optional;

/** Document titles by which a Key Object Selection is a reject note (PS3.16 CID 7011). */
public enum RejectCode {
  QUALITY("113001", "Rejected for Quality Reasons", true),
  PATIENT_SAFETY("113037", "Rejected for Patient Safety Reasons", false),
  WRONG_WORKLIST_ENTRY("113038", "Incorrect Modality Worklist Entry", false),
  RETENTION_EXPIRED("113039", "Data Retention Policy Expired", true);

  private final String value;
  private final String meaning;
  private final boolean acceptedAgain;

  RejectCode(String value, String meaning, boolean acceptedAgain) {
    this.value = value;
    this.meaning = meaning;
    this.acceptedAgain = acceptedAgain;
  }

  /** The code value of DCM. */
  public String value() {
    return value;
  }

  /** The code meaning. */
  public String meaning() {
    return meaning;
  }

  /**
   * Whether the same instance is taken as a new one after its removal. What was rejected for safety
   * or belongs to somebody else stays away; the rest may come back from another archive.
   */
  public boolean acceptedAgain() {
    return acceptedAgain;
  }

  public static Optional<RejectCode> of(String value) {
    for (RejectCode code : values()) {
      if (code.value.equals(value)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
