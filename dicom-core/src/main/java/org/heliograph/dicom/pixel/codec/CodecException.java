package org.heliograph.dicom.pixel.codec;

import java.io.IOException;

/**
 * A code stream that does not become samples, or samples that a codec does not take.
 *
 * <p>Trying the same bytes again gives the same answer. Messages name encodings, limits and sizes,
 * never content.
 */
public final class CodecException extends IOException {

  /** Whose fault it is. */
  public enum Kind {
    /** The bytes contradict their standard, the declared layout or a limit. */
    DAMAGED,
    /** The bytes are valid, but the codec lacks what they use. */
    UNSUPPORTED
  }

  private final Kind kind;

  private CodecException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public static CodecException damaged(String message) {
    return new CodecException(Kind.DAMAGED, message);
  }

  public static CodecException damaged(String message, Throwable cause) {
    CodecException exception = new CodecException(Kind.DAMAGED, message);
    exception.initCause(cause);
    return exception;
  }

  public static CodecException unsupported(String message) {
    return new CodecException(Kind.UNSUPPORTED, message);
  }

  public Kind kind() {
    return kind;
  }
}
