package org.heliograph.dicom.deid;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret behind new UIDs, pseudonyms and the patients' shifts of dates: the same key gives the
 * same ones in another run, and nobody finds them, or the way back, without it. Who keeps the key
 * can recognise a patient; who drops it has made the result anonymous in this respect. Thread-safe.
 */
public final class DeidentificationKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_BYTES = 16;

  private final SecretKeySpec key;

  private DeidentificationKey(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** A key of at least 16 secret bytes, 32 random ones at best. */
  public static DeidentificationKey of(byte[] secret) {
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "a key has at least " + MIN_BYTES + " bytes, not " + secret.length);
    }
    return new DeidentificationKey(secret);
  }

  /** A key that nobody has: for a mapping that ends with this process. */
  public static DeidentificationKey random() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return new DeidentificationKey(secret);
  }

  /** 32 bytes that belong to a value within a purpose. */
  byte[] derive(String purpose, String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) 0);
      return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "DeidentificationKey[***]";
  }
}
