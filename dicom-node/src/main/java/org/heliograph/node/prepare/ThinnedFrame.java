package org.heliograph.node.prepare;

import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.dicom.pixel.UnsupportedPixelDataException;
import org.heliograph.dicom.pixel.codec.RowSink;

/** Keeps every so many rows and columns of a frame that passes. */
final class ThinnedFrame implements RowSink {
  private final ImageDescription image;
  private final int step;
  private final int pixelBytes;
  private final byte[] cells;
  private int row;
  private int kept;

  ThinnedFrame(ImageDescription whole, int step) throws PixelDataException {
    if (whole.photometricInterpretation() == PhotometricInterpretation.YBR_FULL) {
      throw new UnsupportedPixelDataException("a large frame of YBR_FULL");
    }
    this.step = step;
    this.pixelBytes = whole.samplesPerPixel() * whole.bytesPerSample();
    this.image =
        new ImageDescription(
            Math.ceilDiv(whole.rows(), step),
            Math.ceilDiv(whole.columns(), step),
            whole.samplesPerPixel(),
            whole.bitsAllocated(),
            whole.bitsStored(),
            whole.highBit(),
            whole.signed(),
            whole.photometricInterpretation(),
            0,
            whole.numberOfFrames());
    this.cells = new byte[(int) image.pixels() * pixelBytes];
  }

  @Override
  public void row(byte[] whole) {
    if (row++ % step != 0) {
      return;
    }
    for (int from = 0; from < whole.length; from += step * pixelBytes) {
      System.arraycopy(whole, from, cells, kept, pixelBytes);
      kept += pixelBytes;
    }
  }

  DecodedFrame frame() {
    return new DecodedFrame(image, cells);
  }
}
