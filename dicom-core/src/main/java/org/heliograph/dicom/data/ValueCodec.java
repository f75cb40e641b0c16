package org.heliograph.dicom.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.heliograph.dicom.charset.Delimiters;
import org.heliograph.dicom.charset.SpecificCharacterSet;

/** Values in and out of bytes (PS3.5 Table 6.2-1). */
final class ValueCodec {
  private ValueCodec() {}

  static List<String> strings(ValueElement e) {
    Vr vr = e.effectiveVr();
    if (e.isEmpty()) {
      return List.of();
    }
    if (!vr.isString()) {
      return numbersAsText(e, vr);
    }
    String text = text(e, vr);
    if (vr.isSingleValued()) {
      return List.of(trim(text, vr));
    }
    if (text.indexOf('\\') < 0) {
      return List.of(trim(text, vr));
    }
    List<String> out = new ArrayList<>();
    int start = 0;
    for (int end; (end = text.indexOf('\\', start)) >= 0; start = end + 1) {
      out.add(trim(text.substring(start, end), vr));
    }
    out.add(trim(text.substring(start), vr));
    return out;
  }

  private static String text(ValueElement e, Vr vr) {
    byte[] raw = e.raw();
    SpecificCharacterSet set = vr.isText() ? e.characterSet() : SpecificCharacterSet.DEFAULT;
    return set.decode(raw, 0, raw.length, delimiters(vr));
  }

  static Delimiters delimiters(Vr vr) {
    if (vr == Vr.PN) {
      return Delimiters.PERSON_NAME;
    }
    return vr.isSingleValued() ? Delimiters.PARAGRAPH : Delimiters.VALUE;
  }

  /** Trailing spaces and NULs never count; leading spaces do in paragraphs and UC. */
  private static String trim(String text, Vr vr) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == 0)) {
      end--;
    }
    int start = 0;
    boolean leadingCounts = vr.isSingleValued() || vr == Vr.UC;
    while (!leadingCounts && start < end && text.charAt(start) == ' ') {
      start++;
    }
    return text.substring(start, end);
  }

  private static List<String> numbersAsText(ValueElement e, Vr vr) {
    List<String> out = new ArrayList<>();
    switch (vr) {
      case AT -> {
        for (long tag : longs(e)) {
          out.add(Tags.toHex((int) tag));
        }
      }
      case FL, OF -> {
        for (double d : decimals(e)) {
          out.add(Float.toString((float) d));
        }
      }
      case FD, OD -> {
        for (double d : decimals(e)) {
          out.add(Double.toString(d));
        }
      }
      case UV, OV -> {
        for (long l : longs(e)) {
          out.add(Long.toUnsignedString(l));
        }
      }
      case US, SS, UL, SL, SV -> {
        for (long l : longs(e)) {
          out.add(Long.toString(l));
        }
      }
      default -> {}
    }
    return out;
  }

  static long[] longs(ValueElement e) {
    Vr vr = e.effectiveVr();
    ByteBuffer in = ByteBuffer.wrap(e.raw()).order(ByteOrder.LITTLE_ENDIAN);
    int count = e.length() / vr.unitBytes();
    long[] out = new long[vr == Vr.AT ? count / 2 : count];
    switch (vr) {
      case US, OW -> Arrays.setAll(out, i -> in.getShort(2 * i) & 0xFFFFL);
      case SS -> Arrays.setAll(out, i -> in.getShort(2 * i));
      case UL, OL -> Arrays.setAll(out, i -> in.getInt(4 * i) & 0xFFFFFFFFL);
      case SL -> Arrays.setAll(out, i -> in.getInt(4 * i));
      case SV, UV, OV -> Arrays.setAll(out, i -> in.getLong(8 * i));
      case AT ->
          Arrays.setAll(
              out, i -> (in.getShort(4 * i) & 0xFFFFL) << 16 | (in.getShort(4 * i + 2) & 0xFFFFL));
      case OB, UN -> Arrays.setAll(out, i -> in.get(i) & 0xFFL);
      default -> {
        double[] decimals = decimals(e);
        out = new long[decimals.length];
        for (int i = 0; i < out.length; i++) {
          out[i] = (long) decimals[i];
          if (out[i] != decimals[i]) {
            return new long[0];
          }
        }
      }
    }
    return out;
  }

  static double[] decimals(ValueElement e) {
    Vr vr = e.effectiveVr();
    ByteBuffer in = ByteBuffer.wrap(e.raw()).order(ByteOrder.LITTLE_ENDIAN);
    return switch (vr) {
      case FL, OF -> {
        double[] out = new double[e.length() / 4];
        Arrays.setAll(out, i -> in.getFloat(4 * i));
        yield out;
      }
      case FD, OD -> {
        double[] out = new double[e.length() / 8];
        Arrays.setAll(out, i -> in.getDouble(8 * i));
        yield out;
      }
      case UV, OV ->
          Arrays.stream(longs(e)).mapToDouble(l -> l >= 0 ? l : (l >>> 1) * 2.0).toArray();
      case US, SS, UL, SL, SV, AT, OW, OL, OB, UN ->
          Arrays.stream(longs(e)).asDoubleStream().toArray();
      default -> parse(strings(e));
    };
  }

  private static double[] parse(List<String> values) {
    double[] out = new double[values.size()];
    for (int i = 0; i < out.length; i++) {
      String value = values.get(i);
      if (!DecimalText.isNumber(value)) {
        return new double[0];
      }
      out[i] = Double.parseDouble(value);
    }
    return out;
  }

  static byte[] encodeIntegers(Vr vr, long[] values) {
    int size = vr == Vr.AT ? 4 : vr.unitBytes();
    ByteBuffer out = ByteBuffer.allocate(values.length * size).order(ByteOrder.LITTLE_ENDIAN);
    for (long v : values) {
      switch (vr) {
        case OB, UN -> out.put((byte) v);
        case US, SS, OW -> out.putShort((short) checked(v, vr));
        case UL, SL, OL -> out.putInt((int) checked(v, vr));
        case SV, UV, OV -> out.putLong(v);
        case FL, OF -> out.putFloat((float) v);
        case FD, OD -> out.putDouble((double) v);
        case AT -> out.putShort((short) (v >>> 16)).putShort((short) v);
        default -> throw new IllegalArgumentException(vr + " is not a binary number");
      }
    }
    return out.array();
  }

  private static long checked(long value, Vr vr) {
    int bits = vr.unitBytes() * 8;
    boolean signed = vr == Vr.SS || vr == Vr.SL;
    // Unsigned ones take negative ints too: the same 32 bits.
    long min = signed || vr.unitBytes() == 4 ? -(1L << (bits - 1)) : 0;
    long max = signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
    if (value < min || value > max) {
      throw new IllegalArgumentException(vr + " cannot hold a number of this size");
    }
    return value;
  }

  static byte[] encodeDecimals(Vr vr, double[] values) {
    ByteBuffer out =
        ByteBuffer.allocate(values.length * vr.unitBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (double v : values) {
      switch (vr) {
        case FL, OF -> out.putFloat((float) v);
        case FD, OD -> out.putDouble(v);
        default -> throw new IllegalArgumentException(vr + " is not a floating point number");
      }
    }
    return out.array();
  }

  static byte[] padded(byte[] value, Vr vr) {
    if ((value.length & 1) == 0) {
      return value;
    }
    byte[] even = Arrays.copyOf(value, value.length + 1);
    even[value.length] = vr.padding();
    return even;
  }
}
