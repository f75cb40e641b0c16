package org.heliograph.dicom.data;

import java.nio.ByteOrder;

/**
 * An element whose value was left in its source.
 *
 * @param offset of the value's first byte, counted from the first byte given to the reader
 * @param length of the value in bytes
 * @param byteOrder of the value in its source
 */
public record BulkElement(int tag, Vr vr, long offset, long length, ByteOrder byteOrder)
    implements Element {
  /** Refuses negative offsets and lengths. */
  public BulkElement {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset " + offset + ", length " + length);
    }
  }

  /** A little endian value in its source. */
  public BulkElement(int tag, Vr vr, long offset, long length) {
    this(tag, vr, offset, length, ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public String toString() {
    return Tags.toString(tag) + " " + vr + " #" + length + " at " + offset;
  }
}
