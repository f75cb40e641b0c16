package org.heliograph.dicom.pixel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One frame as samples: gray or palette index, or RGB with the three samples of a pixel together.
 *
 * <p>Colour is RGB here, whatever Photometric Interpretation the object had, but for frames that
 * were asked for as they are stored ({@link FrameDecoder#stored}). Cells are as wide as Bits
 * Allocated says (a single bit becomes a byte, 12 packed bits two), little endian, row by row.
 */
public final class DecodedFrame {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ImageDescription description;
  private final byte[] cells;

  /** The array becomes the frame's own: the caller must let go of it. */
  public DecodedFrame(ImageDescription description, byte[] cells) {
    this.description = description;
    this.cells = cells;
  }

  /** Describes these samples: planar configuration 0 for every colour image. */
  public ImageDescription description() {
    return description;
  }

  public int rows() {
    return description.rows();
  }

  public int columns() {
    return description.columns();
  }

  /** The cells themselves, not a copy: frames are large. */
  @SuppressWarnings("EI_EXPOSE_REP")
  public byte[] cells() {
    return cells;
  }

  /** The cell's bits without interpretation, unused ones included. */
  public long cell(int index) {
    return switch (description.bytesPerSample()) {
      case 1 -> cells[index] & 0xFF;
      case 2 -> (short) SHORTS.get(cells, index * 2) & 0xFFFF;
      case 4 -> (int) INTS.get(cells, index * 4) & 0xFFFFFFFFL;
      default -> (long) LONGS.get(cells, index * 8);
    };
  }

  /**
   * The stored value: Bits Stored below High Bit, sign extended if the image is signed. Unsigned
   * numbers of 64 bits wrap; floating point ones give their bits.
   */
  public long value(int index) {
    return description.storedValue(cell(index));
  }

  /** The stored value as a number, floating point samples included. */
  public double number(int index) {
    return switch (description.sampleType()) {
      case INTEGER -> (double) value(index);
      case FLOAT -> Float.intBitsToFloat((int) cell(index));
      case DOUBLE -> Double.longBitsToDouble(cell(index));
    };
  }
}
