package org.heliograph.dicom.pixel;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.heliograph.dicom.pixel.FrameIndex.Frame;
import org.heliograph.dicom.pixel.FrameIndex.Span;

/** Frames of native Pixel Data, worked out when asked for: there may be millions. */
final class NativeFrames extends AbstractList<Frame> implements RandomAccess {

  private final long offset;
  private final long bits;
  private final int count;

  NativeFrames(ImageDescription image, long offset, long length) throws DamagedPixelDataException {
    this.offset = offset;
    this.bits = image.nativeFrameBits();
    this.count = image.numberOfFrames();
    // Divided rather than multiplied: hostile sizes would overflow.
    if (bits > 8 * length / count) {
      throw new DamagedPixelDataException("there is less pixel data than described");
    }
  }

  @Override
  public Frame get(int frame) {
    if (frame < 0 || frame >= count) {
      throw new IndexOutOfBoundsException(frame);
    }
    long from = bits * frame;
    long first = from / 8;
    long end = Math.ceilDiv(from + bits, 8L);
    return new Frame(List.of(new Span(offset + first, end - first)), (int) (from % 8));
  }

  @Override
  public int size() {
    return count;
  }
}
