package org.heliograph.dicom.pixel.transcode;

import java.io.IOException;
import java.util.Arrays;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.NativeRows;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.RowSink;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.heliograph.dicom.pixel.jpegls.JpegLsDecoder;

/** Holds the rows that a JPEG-LS stream gives back against those that went in. */
final class RowCheck implements RowSink {

  private final NativeRows original;
  private final byte[] expected;
  private final int sampleBytes;
  private final int near;
  private boolean same = true;

  private RowCheck(NativeRows original, int sampleBytes, int near) {
    this.original = original;
    this.expected = new byte[original.rowBytes()];
    this.sampleBytes = sampleBytes;
    this.near = near;
  }

  /**
   * Whether one frame comes back.
   *
   * @param near how far off each sample may be
   */
  static boolean comesBack(
      FrameReader reader, int frame, byte[] encoded, ImageDescription image, int near)
      throws IOException {
    SampleLayout layout =
        new SampleLayout(
            image.rows(), image.columns(), image.samplesPerPixel(), image.bitsAllocated());
    try (NativeRows original = reader.nativeRows(frame)) {
      RowCheck check = new RowCheck(original, layout.bytesPerSample(), near);
      JpegLsDecoder.rows(encoded, layout, check);
      return check.same;
    } catch (CodecException e) {
      return false;
    }
  }

  @Override
  public void row(byte[] cells) throws IOException {
    same = same && original.next(expected) && isNear(cells);
  }

  private boolean isNear(byte[] cells) {
    if (near == 0) {
      return Arrays.equals(cells, expected);
    }
    for (int i = 0; i < cells.length; i += sampleBytes) {
      if (Math.abs(value(cells, i) - value(expected, i)) > near) {
        return false;
      }
    }
    return true;
  }

  private int value(byte[] cells, int at) {
    int low = cells[at] & 0xFF;
    return sampleBytes == 1 ? low : low | (cells[at + 1] & 0xFF) << 8;
  }
}
