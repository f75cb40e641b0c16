package org.heliograph.node.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.heliograph.dicom.io.PartTenHead;

/**
 * SHA-256 of bytes and their number.
 *
 * @param sha256 lower-case hexadecimal
 */
public record FileDigest(String sha256, long lengthBytes) {
  private static final int BUFFER_BYTES = 64 * 1024;

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a Part 10 file's data set, without group 0002. */
  public static String ofDataset(Path file) throws IOException {
    return measureDataset(file).sha256();
  }

  /** Of a whole file. */
  public static String of(Path file) throws IOException {
    return measure(file).sha256();
  }

  static FileDigest measure(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return measure(in);
    }
  }

  /**
   * Of a Part 10 file's data set, without group 0002.
   *
   * @throws org.heliograph.dicom.io.DicomFormatException the file has no head that could be read
   */
  static FileDigest measureDataset(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return measure(PartTenHead.read(in).dataset());
    }
  }

  static FileDigest measure(InputStream in) throws IOException {
    MessageDigest digest = newSha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long length = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
      length += n;
    }
    return new FileDigest(hex(digest), length);
  }
}
