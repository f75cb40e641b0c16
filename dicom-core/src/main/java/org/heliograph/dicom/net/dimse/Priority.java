package org.heliograph.dicom.net.dimse;

/**
 * Priority (0000,0700) of an operation (PS3.7 Table 9.1-1): a wish; the standard does not oblige
 * anyone to it.
 */
public enum Priority {
  MEDIUM(0),
  HIGH(1),
  LOW(2);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** A value that the standard does not define counts as medium. */
  static Priority of(int code) {
    return switch (code) {
      case 1 -> HIGH;
      case 2 -> LOW;
      default -> MEDIUM;
    };
  }
}
