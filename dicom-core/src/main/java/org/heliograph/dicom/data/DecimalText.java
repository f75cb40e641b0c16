package org.heliograph.dicom.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Numbers as DS and IS write them, and exact numbers of every VR (PS3.5 6.2). */
final class DecimalText {
  private static final int MAX_LENGTH = 16;
  // Longer ones, which the standard forbids, are no numbers to be exact about.
  private static final int MAX_READ_LENGTH = 64;
  private static final int MAX_SCALE = 999;

  private DecimalText() {}

  /** Whether text is a number as DS has them: no hexadecimal, NaN, suffixes that Java allows. */
  static boolean isNumber(String text) {
    int i = 0;
    int digits = 0;
    int length = text.length();
    if (i < length && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
      i++;
    }
    boolean point = false;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && !point) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        digits++;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return false;
    }
    if (i < length && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < length && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      int exponent = i;
      while (i < length && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        i++;
      }
      return i > exponent && i == length;
    }
    return i == length;
  }

  /** A decimal string of at most 16 characters, rounded where it must be. */
  static String of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("DS holds finite numbers only");
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return of(new BigDecimal(Double.toString(value)));
  }

  /** As {@link #of(double)}, every digit kept where 16 characters hold them. */
  static String of(BigDecimal exact) {
    if (Math.abs((long) exact.scale()) > MAX_SCALE) {
      throw new IllegalArgumentException("DS cannot hold a number of this size");
    }
    String asIs = exact.toPlainString();
    if (asIs.length() <= MAX_LENGTH) {
      return asIs;
    }
    for (int precision = MAX_LENGTH; precision > 0; precision--) {
      BigDecimal rounded =
          exact.round(new MathContext(precision, RoundingMode.HALF_EVEN)).stripTrailingZeros();
      String text = scientific(rounded);
      String plain = rounded.toPlainString();
      String shorter = plain.length() <= text.length() ? plain : text;
      if (shorter.length() <= MAX_LENGTH) {
        return shorter;
      }
    }
    throw new IllegalArgumentException("DS cannot hold a number of this size");
  }

  private static String scientific(BigDecimal value) {
    String digits = value.unscaledValue().abs().toString();
    long exponent = digits.length() - 1L - value.scale();
    return (value.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "E" : "E+")
        + exponent;
  }

  static List<BigDecimal> exact(ValueElement e) {
    Vr vr = e.effectiveVr();
    List<BigDecimal> out = new ArrayList<>();
    switch (vr) {
      case FL, OF, FD, OD -> {
        for (double d : e.decimals()) {
          if (!Double.isFinite(d)) {
            return List.of();
          }
          out.add(new BigDecimal(d));
        }
      }
      case UV, OV -> {
        for (long l : e.longs()) {
          out.add(new BigDecimal(new BigInteger(Long.toUnsignedString(l))));
        }
      }
      case US, SS, UL, SL, SV, AT, OW, OL, OB, UN -> {
        for (long l : e.longs()) {
          out.add(BigDecimal.valueOf(l));
        }
      }
      default -> {
        for (String value : e.strings()) {
          if (value.length() > MAX_READ_LENGTH || !isNumber(value)) {
            return List.of();
          }
          BigDecimal number = parsed(value);
          if (Math.abs((long) number.scale()) > MAX_SCALE) {
            return List.of();
          }
          out.add(number);
        }
      }
    }
    return List.copyOf(out);
  }

  private static BigDecimal parsed(String value) {
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException e) {
      return new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE); // an exponent beyond 32 bits
    }
  }
}
