package org.heliograph.dicom.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.heliograph.dicom.charset.SpecificCharacterSet;

/** Elements made of Java values, padded to even length. */
final class ValueFactory {
  private ValueFactory() {}

  static ValueElement ofStrings(int tag, Vr vr, String... values) {
    if (vr.isBinaryNumber()) {
      return ofNumbersAsText(tag, vr, values);
    }
    if (!vr.isString()) {
      throw new IllegalArgumentException(Tags.toString(tag) + " " + vr + " does not hold text");
    }
    if (!vr.isSingleValued()) {
      for (String value : values) {
        if (value.indexOf('\\') >= 0) {
          throw new IllegalArgumentException(
              Tags.toString(tag) + " " + vr + ": a value cannot hold a backslash");
        }
      }
    } else if (values.length > 1) {
      throw new IllegalArgumentException(
          Tags.toString(tag) + " " + vr + " holds one value, not " + values.length);
    }
    String text = String.join("\\", values);
    SpecificCharacterSet set =
        text.chars().allMatch(c -> c < 0x80 && c != 0x1B)
            ? SpecificCharacterSet.DEFAULT
            : SpecificCharacterSet.UTF_8;
    if (!vr.isText() && set.equals(SpecificCharacterSet.UTF_8)) {
      throw new IllegalArgumentException(
          Tags.toString(tag) + " " + vr + " holds the default repertoire only");
    }
    byte[] bytes = set.encode(text, ValueCodec.delimiters(vr));
    return ValueElement.wrap(tag, vr, ValueCodec.padded(bytes, vr), set);
  }

  private static ValueElement ofNumbersAsText(int tag, Vr vr, String... values) {
    try {
      return switch (vr) {
        case FL, FD ->
            ofDoubles(tag, vr, Arrays.stream(values).mapToDouble(Double::parseDouble).toArray());
        case AT ->
            ofLongs(
                tag,
                vr,
                Arrays.stream(values)
                    .mapToLong(v -> Integer.toUnsignedLong(Integer.parseUnsignedInt(v, 16)))
                    .toArray());
        case UV ->
            ofLongs(tag, vr, Arrays.stream(values).mapToLong(Long::parseUnsignedLong).toArray());
        default -> ofLongs(tag, vr, Arrays.stream(values).mapToLong(Long::parseLong).toArray());
      };
    } catch (NumberFormatException e) {
      // Its own message repeats the value.
      throw new NumberFormatException(
          Tags.toString(tag) + " " + vr + ": a value is not one of its numbers");
    }
  }

  static ValueElement ofLongs(int tag, Vr vr, long... values) {
    return switch (vr) {
      case IS -> {
        for (long value : values) {
          if (value != (int) value) {
            throw new IllegalArgumentException(
                Tags.toString(tag) + " IS holds numbers of 32 bits with sign");
          }
        }
        yield ofStrings(
            tag, vr, Arrays.stream(values).mapToObj(Long::toString).toArray(String[]::new));
      }
      case DS ->
          ofExact(
              tag,
              vr,
              Arrays.stream(values).mapToObj(BigDecimal::valueOf).toArray(BigDecimal[]::new));
      default -> ofBytes(tag, vr, ValueCodec.encodeIntegers(vr, values));
    };
  }

  static ValueElement ofDoubles(int tag, Vr vr, double... values) {
    return switch (vr) {
      case DS ->
          ofStrings(
              tag, vr, Arrays.stream(values).mapToObj(DecimalText::of).toArray(String[]::new));
      case FL, FD, OF, OD -> ofBytes(tag, vr, ValueCodec.encodeDecimals(vr, values));
      default -> ofLongs(tag, vr, whole(tag, vr, values));
    };
  }

  static ValueElement ofExact(int tag, Vr vr, BigDecimal... values) {
    try {
      return switch (vr) {
        case DS ->
            ofStrings(tag, vr, Arrays.stream(values).map(DecimalText::of).toArray(String[]::new));
        case FL, FD, OF, OD ->
            ofDoubles(
                tag, vr, Arrays.stream(values).mapToDouble(BigDecimal::doubleValue).toArray());
        case UV, OV ->
            ofLongs(
                tag,
                vr,
                Arrays.stream(values)
                    .map(BigDecimal::toBigIntegerExact)
                    .mapToLong(ValueFactory::unsigned)
                    .toArray());
        default ->
            ofLongs(tag, vr, Arrays.stream(values).mapToLong(BigDecimal::longValueExact).toArray());
      };
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          Tags.toString(tag) + " " + vr + " cannot hold such a number", e);
    }
  }

  private static long unsigned(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 64) {
      throw new ArithmeticException("not an unsigned number of 64 bits");
    }
    return value.longValue();
  }

  private static long[] whole(int tag, Vr vr, double... values) {
    long[] longs = new long[values.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = (long) values[i];
      if (longs[i] != values[i]) {
        throw new IllegalArgumentException(Tags.toString(tag) + " " + vr + " holds whole numbers");
      }
    }
    return longs;
  }

  static ValueElement ofBytes(int tag, Vr vr, byte[] value) {
    byte[] own = (value.length & 1) == 0 ? value.clone() : ValueCodec.padded(value, vr);
    return ValueElement.wrap(tag, vr, own, SpecificCharacterSet.DEFAULT);
  }
}
