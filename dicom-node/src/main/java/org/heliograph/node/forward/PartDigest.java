package org.heliograph.node.forward;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.heliograph.node.link.Manifest;

/** SHA-256 over ranges of a file. */
final class PartDigest {
  private PartDigest() {}

  static byte[] of(Path file, long from, long to) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (long at = from; at < to; ) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
        int n = channel.read(buffer, at);
        if (n < 0) {
          throw new EOFException("the file is shorter than its part");
        }
        digest.update(buffer.flip());
        at += n;
      }
    }
    return digest.digest();
  }

  /** Whether the bytes here are still those that the manifest promises. */
  static boolean isRight(Path file, Manifest.Part part) throws IOException {
    try {
      String is = HexFormat.of().formatHex(of(file, 0, part.lengthBytes()));
      return is.equalsIgnoreCase(part.digest());
    } catch (EOFException _) {
      return false;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
