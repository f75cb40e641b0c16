package org.heliograph.archive.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.heliograph.archive.blob.StagingFile;

/** Hands on a peer's bytes while it writes them to a staging file and digests them. */
final class StagingInputStream extends FilterInputStream {
  private static final long SPACE_CHECK_BYTES = 16L * 1024 * 1024;

  private final StagingFile staging;
  private final SpaceReserve reserve;
  private final MessageDigest digest;
  private final byte[] skipped;
  private long sinceSpaceCheck;

  /**
   * @param skipped through which those bytes pass that nobody reads
   */
  StagingInputStream(
      InputStream source, StagingFile staging, SpaceReserve reserve, byte[] skipped) {
    super(source);
    this.skipped = skipped;
    this.staging = staging;
    this.reserve = reserve;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
      keep(bytes, offset, n);
    }
    return n;
  }

  private void keep(byte[] bytes, int offset, int length) throws IOException {
    try {
      staging.write(bytes, offset, length);
      sinceSpaceCheck += length;
      if (sinceSpaceCheck >= SPACE_CHECK_BYTES) {
        sinceSpaceCheck = 0;
        if (!reserve.allows(0)) {
          throw new StagingFailedException("the reserve of free space is reached");
        }
      }
    } catch (StagingFailedException e) {
      throw e;
    } catch (IOException e) {
      throw new StagingFailedException(e);
    }
    digest.update(bytes, offset, length);
  }

  /** Every byte must pass through {@link #read}. */
  @Override
  public long skip(long n) throws IOException {
    return Math.max(0, read(skipped, 0, (int) Math.min(n, skipped.length)));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** SHA-256 of what was read; once. */
  byte[] digest() {
    return digest.digest();
  }

  /** The peer's stream is the caller's to close. */
  @Override
  public void close() {}
}
