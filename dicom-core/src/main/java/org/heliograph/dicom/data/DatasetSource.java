package org.heliograph.dicom.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes of known length that can be opened more than once, such as a data set in a file. */
public interface DatasetSource {
  InputStream open() throws IOException;

  /** The number of bytes that {@link #open()} gives. */
  long length() throws IOException;

  static DatasetSource of(byte[] bytes) {
    return new DatasetSource() {
      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }

      @Override
      public long length() {
        return bytes.length;
      }
    };
  }

  static DatasetSource of(Path file) {
    return new DatasetSource() {
      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }

      @Override
      public long length() throws IOException {
        return Files.size(file);
      }
    };
  }
}
