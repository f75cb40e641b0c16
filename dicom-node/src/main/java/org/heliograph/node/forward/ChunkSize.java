package org.heliograph.node.forward;

/**
 * How long the next chunk is. A chunk should take some seconds: long enough that the round trip
 * after it hardly counts, short enough that others get their turn.
 */
final class ChunkSize {
  static final int SMALLEST = 16 << 10;
  static final int LARGEST = 8 << 20;

  /** Seconds that a chunk takes: with a round trip of 0.75 s 96 % of the link are used. */
  static final double SECONDS = 25;

  /** For what is sent out of turn. */
  static final double SHARE_SECONDS = 8;

  private static final double FIRST_RATE = 8192;
  private static final double WEIGHT = 0.4;
  private static final double SHORTEST_CUT_SECONDS = 2;
  private static final double LEAST_FACTOR = 1.0 / 256;

  private final int largest;
  private double rate = FIRST_RATE;

  ChunkSize(int largest) {
    this.largest = Math.clamp(largest, SMALLEST, LARGEST);
  }

  /** Learns from a chunk that was answered. */
  synchronized void learn(long bytes, double seconds) {
    if (bytes >= SMALLEST / 2 && seconds > 0) {
      rate += WEIGHT * (bytes / seconds - rate);
    }
  }

  /**
   * Learns from a chunk that was cut off: the link is not faster than that. Without it a link that
   * became slow would be given chunks that never end before the next cut.
   *
   * @param bytes that were handed to the system, sent or not
   */
  synchronized void learnFromCut(long bytes, double seconds) {
    if (seconds >= SHORTEST_CUT_SECONDS) {
      rate = Math.min(rate, Math.max(bytes / seconds, rate * LEAST_FACTOR));
    }
  }

  synchronized double bytesPerSecond() {
    return rate;
  }

  long next(double limit, double seconds) {
    double bytes = Math.min(bytesPerSecond(), limit) * seconds;
    return Math.clamp((long) bytes, SMALLEST, largest);
  }
}
