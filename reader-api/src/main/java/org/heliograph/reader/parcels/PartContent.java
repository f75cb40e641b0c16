package org.heliograph.reader.parcels;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;
import org.heliograph.node.link.BundleFormatException;
import org.heliograph.reader.intake.UploadFiles;

/** What a part says once its content encoding is undone. */
final class PartContent {
  private static final int BUFFER_BYTES = 64 * 1024;

  private PartContent() {}

  /**
   * Opens the part's file.
   *
   * @param mostBytes more than so many end as {@link BundleFormatException}: a small file may
   *     unfold to anything
   */
  static InputStream open(UploadFiles files, PartRow part, long mostBytes) throws IOException {
    InputStream file =
        new BufferedInputStream(Files.newInputStream(files.path(part.fileId())), BUFFER_BYTES);
    if (!part.contentEncoding().equals("gzip")) {
      return new Limited(file, mostBytes);
    }
    try {
      return new Limited(new GZIPInputStream(file, BUFFER_BYTES), mostBytes);
    } catch (IOException e) {
      file.close();
      throw malformed(e);
    }
  }

  /** Faults of the content, told from those of the disk. */
  private static IOException malformed(IOException e) {
    return e instanceof java.util.zip.ZipException || e instanceof java.io.EOFException
        ? new BundleFormatException("the content encoding is damaged")
        : e;
  }

  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream in, long mostBytes) {
      super(in);
      this.left = mostBytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int count = read(one, 0, 1);
      return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count;
      try {
        count = super.read(buffer, offset, length);
      } catch (IOException e) {
        throw malformed(e);
      }
      left -= Math.max(count, 0);
      if (left < 0) {
        throw new BundleFormatException("more bytes than announced");
      }
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      return skipByReading(count);
    }

    private long skipByReading(long count) throws IOException {
      byte[] buffer = new byte[8192];
      long skipped = 0;
      while (skipped < count) {
        int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
        if (read < 0) {
          break;
        }
        skipped += read;
      }
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
