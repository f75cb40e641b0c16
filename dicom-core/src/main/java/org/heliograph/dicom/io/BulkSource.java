package org.heliograph.dicom.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Gives the bytes that bulk and encapsulated elements left in their source. */
public interface BulkSource {
  /** No source: every element is in memory. */
  BulkSource NONE =
      (offset, length) -> {
        throw new FileNotFoundException("no bulk data source for " + length + " bytes");
      };

  /** The bytes from an offset as the reader counted it; the caller closes the stream. */
  InputStream open(long offset, long length) throws IOException;
}
