package org.heliograph.archive.retrieve;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One frame as it is stored; each opening reads the blob anew. */
public interface StoredFrame {
  /** Size of what {@link #open} gives. */
  long byteCount();

  InputStream open() throws IOException;

  /** All of it, for a decoder. */
  default byte[] bytes() throws IOException {
    try (var in = open()) {
      return in.readAllBytes();
    }
  }

  default void copyTo(OutputStream out) throws IOException {
    try (var in = open()) {
      in.transferTo(out);
    }
  }
}
