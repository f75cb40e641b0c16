package org.heliograph.archive.blob.s3;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** A run of bytes of a file, with the digests by which the store and we check it. */
record S3Content(Path file, long offset, long byteCount, String sha256, String md5) {
  private static final int BUFFER_BYTES = 256 * 1024;

  /** The whole file, known by its SHA-256. */
  static S3Content whole(Path file, long byteCount) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    read(file, 0, byteCount, sha256);
    return new S3Content(file, 0, byteCount, HexFormat.of().formatHex(sha256.digest()), "");
  }

  /** One part, known by its MD5 too, which every store compares. */
  static S3Content part(Path file, long offset, long byteCount) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest md5 = digest("MD5");
    read(file, offset, byteCount, sha256, md5);
    return new S3Content(
        file,
        offset,
        byteCount,
        HexFormat.of().formatHex(sha256.digest()),
        Base64.getEncoder().encodeToString(md5.digest()));
  }

  String sha256Base64() {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
  }

  /** Opened for one attempt, so that a late reader of an earlier one cannot move it. */
  RandomAccessFile open() throws IOException {
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r");
    try {
      opened.seek(offset);
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private static void read(Path file, long offset, long byteCount, MessageDigest... digests)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(offset);
      long left = byteCount;
      while (left > 0) {
        int n = in.read(buffer, 0, (int) Math.min(left, BUFFER_BYTES));
        if (n < 0) {
          throw new IOException("a staging file is shorter than it was");
        }
        for (MessageDigest digest : digests) {
          digest.update(buffer, 0, n);
        }
        left -= n;
      }
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
