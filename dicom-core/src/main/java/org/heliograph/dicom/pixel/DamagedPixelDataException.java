package org.heliograph.dicom.pixel;

/** The frame's bytes contradict the standard, the image description or a limit. */
public final class DamagedPixelDataException extends PixelDataException {

  public DamagedPixelDataException(String message) {
    super(message);
  }

  public DamagedPixelDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
