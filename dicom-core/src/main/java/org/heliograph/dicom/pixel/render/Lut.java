package org.heliograph.dicom.pixel.render;

import org.heliograph.dicom.pixel.DamagedPixelDataException;

/**
 * A look-up table as its descriptor and data give it (PS3.3 C.11.1.1.1, C.7.6.3.1.5).
 *
 * <p>Values below the first mapped one take the first entry, those above the last take the last.
 */
final class Lut {

  private final int[] entries;
  private final int firstMapped;
  private final int bits;

  private Lut(int[] entries, int firstMapped, int bits) {
    this.entries = entries;
    this.firstMapped = firstMapped;
    this.bits = bits;
  }

  /**
   * @param descriptor entries (0 means 65536), first mapped value, bits of an entry
   * @param data words, or bytes where entries of 8 bits are packed two to a word
   * @param signedInput whether the first mapped value is a signed 16-bit number
   */
  static Lut of(int[] descriptor, byte[] data, boolean signedInput)
      throws DamagedPixelDataException {
    if (descriptor.length < 3) {
      throw new DamagedPixelDataException("LUT Descriptor has less than three values");
    }
    int count = (descriptor[0] & 0xFFFF) == 0 ? 65536 : descriptor[0] & 0xFFFF;
    int first = signedInput ? (short) descriptor[1] : descriptor[1] & 0xFFFF;
    int[] entries = new int[count];
    if (data.length >= count * 2) {
      for (int i = 0; i < count; i++) {
        entries[i] = (data[2 * i] & 0xFF) | (data[2 * i + 1] & 0xFF) << 8;
      }
    } else if (data.length >= count) {
      for (int i = 0; i < count; i++) {
        entries[i] = data[i] & 0xFF;
      }
    } else {
      throw new DamagedPixelDataException(
          "LUT has " + data.length + " bytes for " + count + " entries");
    }
    return new Lut(entries, first, bits(descriptor[2], entries));
  }

  static Lut ofEntries(int[] entries, int firstMapped, int bits) {
    return new Lut(entries.clone(), firstMapped, bits(bits, entries));
  }

  /** Some makers write 8 or 16 without meaning it, so an entry beyond those bits widens them. */
  private static int bits(int described, int[] entries) {
    int bits = described >= 1 && described <= 16 ? described : 16;
    int all = 0;
    for (int entry : entries) {
      all |= entry;
    }
    return Math.max(bits, 32 - Integer.numberOfLeadingZeros(all));
  }

  int apply(double x) {
    long index = Math.round(x) - firstMapped;
    return entries[Math.clamp(index, 0, entries.length - 1)];
  }

  /** Where {@code x} falls between the smallest (0) and the largest (1) possible output. */
  double fraction(double x) {
    return apply(x) / (double) ((1L << bits) - 1);
  }

  /** As {@link #fraction}, for an input that is a part of the table's whole length. */
  double fractionOf(double part) {
    if (Double.isNaN(part)) {
      return 0;
    }
    return fraction(firstMapped + Math.clamp(part, 0.0, 1.0) * (entries.length - 1));
  }

  int firstMapped() {
    return firstMapped;
  }

  int bits() {
    return bits;
  }

  int largest() {
    int largest = 0;
    for (int entry : entries) {
      largest = Math.max(largest, entry);
    }
    return largest;
  }
}
