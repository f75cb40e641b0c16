package org.heliograph.dicom.pixel;

import java.io.IOException;

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
}
