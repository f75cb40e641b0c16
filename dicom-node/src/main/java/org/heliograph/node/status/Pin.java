package org.heliograph.node.status;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The hash of the status page's PIN: {@code pbkdf2-sha256:ITERATIONS:SALT:HASH}, salt and hash in
 * Base64 for URLs. A PIN has few digits, so what guards it is the limit of attempts; the hash keeps
 * it from being read out of the file at a glance.
 */
public final class Pin {
  /** The shortest PIN that is taken. */
  public static final int MIN_LENGTH = 6;

  private static final int MAX_LENGTH = 64;
  private static final int ITERATIONS = 310_000;
  private static final int MAX_ITERATIONS = 2_000_000;
  private static final Pattern FORM =
      Pattern.compile("pbkdf2-sha256:(\\d{5,7}):([A-Za-z0-9_-]{22}):([A-Za-z0-9_-]{43})");

  private Pin() {}

  /**
   * Makes a hash with a salt of its own.
   *
   * @throws IllegalArgumentException the PIN is too short or too long
   */
  public static String hash(String pin) {
    if (pin.length() < MIN_LENGTH || pin.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a PIN has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
    }
    byte[] salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    var base64 = Base64.getUrlEncoder().withoutPadding();
    return "pbkdf2-sha256:"
        + ITERATIONS
        + ":"
        + base64.encodeToString(salt)
        + ":"
        + base64.encodeToString(derive(pin, salt, ITERATIONS));
  }

  /**
   * Takes a text only if it is a hash.
   *
   * @throws IllegalArgumentException it is not
   */
  public static String requireHash(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(1)) > MAX_ITERATIONS) {
      throw new IllegalArgumentException("not a PIN's hash");
    }
    return text;
  }

  /** Whether this is the PIN; takes a good part of a second on purpose. */
  public static boolean matches(String hash, String pin) {
    Matcher parts = FORM.matcher(requireHash(hash));
    if (!parts.matches() || pin.length() > MAX_LENGTH) {
      return false;
    }
    var base64 = Base64.getUrlDecoder();
    return MessageDigest.isEqual(
        base64.decode(parts.group(3)),
        derive(pin, base64.decode(parts.group(2)), Integer.parseInt(parts.group(1))));
  }

  private static byte[] derive(String pin, byte[] salt, int iterations) {
    var key = new PBEKeySpec(pin.toCharArray(), salt, iterations, 256);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("PBKDF2WithHmacSHA256 is missing", e);
    } finally {
      key.clearPassword();
    }
  }
}
