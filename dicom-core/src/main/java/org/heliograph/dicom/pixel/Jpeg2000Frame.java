package org.heliograph.dicom.pixel;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/** JPEG 2000 Part 1 code streams (ISO/IEC 15444-1). */
final class Jpeg2000Frame {

  private static final J2KImageReaderSpi READER = new J2KImageReaderSpi();

  private Jpeg2000Frame() {}

  static DecodedFrame decode(byte[] frame, ImageDescription image, DecodeLimits limits)
      throws IOException {
    Jpeg2000Header header = Jpeg2000Header.of(frame);
    check(header, image);
    ImageReader reader = READER.createReaderInstance(null);
    Raster raster;
    try (FrameInput input =
        new FrameInput(frame, header.start(), frame.length - header.start(), limits.maxTime())) {
      reader.setInput(input, true, true);
      raster = reader.readRaster(0, reader.getDefaultReadParam());
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      // JJ2000 ends "its" thread with a ThreadDeath when a code stream is damaged.
      throw new DamagedPixelDataException("JPEG 2000 code stream is damaged", e);
    } finally {
      reader.dispose();
    }
    if (raster.getWidth() != image.columns()
        || raster.getHeight() != image.rows()
        || raster.getNumBands() != image.samplesPerPixel()) {
      throw new DamagedPixelDataException("JPEG 2000 decodes to another size than described");
    }
    byte[] cells = RasterCells.of(raster, image);
    if (image.samplesPerPixel() == 1) {
      return new DecodedFrame(image, cells);
    }
    boolean stillYbr =
        !header.multipleComponentTransform()
            && (image.photometricInterpretation() == PhotometricInterpretation.YBR_FULL
                || image.photometricInterpretation() == PhotometricInterpretation.YBR_FULL_422);
    PhotometricInterpretation stored =
        stillYbr ? PhotometricInterpretation.YBR_FULL : PhotometricInterpretation.RGB;
    return PixelColor.rgb(cells, image.with(stored, 0));
  }

  private static void check(Jpeg2000Header header, ImageDescription image)
      throws PixelDataException {
    if (header.highThroughput()) {
      throw new UnsupportedPixelDataException("High-Throughput JPEG 2000");
    }
    if (header.rows() != image.rows() || header.columns() != image.columns()) {
      throw new DamagedPixelDataException("JPEG 2000 and data set differ in Rows or Columns");
    }
    if (header.components() != image.samplesPerPixel()) {
      throw new DamagedPixelDataException("JPEG 2000 and data set differ in Samples per Pixel");
    }
    if (header.precision() > Math.min(image.bitsAllocated(), 16)) {
      throw new DamagedPixelDataException("JPEG 2000 of " + header.precision() + " bits");
    }
  }
}
