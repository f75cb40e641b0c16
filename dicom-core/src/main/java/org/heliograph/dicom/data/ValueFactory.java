package org.heliograph.dicom.data;

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
    return switch (vr) {
      case FL, FD ->
          ofDoubles(tag, vr, Arrays.stream(values).mapToDouble(Double::parseDouble).toArray());
      case AT ->
          ofLongs(tag, vr, Arrays.stream(values).mapToLong(v -> Long.parseLong(v, 16)).toArray());
      case UV ->
          ofLongs(tag, vr, Arrays.stream(values).mapToLong(Long::parseUnsignedLong).toArray());
      default -> ofLongs(tag, vr, Arrays.stream(values).mapToLong(Long::parseLong).toArray());
    };
  }

  static ValueElement ofLongs(int tag, Vr vr, long... values) {
    if (vr == Vr.IS || vr == Vr.DS) {
      return ofStrings(
          tag, vr, Arrays.stream(values).mapToObj(Long::toString).toArray(String[]::new));
    }
    return ofBytes(tag, vr, ValueCodec.encodeIntegers(vr, values));
  }

  static ValueElement ofDoubles(int tag, Vr vr, double... values) {
    return switch (vr) {
      case DS ->
          ofStrings(
              tag,
              vr,
              Arrays.stream(values).mapToObj(ValueCodec::decimalString).toArray(String[]::new));
      case FL, FD, OF, OD -> ofBytes(tag, vr, ValueCodec.encodeDecimals(vr, values));
      default -> ofLongs(tag, vr, whole(tag, vr, values));
    };
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
