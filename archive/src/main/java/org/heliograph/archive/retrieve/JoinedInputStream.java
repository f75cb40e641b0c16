package org.heliograph.archive.retrieve;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Parts one after the other, each opened when it is its turn. */
final class JoinedInputStream extends InputStream {
  private final Iterator<Part> parts;
  private @Nullable InputStream current;

  /** Opens one part. */
  interface Part {
    InputStream open() throws IOException;
  }

  JoinedInputStream(Iterable<Part> parts) {
    this.parts = parts.iterator();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      InputStream in = current;
      if (in == null) {
        if (!parts.hasNext()) {
          return -1;
        }
        in = parts.next().open();
        current = in;
      }
      int n = in.read(bytes, offset, length);
      if (n > 0) {
        return n;
      }
      in.close();
      current = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }
}
