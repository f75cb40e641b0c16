package org.heliograph.reader.gateways;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Secrets of 256 random bits, of which only a hash is kept. */
final class Secrets {
  private Secrets() {}

  /** SHA-256; there is nothing to guess in 256 random bits, so no slow hash is needed. */
  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
