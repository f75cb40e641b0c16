package org.heliograph.archive.ingest.photo;

/**
 * Sizes a photo must keep to, in either orientation.
 *
 * @param minLongSide pixels; smaller is refused
 * @param goodLongSide pixels; smaller gets a warning
 */
record PhotoLimits(
    long maxBytes,
    long maxPixels,
    int minLongSide,
    int minShortSide,
    int goodLongSide,
    int goodShortSide) {

  static PhotoLimits defaults() {
    return new PhotoLimits(25_000_000, 60_000_000, 800, 600, 1024, 768);
  }

  void check(int width, int height) throws PhotoRefusedException {
    if (width < 1 || height < 1) {
      throw new PhotoRefusedException(PhotoRefusal.DAMAGED);
    }
    if ((long) width * height > maxPixels || width > 0xFFFF || height > 0xFFFF) {
      throw new PhotoRefusedException(PhotoRefusal.TOO_MANY_PIXELS);
    }
    if (Math.max(width, height) < minLongSide || Math.min(width, height) < minShortSide) {
      throw new PhotoRefusedException(PhotoRefusal.TOO_SMALL);
    }
  }

  boolean isGood(int width, int height) {
    return Math.max(width, height) >= goodLongSide && Math.min(width, height) >= goodShortSide;
  }
}
