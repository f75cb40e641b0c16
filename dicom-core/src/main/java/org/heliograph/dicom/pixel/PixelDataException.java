package org.heliograph.dicom.pixel;

import java.io.IOException;
import org.heliograph.dicom.pixel.codec.CodecException;

/**
 * Pixel data that cannot become samples: damaged, or in an encoding that is not decoded here.
 *
 * <p>Trying the same bytes again gives the same answer. Messages name encodings, limits and sizes,
 * never content.
 */
public sealed class PixelDataException extends IOException
    permits DamagedPixelDataException, UnsupportedPixelDataException {

  PixelDataException(String message) {
    super(message);
  }

  PixelDataException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A codec's fault in the words of pixel data. */
  public static PixelDataException of(CodecException e) {
    return switch (e.kind()) {
      case DAMAGED -> new DamagedPixelDataException(String.valueOf(e.getMessage()), e);
      case UNSUPPORTED -> new UnsupportedPixelDataException(String.valueOf(e.getMessage()));
    };
  }
}
