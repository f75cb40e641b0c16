package org.heliograph.dicom.pixel;

import java.time.Duration;

/**
 * Bounds that hold before and while one frame is decoded.
 *
 * @param maxPixels rows × columns of a frame
 * @param maxFrameBytes decoded bytes of a frame, all samples
 * @param maxTime checked whenever a codec asks for more input
 */
public record DecodeLimits(long maxPixels, long maxFrameBytes, Duration maxTime) {

  /** 64 megapixels, 256 MiB, 30 seconds. */
  public static DecodeLimits defaults() {
    return new DecodeLimits(64_000_000, 256L << 20, Duration.ofSeconds(30));
  }

  void check(ImageDescription image) throws DamagedPixelDataException {
    checkPixels(image);
    long bytes = image.samples() * image.bytesPerSample();
    if (bytes > Math.min(maxFrameBytes, Integer.MAX_VALUE - 16)) {
      throw new DamagedPixelDataException(
          "frame of " + bytes + " bytes exceeds the limit of " + maxFrameBytes);
    }
  }

  /** What holds for frames that are never whole in memory, too. */
  void checkPixels(ImageDescription image) throws DamagedPixelDataException {
    if (image.pixels() > maxPixels) {
      throw new DamagedPixelDataException(
          "frame of " + image.pixels() + " pixels exceeds the limit of " + maxPixels);
    }
  }
}
