package org.heliograph.dicom.io;

/**
 * Limits of reading.
 *
 * @param maxInMemoryValueBytes longer values become bulk elements
 * @param maxDepth how deep sequences may nest
 * @param maxTotalInMemoryBytes what a data set may cost in memory, bookkeeping included
 * @param pixelDataPlace whether pixel data shorter than {@code maxInMemoryValueBytes} is read
 * @param maxInflateRatio how many bytes one deflated byte may give, once 64 MiB are exceeded
 */
public record ReadOptions(
    int maxInMemoryValueBytes,
    int maxDepth,
    long maxTotalInMemoryBytes,
    int maxInflateRatio,
    PixelDataPlace pixelDataPlace) {
  /** Where the pixel data of the object itself (not of an icon) goes. */
  public enum PixelDataPlace {
    /** Into memory or not by its length, like every value. */
    BY_LENGTH,
    /** Always left in its source, so that its offset is known. */
    IN_SOURCE
  }

  /** Deeper nesting would cost more stack than a virtual thread should need. */
  public static final int DEPTH_LIMIT = 256;

  private static final ReadOptions DEFAULTS =
      new ReadOptions(64 * 1024, 64, 64L * 1024 * 1024, 300, PixelDataPlace.BY_LENGTH);

  public ReadOptions {
    if (maxInMemoryValueBytes < 0 || maxTotalInMemoryBytes < 0 || maxInflateRatio < 1) {
      throw new IllegalArgumentException("limits are not negative");
    }
    if (maxDepth < 0 || maxDepth > DEPTH_LIMIT) {
      throw new IllegalArgumentException("depth " + maxDepth + " is not 0 to " + DEPTH_LIMIT);
    }
  }

  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /** Everything in memory as far as the total limit allows: for small objects. */
  public static ReadOptions inMemory(int maxBytes) {
    return new ReadOptions(
        maxBytes,
        64,
        2L * maxBytes + DEFAULTS.maxTotalInMemoryBytes,
        300,
        PixelDataPlace.BY_LENGTH);
  }

  public ReadOptions withMaxInMemoryValueBytes(int bytes) {
    return new ReadOptions(bytes, maxDepth, maxTotalInMemoryBytes, maxInflateRatio, pixelDataPlace);
  }

  public ReadOptions withMaxTotalInMemoryBytes(long bytes) {
    return new ReadOptions(maxInMemoryValueBytes, maxDepth, bytes, maxInflateRatio, pixelDataPlace);
  }

  public ReadOptions withMaxDepth(int depth) {
    return new ReadOptions(
        maxInMemoryValueBytes, depth, maxTotalInMemoryBytes, maxInflateRatio, pixelDataPlace);
  }

  /** Pixel data is left in its source whatever its length. */
  public ReadOptions withPixelDataInSource() {
    return new ReadOptions(
        maxInMemoryValueBytes,
        maxDepth,
        maxTotalInMemoryBytes,
        maxInflateRatio,
        PixelDataPlace.IN_SOURCE);
  }
}
