package org.heliograph.archive.integrity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a blob past and compares it with what the catalog knows: its size, its head (PS3.10 7.1)
 * and the digest of its data set.
 */
public final class DigestCheck {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int PREAMBLE_BYTES = 128;

  /** Preamble, prefix and the element of the group length. */
  private static final int HEAD_BYTES = PREAMBLE_BYTES + 4 + 12;

  private static final byte[] PREFIX = "DICM".getBytes(StandardCharsets.US_ASCII);

  private DigestCheck() {}

  /** Is handed each run of bytes as it is read. */
  public interface Sink {
    Sink NONE = (_, _) -> {};

    void write(byte[] bytes, int length) throws IOException;
  }

  /**
   * Reads the stream to its end.
   *
   * @return what is wrong, or nothing
   */
  public static Optional<FindingKind> read(InputStream in, StoredDigest expected, Sink sink)
      throws IOException {
    byte[] head = in.readNBytes(HEAD_BYTES);
    sink.write(head, head.length);
    Integer offset = expected.datasetOffset();
    boolean headless = offset != null && offset == 0;
    Integer told = headless ? Integer.valueOf(0) : datasetOffset(head);
    boolean headIsSound = told != null && (offset == null || offset.equals(told));
    MessageDigest digest = sha256();
    long skip = told == null ? Long.MAX_VALUE : told;
    long position = 0;
    byte[] buffer = head;
    int n = head.length;
    while (n > 0) {
      int from = Math.clamp(skip - position, 0, n);
      digest.update(buffer, from, n - from);
      position += n;
      buffer = buffer.length == BUFFER_BYTES ? buffer : new byte[BUFFER_BYTES];
      n = in.readNBytes(buffer, 0, BUFFER_BYTES);
      sink.write(buffer, n);
    }
    if (position != expected.byteCount()) {
      return Optional.of(FindingKind.WRONG_SIZE);
    }
    return headIsSound && Arrays.equals(digest.digest(), expected.sha256())
        ? Optional.empty()
        : Optional.of(FindingKind.DAMAGED);
  }

  /** Where the data set begins by the group length of the file meta information; null if none. */
  private static @Nullable Integer datasetOffset(byte[] head) {
    if (head.length < HEAD_BYTES
        || !Arrays.equals(head, PREAMBLE_BYTES, PREAMBLE_BYTES + 4, PREFIX, 0, PREFIX.length)) {
      return null;
    }
    for (int i = 0; i < PREAMBLE_BYTES; i++) {
      if (head[i] != 0) {
        return null;
      }
    }
    long length = 0;
    for (int i = 3; i >= 0; i--) {
      length = length << 8 | (head[HEAD_BYTES - 4 + i] & 0xFF);
    }
    long offset = HEAD_BYTES + length;
    return offset > Integer.MAX_VALUE ? null : Integer.valueOf((int) offset);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
