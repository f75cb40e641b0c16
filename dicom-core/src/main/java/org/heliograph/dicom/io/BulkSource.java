package org.heliograph.dicom.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives the bytes that bulk and encapsulated elements left in their source. */
public interface BulkSource {
  /** No source: every element is in memory. */
  BulkSource NONE =
      (offset, length) -> {
        throw new FileNotFoundException("no bulk data source for " + length + " bytes");
      };

  /**
   * The file that an object was read from. Not for the deflated syntax: its offsets count in the
   * inflated data set, which no file has.
   */
  static BulkSource of(Path file) {
    return (offset, length) -> {
      SeekableByteChannel channel = Files.newByteChannel(file);
      try {
        return Channels.newInputStream(channel.position(offset));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    };
  }

  /** The bytes from an offset as the reader counted it; the caller closes the stream. */
  InputStream open(long offset, long length) throws IOException;
}
