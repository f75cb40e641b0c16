package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.Association.Wait;
import org.heliograph.dicom.net.ul.Pdu;

/**
 * A data set as its PDVs come in: nothing is read from the peer before it is asked for, so a slow
 * reader slows the sender. Closing it leaves the rest for {@link #drain}.
 */
final class DatasetInputStream extends InputStream {
  private static final int MAX_EMPTY_FRAGMENTS = 64;
  private static final long LEAST_BYTES_PER_SECOND = 512;
  private static final Duration WAITING_ALLOWED = Duration.ofMinutes(2);

  private final Association association;
  private final int contextId;
  private final long maxBytes;
  private ByteBuffer fragment = ByteBuffer.allocate(0);
  private boolean lastFragment;
  private int emptyFragments;
  private long bytes;
  private long waitedNanos;

  DatasetInputStream(Association association, int contextId, long maxBytes) {
    this.association = association;
    this.contextId = contextId;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    return more() ? fragment.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!more()) {
      return -1;
    }
    var count = Math.min(length, fragment.remaining());
    fragment.get(target, offset, count);
    return count;
  }

  @Override
  public int available() {
    return fragment.remaining();
  }

  /** Skips what is left, so that the next message can be read. */
  void drain() throws IOException {
    while (more()) {
      fragment.position(fragment.limit());
    }
  }

  /** How many bytes have come. */
  long bytes() {
    return bytes;
  }

  private boolean more() throws IOException {
    while (!fragment.hasRemaining()) {
      if (lastFragment) {
        return false;
      }
      take(await());
    }
    return true;
  }

  private Pdu.Pdv await() throws IOException {
    var start = System.nanoTime();
    var value = association.next(Wait.WITHIN_MESSAGE);
    waitedNanos += System.nanoTime() - start;
    if (value == null) {
      throw association.violation("release within a data set");
    }
    // Every fragment in time is not enough: one byte in each would hold the association for days.
    var allowed = WAITING_ALLOWED.toNanos() + bytes / LEAST_BYTES_PER_SECOND * 1_000_000_000L;
    if (waitedNanos > allowed) {
      throw association.violation("data set slower than " + LEAST_BYTES_PER_SECOND + " bytes/s");
    }
    return value;
  }

  private void take(Pdu.Pdv value) throws IOException {
    if (value.kind() != Pdu.Pdv.Kind.DATASET || value.contextId() != contextId) {
      throw association.violation("a data set fragment was expected");
    }
    fragment = value.data();
    lastFragment = value.isLast();
    bytes += fragment.remaining();
    if (bytes > maxBytes) {
      throw association.violation("data set exceeds " + maxBytes + " bytes");
    }
    emptyFragments = fragment.hasRemaining() ? 0 : emptyFragments + 1;
    if (emptyFragments > MAX_EMPTY_FRAGMENTS) {
      throw association.violation("more than " + MAX_EMPTY_FRAGMENTS + " empty fragments");
    }
  }
}
