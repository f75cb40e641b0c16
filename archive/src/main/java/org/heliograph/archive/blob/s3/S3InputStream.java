package org.heliograph.archive.blob.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.heliograph.archive.blob.NoSuchBlobException;
import org.jspecify.annotations.Nullable;

/**
 * A run of bytes of an object. A connection that breaks, or an answer that ends too early, is taken
 * up where it stopped: objects never change. Closing it early gives the connection back or ends it.
 */
final class S3InputStream extends InputStream {
  private static final int ATTEMPTS_WITHOUT_PROGRESS = 4;

  private final Source source;
  private final S3Calls calls;
  private @Nullable InputStream current;
  private long position;
  private long remaining;
  private int fruitless;

  /** Opens the object from a position on. */
  interface Source {
    InputStream open(long position, long byteCount) throws IOException;
  }

  S3InputStream(InputStream first, Source source, S3Calls calls, long position, long byteCount) {
    this.current = first;
    this.source = source;
    this.calls = calls;
    this.position = position;
    this.remaining = byteCount;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (remaining == 0) {
      return -1;
    }
    while (true) {
      int n = tryRead(bytes, offset, (int) Math.min(length, remaining));
      if (n > 0) {
        fruitless = 0;
        position += n;
        remaining -= n;
        return n;
      }
      fruitless++;
      if (fruitless == ATTEMPTS_WITHOUT_PROGRESS) {
        throw S3Fault.nonsense("read", "Truncated");
      }
      calls.pause(fruitless);
    }
  }

  /** Reads something, or leaves no open connection behind. */
  private int tryRead(byte[] bytes, int offset, int length) throws IOException {
    try {
      InputStream in = current;
      if (in == null) {
        in = source.open(position, remaining);
        current = in;
      }
      int n = in.read(bytes, offset, length);
      if (n > 0) {
        return n;
      }
    } catch (NoSuchBlobException gone) {
      throw gone;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        closeCurrent();
        throw e;
      }
    }
    closeCurrent();
    return -1;
  }

  @Override
  public int available() throws IOException {
    InputStream in = current;
    return in == null ? 0 : (int) Math.min(in.available(), remaining);
  }

  @Override
  public void close() {
    remaining = 0;
    closeCurrent();
  }

  private void closeCurrent() {
    InputStream in = current;
    current = null;
    if (in != null) {
      try {
        in.close();
      } catch (IOException _) {
        // its connection has ended; nothing is left to give back
      }
    }
  }
}
