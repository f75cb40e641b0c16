package org.heliograph.dicom.io;

import org.heliograph.dicom.data.Tag;

/**
 * Limits of reading, and how much is read.
 *
 * @param maxInMemoryValueBytes longer values become bulk elements
 * @param maxDepth how deep sequences may nest
 * @param maxTotalInMemoryBytes what a data set may cost in memory, bookkeeping included
 * @param maxInflateRatio how many bytes one deflated byte may give, once 64 MiB are exceeded
 * @param placement what becomes of each value
 * @param stopBefore the tag of the data set itself at which reading ends, or {@link #TO_THE_END}
 */
public record ReadOptions(
    int maxInMemoryValueBytes,
    int maxDepth,
    long maxTotalInMemoryBytes,
    int maxInflateRatio,
    ValuePlacement placement,
    int stopBefore) {
  /** Deeper nesting would cost more stack than a virtual thread should need. */
  public static final int DEPTH_LIMIT = 256;

  /** A tag that no element has: the whole data set is read. */
  public static final int TO_THE_END = 0xFFFFFFFF;

  private static final ReadOptions DEFAULTS =
      new ReadOptions(64 * 1024, 64, 64L * 1024 * 1024, 300, ValuePlacement.BY_LENGTH, TO_THE_END);

  /** Refuses limits that cannot be. */
  public ReadOptions {
    if (maxInMemoryValueBytes < 0 || maxTotalInMemoryBytes < 0 || maxInflateRatio < 1) {
      throw new IllegalArgumentException("limits are not negative");
    }
    if (maxDepth < 0 || maxDepth > DEPTH_LIMIT) {
      throw new IllegalArgumentException("depth " + maxDepth + " is not 0 to " + DEPTH_LIMIT);
    }
  }

  /** Values of up to 64 KiB in memory, 64 MiB in all, sequences 64 deep, to the end. */
  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /** As {@link #defaults()}, without pixel data and what follows it: those are not even read. */
  public static ReadOptions header() {
    return DEFAULTS.withStopBefore(Tag.FloatPixelData);
  }

  /** Everything in memory as far as the total limit allows: for small objects. */
  public static ReadOptions inMemory(int maxBytes) {
    return DEFAULTS
        .withMaxInMemoryValueBytes(maxBytes)
        .withMaxTotalInMemoryBytes(2L * maxBytes + DEFAULTS.maxTotalInMemoryBytes);
  }

  /** These options with another limit for one value. */
  public ReadOptions withMaxInMemoryValueBytes(int bytes) {
    return new ReadOptions(
        bytes, maxDepth, maxTotalInMemoryBytes, maxInflateRatio, placement, stopBefore);
  }

  /** These options with another limit for the whole data set. */
  public ReadOptions withMaxTotalInMemoryBytes(long bytes) {
    return new ReadOptions(
        maxInMemoryValueBytes, maxDepth, bytes, maxInflateRatio, placement, stopBefore);
  }

  /** These options with another limit of nesting. */
  public ReadOptions withMaxDepth(int depth) {
    return new ReadOptions(
        maxInMemoryValueBytes,
        depth,
        maxTotalInMemoryBytes,
        maxInflateRatio,
        placement,
        stopBefore);
  }

  /** These options with another place for values. */
  public ReadOptions withPlacement(ValuePlacement values) {
    return new ReadOptions(
        maxInMemoryValueBytes,
        maxDepth,
        maxTotalInMemoryBytes,
        maxInflateRatio,
        values,
        stopBefore);
  }

  /** Pixel data is left in its source whatever its length. */
  public ReadOptions withPixelDataInSource() {
    return withPlacement(ValuePlacement.PIXEL_DATA_IN_SOURCE);
  }

  /**
   * Reading ends before the first element of the data set itself with this tag or a higher one;
   * what follows is neither read nor checked.
   */
  public ReadOptions withStopBefore(int tag) {
    return new ReadOptions(
        maxInMemoryValueBytes, maxDepth, maxTotalInMemoryBytes, maxInflateRatio, placement, tag);
  }

  boolean stopsAt(int tag) {
    return stopBefore != TO_THE_END && Integer.compareUnsigned(tag, stopBefore) >= 0;
  }
}
