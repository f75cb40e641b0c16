package org.heliograph.dicom.data;

import java.math.BigInteger;
import java.util.UUID;

/**
 * A unique identifier: at most 64 characters, dotted decimal, no leading zeros (PS3.5 Section 9.1).
 */
public record Uid(String value) {
  /** In characters. */
  public static final int MAX_LENGTH = 64;

  /** Refuses what is not a UID; the message does not repeat the value. */
  public Uid {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a UID (" + value.length() + " characters)");
    }
  }

  /** A new UID under 2.25 from a random UUID (PS3.5 B.2). */
  public static Uid create() {
    return of(UUID.randomUUID());
  }

  /** The UID under 2.25 that a UUID stands for (PS3.5 B.2). */
  public static Uid of(UUID uuid) {
    BigInteger high = new BigInteger(Long.toUnsignedString(uuid.getMostSignificantBits()));
    BigInteger low = new BigInteger(Long.toUnsignedString(uuid.getLeastSignificantBits()));
    return new Uid("2.25." + high.shiftLeft(64).or(low));
  }

  /** Whether text is a UID: dotted decimal of at most 64 characters without leading zeros. */
  public static boolean isValid(String value) {
    int length = value.length();
    if (length == 0 || length > MAX_LENGTH) {
      return false;
    }
    int start = 0;
    for (int i = 0; i <= length; i++) {
      if (i == length || value.charAt(i) == '.') {
        boolean leadingZero = i - start > 1 && value.charAt(start) == '0';
        if (i == start || leadingZero) {
          return false;
        }
        start = i + 1;
      } else if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
