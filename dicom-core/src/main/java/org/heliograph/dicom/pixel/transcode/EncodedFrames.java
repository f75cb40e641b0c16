package org.heliograph.dicom.pixel.transcode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.pixel.FrameEncoder;

/** The frames of one object in their spool, and the pixel data element made of them (PS3.5 A.4). */
final class EncodedFrames {

  /** What the length of an element can say, even. */
  static final long MAX_NATIVE_BYTES = 0xFFFF_FFFEL;

  private static final int ITEM_HEADER_BYTES = 8;

  private final FrameSpool spool;
  private final long maxBasicOffset;
  private final long[] offsets;
  private final long[] lengths;
  private int count;

  EncodedFrames(FrameSpool spool, int expected) {
    this(spool, expected, 0xFFFF_FFFFL);
  }

  /**
   * @param maxBasicOffset what an entry of a Basic Offset Table can say
   */
  EncodedFrames(FrameSpool spool, int expected, long maxBasicOffset) {
    this.spool = spool;
    this.maxBasicOffset = maxBasicOffset;
    this.offsets = new long[expected];
    this.lengths = new long[expected];
  }

  FrameSpool spool() {
    return spool;
  }

  int count() {
    return count;
  }

  long byteCount() {
    return spool.length();
  }

  /**
   * @param asFragment frames of their own have an even length; native ones follow without gaps
   */
  void add(byte[] frame, boolean asFragment) throws IOException {
    byte[] padded =
        asFragment && (frame.length & 1) != 0 ? Arrays.copyOf(frame, frame.length + 1) : frame;
    offsets[count] = spool.length();
    lengths[count] = padded.length;
    spool.append(padded);
    count++;
  }

  /** Adds a frame that an encoder writes. */
  void add(FrameEncoder encoder, FrameEncoder.Rows rows) throws IOException {
    offsets[count] = spool.length();
    encoder.encode(rows, spool.out());
    if ((spool.length() - offsets[count] & 1) != 0) {
      spool.append(new byte[1]);
    }
    lengths[count] = spool.length() - offsets[count];
    count++;
  }

  /** The frame that was added last. */
  byte[] last() throws IOException {
    try (InputStream in = spool.open(offsets[count - 1], lengths[count - 1])) {
      return in.readNBytes((int) lengths[count - 1]);
    }
  }

  Element nativePixels(long base, int bitsAllocated) {
    return new BulkElement(Tag.PixelData, bitsAllocated > 8 ? Vr.OW : Vr.OB, base, spool.length());
  }

  /**
   * One fragment for each frame, behind a Basic Offset Table; beyond its 4 GiB behind an empty one
   * and with an Extended Offset Table.
   */
  void encapsulated(Dataset.Builder builder) {
    long lastOffset = offsets[count - 1] + (long) ITEM_HEADER_BYTES * (count - 1);
    boolean basic = lastOffset <= maxBasicOffset;
    ByteBuffer table = ByteBuffer.allocate((basic ? 4 : 8) * count).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer sizes = ByteBuffer.allocate(basic ? 0 : 8 * count).order(ByteOrder.LITTLE_ENDIAN);
    List<DatasetSource> fragments = new ArrayList<>(count + 1);
    fragments.add(DatasetSource.of(basic ? table.array() : new byte[0]));
    for (int i = 0; i < count; i++) {
      long offset = offsets[i] + (long) ITEM_HEADER_BYTES * i;
      if (basic) {
        table.putInt((int) offset);
      } else {
        table.putLong(offset);
        sizes.putLong(lengths[i]);
      }
      fragments.add(new Fragment(spool, offsets[i], lengths[i]));
    }
    if (!basic) {
      builder.bytes(Tag.ExtendedOffsetTable, Vr.OV, table.array());
      builder.bytes(Tag.ExtendedOffsetTableLengths, Vr.OV, sizes.array());
    }
    builder.element(EncapsulatedElement.of(Tag.PixelData, Vr.OB, fragments));
  }

  private record Fragment(FrameSpool spool, long offset, long length) implements DatasetSource {
    @Override
    public InputStream open() throws IOException {
      return spool.open(offset, length);
    }
  }
}
