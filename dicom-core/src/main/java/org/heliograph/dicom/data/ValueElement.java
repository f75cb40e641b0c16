package org.heliograph.dicom.data;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.heliograph.dicom.charset.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * An element with its value in memory, as little endian bytes that are decoded when asked for. UN
 * is decoded by the dictionary's VR where there is one.
 */
public final class ValueElement implements Element {
  private final int tag;
  private final Vr vr;
  private final byte[] value;
  private final SpecificCharacterSet characterSet;

  private ValueElement(int tag, Vr vr, byte[] value, SpecificCharacterSet characterSet) {
    this.tag = tag;
    this.vr = vr;
    this.value = value;
    this.characterSet = characterSet;
  }

  /** An element of a little endian value, which is copied. */
  public static ValueElement of(int tag, Vr vr, byte[] value, SpecificCharacterSet characterSet) {
    return wrap(tag, vr, value.clone(), characterSet);
  }

  /** As {@link #of}, but the array becomes the element's own: the caller must let go of it. */
  public static ValueElement wrap(int tag, Vr vr, byte[] value, SpecificCharacterSet characterSet) {
    if (vr == Vr.SQ) {
      throw new IllegalArgumentException("a sequence is not a value: " + Tags.toString(tag));
    }
    return new ValueElement(tag, vr, value, characterSet);
  }

  @Override
  public int tag() {
    return tag;
  }

  @Override
  public Vr vr() {
    return vr;
  }

  /** The number of bytes of the value, padding included. */
  public int length() {
    return value.length;
  }

  /** Whether the value has no bytes. */
  public boolean isEmpty() {
    return value.length == 0;
  }

  /** The value as little endian bytes with its padding, a copy. */
  public byte[] bytes() {
    return value.clone();
  }

  /** The value's bytes without a copy. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(value).asReadOnlyBuffer();
  }

  /** Writes the value's bytes as they are, little endian and unpadded if they were. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(value);
  }

  byte[] raw() {
    return value;
  }

  /** The set that a text value's bytes are in. */
  public SpecificCharacterSet characterSet() {
    return characterSet;
  }

  /** The VR to decode by: the dictionary's instead of UN where it has one for values. */
  Vr effectiveVr() {
    if (vr != Vr.UN) {
      return vr;
    }
    Vr known = Dictionary.vrOf(tag);
    return known == Vr.SQ ? Vr.UN : known;
  }

  /** The first value that is not empty text, without padding. */
  public Optional<String> string() {
    List<String> all = strings();
    return all.isEmpty() || all.getFirst().isEmpty()
        ? Optional.empty()
        : Optional.of(all.getFirst());
  }

  /** All values as text without padding; numbers in decimal, tags in hexadecimal. */
  public List<String> strings() {
    return ValueCodec.strings(this);
  }

  /** All values as whole numbers; none when one of them is not. */
  public long[] longs() {
    return ValueCodec.longs(this);
  }

  /** All values as whole numbers; none when one of them is not or does not fit. */
  public int[] integers() {
    long[] longs = longs();
    int[] out = new int[longs.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) longs[i];
      if (out[i] != longs[i]) {
        return new int[0];
      }
    }
    return out;
  }

  /** All values as numbers; none when one of them is not. */
  public double[] decimals() {
    return ValueCodec.decimals(this);
  }

  /** All values as exact numbers; none when one of them is not a finite number. */
  public List<BigDecimal> exactDecimals() {
    return DecimalText.exact(this);
  }

  boolean isAscii() {
    return SpecificCharacterSet.isAscii(value, 0, value.length);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ValueElement e
        && tag == e.tag
        && vr == e.vr
        && Arrays.equals(value, e.value)
        && (!vr.isText() || isAscii() || characterSet.equals(e.characterSet));
  }

  @Override
  public int hashCode() {
    return Objects.hash(tag, vr, Arrays.hashCode(value));
  }

  @Override
  public String toString() {
    return Tags.toString(tag) + " " + vr + " #" + value.length;
  }
}
