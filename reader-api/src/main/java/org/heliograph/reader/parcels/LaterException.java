package org.heliograph.reader.parcels;

/** A part cannot be unpacked now; the same bytes may be taken later. */
final class LaterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  LaterException(String code) {
    super(code);
    this.code = code;
  }

  /** Why, for the operator. */
  String code() {
    return code;
  }
}
