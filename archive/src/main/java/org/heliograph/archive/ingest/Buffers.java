package org.heliograph.archive.ingest;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Buffers that are used again; more at once than are kept is no error. */
final class Buffers {
  private final int byteCount;
  private final BlockingQueue<byte[]> kept;

  Buffers(int byteCount, int kept) {
    this.byteCount = byteCount;
    this.kept = new ArrayBlockingQueue<>(kept);
  }

  /** A buffer with whatever it held before. */
  byte[] take() {
    byte @Nullable [] buffer = kept.poll();
    return buffer == null ? new byte[byteCount] : buffer;
  }

  /** Nobody may use it any more who gives it back. */
  void giveBack(byte[] buffer) {
    var _ = kept.offer(buffer);
  }
}
