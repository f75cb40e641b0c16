package org.heliograph.dicom.pixel.render;

import org.heliograph.dicom.pixel.DamagedPixelDataException;

/** Segmented Palette Color Lookup Table Data (PS3.3 C.7.9.2): discrete, linear and indirect. */
final class SegmentedPalette {

  private final byte[] data;
  private final boolean bytes;
  private final int[] entries;
  private int filled;

  private SegmentedPalette(byte[] data, int count, boolean bytes) {
    this.data = data;
    this.bytes = bytes;
    this.entries = new int[count];
  }

  /**
   * @param bytes whether segments are made of bytes (8-bit entries) rather than words
   */
  static int[] expand(byte[] data, int count, boolean bytes) throws DamagedPixelDataException {
    SegmentedPalette palette = new SegmentedPalette(data, count, bytes);
    int at = 0;
    int units = bytes ? data.length : data.length / 2;
    while (palette.filled < count) {
      if (at + 2 > units) {
        throw new DamagedPixelDataException("segmented palette ends too early");
      }
      at = palette.segment(at, true);
    }
    return palette.entries;
  }

  /** Expands the segment at a unit; gives the unit behind it. */
  private int segment(int at, boolean indirectAllowed) throws DamagedPixelDataException {
    int opcode = unit(at);
    int length = unit(at + 1);
    return switch (opcode) {
      case 0 -> {
        for (int i = 0; i < length; i++) {
          add(unit(at + 2 + i));
        }
        yield at + 2 + length;
      }
      case 1 -> {
        int from = filled == 0 ? 0 : entries[filled - 1];
        int to = unit(at + 2);
        for (int i = 1; i <= length; i++) {
          add((int) Math.round(from + (double) (to - from) * i / length));
        }
        yield at + 3;
      }
      case 2 -> {
        if (!indirectAllowed) {
          throw new DamagedPixelDataException("segmented palette has nested indirect segments");
        }
        yield indirect(at, length);
      }
      default -> throw new DamagedPixelDataException("segmented palette opcode " + opcode);
    };
  }

  private int indirect(int at, int segments) throws DamagedPixelDataException {
    int operands = bytes ? 4 : 2;
    long offset = 0;
    for (int i = 0; i < operands; i++) {
      offset |= (long) unit(at + 2 + i) << (i * (bytes ? 8 : 16));
    }
    long target = bytes ? offset : offset / 2;
    if (target >= at) {
      throw new DamagedPixelDataException("segmented palette points forward");
    }
    int copied = (int) target;
    for (int i = 0; i < segments && filled < entries.length; i++) {
      copied = segment(copied, false);
    }
    return at + 2 + operands;
  }

  private void add(int entry) {
    if (filled < entries.length) {
      entries[filled++] = entry;
    }
  }

  private int unit(int index) throws DamagedPixelDataException {
    int at = bytes ? index : index * 2;
    if (at + (bytes ? 1 : 2) > data.length) {
      throw new DamagedPixelDataException("segmented palette ends too early");
    }
    return bytes ? data[at] & 0xFF : (data[at] & 0xFF) | (data[at + 1] & 0xFF) << 8;
  }
}
