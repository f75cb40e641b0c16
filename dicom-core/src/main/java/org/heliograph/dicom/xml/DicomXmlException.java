package org.heliograph.dicom.xml;

import java.io.IOException;

/**
 * XML that is not a Native DICOM Model, or goes beyond a limit. Reading it again gives the same;
 * the message has positions, sizes and tags, never content.
 */
public final class DicomXmlException extends IOException {
  /** What is wrong; names are stable. */
  public enum Code {
    /** Not well-formed, or with a document type definition, which is never read. */
    NOT_XML,
    /** Well-formed, but not the model of PS3.19 Annex A.1. */
    NOT_NATIVE_MODEL,
    /** A value does not fit its VR. */
    BAD_VALUE,
    TOO_DEEP,
    TOO_LARGE
  }

  private final Code code;

  DicomXmlException(Code code, String message) {
    super(code + ": " + message);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
