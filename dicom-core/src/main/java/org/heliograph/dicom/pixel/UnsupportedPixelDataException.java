package org.heliograph.dicom.pixel;

/**
 * The encoding is valid but not decoded here (video, High-Throughput JPEG 2000 and retired JPEG
 * processes); the object itself stays as it came.
 */
public final class UnsupportedPixelDataException extends PixelDataException {

  public UnsupportedPixelDataException(String message) {
    super(message);
  }
}
