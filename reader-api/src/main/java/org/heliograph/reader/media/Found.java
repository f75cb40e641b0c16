package org.heliograph.reader.media;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file to import.
 *
 * @param name for the operator's list of problems
 * @param identity what it is known by in the journal: its place, size and time
 */
record Found(String name, String identity, long byteCount, boolean inArchive, Opening opening) {
  /** Opens it. */
  interface Opening {
    InputStream open() throws IOException;
  }

  @Override
  public String toString() {
    return "Found[" + byteCount + " bytes]";
  }
}
