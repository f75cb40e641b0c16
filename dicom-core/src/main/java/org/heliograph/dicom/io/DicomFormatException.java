package org.heliograph.dicom.io;

import java.io.IOException;

/**
 * Bytes that are not a DICOM stream, or go beyond a limit. Reading them again gives the same; the
 * message has sizes and tags, never content.
 */
public final class DicomFormatException extends IOException {
  /** What is wrong; names are stable. */
  public enum Code {
    NOT_DICOM,
    TRUNCATED,
    BAD_META,
    BAD_LENGTH,
    BAD_VR,
    BAD_ITEM,
    BAD_DEFLATE,
    TOO_DEEP,
    TOO_LARGE
  }

  private final Code code;
  private final long offset;

  public DicomFormatException(Code code, long offset, String message) {
    super(code + " at byte " + offset + ": " + message);
    this.code = code;
    this.offset = offset;
  }

  public Code code() {
    return code;
  }

  /** Where it was found, counted from the first byte given to the reader. */
  public long offset() {
    return offset;
  }
}
