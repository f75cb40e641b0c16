package org.heliograph.dicom.io;

import java.io.IOException;

/**
 * Bytes that are not a DICOM stream, or go beyond a limit. Reading them again gives the same; the
 * message has sizes and tags, never content.
 */
public final class DicomFormatException extends IOException {
  /** What is wrong; names are stable. */
  public enum Code {
    /** Neither a preamble nor a data set. */
    NOT_DICOM,
    /** The stream ends before what was announced. */
    TRUNCATED,
    /** File meta information that cannot be read. */
    BAD_META,
    /** A length beyond what surrounds it, or undefined where it must not be. */
    BAD_LENGTH,
    /** A tag or VR that no element has. */
    BAD_VR,
    /** Something else where an item must be. */
    BAD_ITEM,
    /** Not a deflate stream. */
    BAD_DEFLATE,
    /** Sequences nest deeper than the options allow. */
    TOO_DEEP,
    /** More than the options allow in memory, or inflated beyond their ratio. */
    TOO_LARGE
  }

  private final Code code;
  private final long offset;

  /** Refuses what was found at an offset; the message must not repeat content. */
  public DicomFormatException(Code code, long offset, String message) {
    super(code + " at byte " + offset + ": " + message);
    this.code = code;
    this.offset = offset;
  }

  /** What is wrong. */
  public Code code() {
    return code;
  }

  /** Where it was found, counted from the first byte given to the reader. */
  public long offset() {
    return offset;
  }
}
