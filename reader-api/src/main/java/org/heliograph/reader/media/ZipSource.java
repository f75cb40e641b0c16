package org.heliograph.reader.media;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The entries of a ZIP file, read in place: their names are never paths. What all of them inflate
 * to is bounded by the size of the file, so that a bomb, of overlapping entries as well, ends
 * early.
 */
final class ZipSource implements Closeable {
  private static final long MOST_DIRECTORY_BYTES = 64L << 20;
  private static final long ALWAYS_ALLOWED = 4L << 30;
  private static final int MOST_RATIO = 100;
  private static final int END_BYTES = 22;
  private static final int END_SEARCHED = END_BYTES + 0xFFFF;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int LOCATOR64_SIGNATURE = 0x07064b50;
  private static final long IN_64 = 0xFFFF_FFFFL;

  private final ZipFile zip;
  private final Path path;
  private final AtomicLong budget;

  private ZipSource(ZipFile zip, Path path, long budget) {
    this.zip = zip;
    this.path = path;
    this.budget = new AtomicLong(budget);
  }

  /** More was inflated than the archive may give. */
  static final class TooLargeException extends IOException {
    TooLargeException() {
      super("the archive gives more than it may");
    }
  }

  /**
   * Opens it.
   *
   * @throws TooLargeException its directory alone would fill the memory
   * @throws ZipException it is no archive, or a broken one
   */
  static ZipSource open(Path path) throws IOException {
    return open(path, ALWAYS_ALLOWED);
  }

  /** As {@link #open(Path)}, with so many bytes always allowed, however small the archive is. */
  static ZipSource open(Path path, long allowed) throws IOException {
    long size;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      size = channel.size();
      if (directoryBytes(channel) > MOST_DIRECTORY_BYTES) {
        throw new TooLargeException();
      }
    }
    return new ZipSource(new ZipFile(path.toFile()), path, Math.max(allowed, size * MOST_RATIO));
  }

  /** Told of each entry that is no folder. */
  interface Visitor {
    void entry(Found found) throws IOException;
  }

  void entries(Visitor visitor) throws IOException {
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      if (!entry.isDirectory()) {
        visitor.entry(
            new Found(
                path + "!" + entry.getName(),
                path + "|" + entry.getName() + "|" + entry.getSize() + "|" + entry.getCrc(),
                Math.max(0, entry.getSize()),
                true,
                () -> new Budgeted(zip.getInputStream(entry))));
      }
    }
  }

  /** How many entries are no folders. */
  long files() {
    return zip.stream().filter(entry -> !entry.isDirectory()).count();
  }

  /** What the entries say they inflate to. */
  long byteCount() {
    return zip.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Where the end record (4.3.16 of the format) says how large the central directory is. */
  private static long directoryBytes(FileChannel channel) throws IOException {
    long from = Math.max(0, channel.size() - END_SEARCHED);
    ByteBuffer tail = read(channel, from, (int) (channel.size() - from));
    for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE) {
        long bytes = Integer.toUnsignedLong(tail.getInt(at + 12));
        return bytes == IN_64 ? directory64Bytes(channel, from + at) : bytes;
      }
    }
    throw new ZipException("no end record");
  }

  private static long directory64Bytes(FileChannel channel, long end) throws IOException {
    if (end < 20) {
      throw new ZipException("no 64-bit end record");
    }
    ByteBuffer locator = read(channel, end - 20, 20);
    if (locator.getInt(0) != LOCATOR64_SIGNATURE) {
      return IN_64;
    }
    ByteBuffer record = read(channel, locator.getLong(8), 56);
    if (record.getInt(0) != END64_SIGNATURE) {
      throw new ZipException("no 64-bit end record");
    }
    long bytes = record.getLong(40);
    return bytes < 0 ? Long.MAX_VALUE : bytes;
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    if (from < 0 || from > channel.size() - length) {
      throw new ZipException("a record outside of the file");
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new ZipException("the file became shorter");
      }
    }
    return buffer.flip();
  }

  private final class Budgeted extends FilterInputStream {
    Budgeted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      if (n > 0 && budget.addAndGet(-n) < 0) {
        throw new TooLargeException();
      }
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      return Math.max(0, read(new byte[(int) Math.min(n, 8192)], 0, (int) Math.min(n, 8192)));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
