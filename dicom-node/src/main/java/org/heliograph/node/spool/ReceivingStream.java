package org.heliograph.node.spool;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hands on a data set while it writes and digests it. */
final class ReceivingStream extends FilterInputStream {
  private static final long SPACE_CHECK_BYTES = 16L << 20;

  private final IncomingFile file;
  private final Space space;
  private final MessageDigest digest = Sha256.begin();
  private final byte[] passing;
  private long count;
  private long nextSpaceCheck = SPACE_CHECK_BYTES;

  /**
   * @param passing through which those bytes go that nobody reads
   */
  ReceivingStream(InputStream source, IncomingFile file, Space space, byte[] passing) {
    super(source);
    this.file = file;
    this.space = space;
    this.passing = passing;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    if (n > 0) {
      file.write(bytes, offset, n);
      digest.update(bytes, offset, n);
      count += n;
      if (count >= nextSpaceCheck) {
        nextSpaceCheck = count + SPACE_CHECK_BYTES;
        if (!space.isReserveFree()) {
          throw new StorageFailedException();
        }
      }
    }
    return n;
  }

  /** Every byte must pass through {@link #read}. */
  @Override
  public long skip(long n) throws IOException {
    return Math.max(0, read(passing, 0, (int) Math.min(n, passing.length)));
  }

  /** Whatever follows what was read is part of it. */
  void readToEnd() throws IOException {
    while (read(passing, 0, passing.length) >= 0) {
      // each read keeps what it reads
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Of all that was read, hexadecimal; once. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  long byteCount() {
    return count;
  }

  /** The peer's stream is the caller's to close. */
  @Override
  public void close() {}
}
