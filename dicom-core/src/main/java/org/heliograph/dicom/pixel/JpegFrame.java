package org.heliograph.dicom.pixel;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;

/** JPEG baseline, 8-bit sequential and progressive, and lossless (ITU-T T.81). */
public final class JpegFrame {

  private JpegFrame() {}

  static DecodedFrame decode(byte[] frame, ImageDescription image, DecodeLimits limits)
      throws IOException {
    JpegHeader header = JpegHeader.of(frame);
    check(header, image);
    Raster raster = raster(frame, header.imageBytes(), limits);
    if (raster.getWidth() != image.columns()
        || raster.getHeight() != image.rows()
        || raster.getNumBands() != image.samplesPerPixel()) {
      throw new DamagedPixelDataException("JPEG decodes to another size than described");
    }
    byte[] cells = RasterCells.of(raster, image);
    if (image.samplesPerPixel() == 1) {
      return new DecodedFrame(image, cells);
    }
    boolean rgb =
        header.storesRgb(image.photometricInterpretation() == PhotometricInterpretation.RGB);
    PhotometricInterpretation stored =
        rgb ? PhotometricInterpretation.RGB : PhotometricInterpretation.YBR_FULL;
    return PixelColor.rgb(cells, image.with(stored, 0));
  }

  private static void check(JpegHeader header, ImageDescription image) throws PixelDataException {
    int process = header.process();
    boolean lossless = process == 3;
    if (process > 3) {
      throw new UnsupportedPixelDataException("JPEG process SOF" + process);
    }
    if (!lossless && header.precision() != 8) {
      throw new UnsupportedPixelDataException("JPEG of " + header.precision() + " bits");
    }
    if (header.rows() != image.rows() || header.columns() != image.columns()) {
      throw new DamagedPixelDataException("JPEG and data set differ in Rows or Columns");
    }
    if (header.components() != image.samplesPerPixel()) {
      throw new DamagedPixelDataException("JPEG and data set differ in Samples per Pixel");
    }
    if (header.precision() > image.bitsAllocated()) {
      throw new DamagedPixelDataException("JPEG has more bits than Bits Allocated");
    }
    if (!header.complete()) {
      throw new DamagedPixelDataException("JPEG ends before its end-of-image marker");
    }
  }

  private static Raster raster(byte[] frame, int length, DecodeLimits limits) throws IOException {
    ImageReader reader = reader();
    try (FrameInput input = new FrameInput(frame, 0, length, limits.maxTime())) {
      reader.setInput(input, true, true);
      return reader.readRaster(0, reader.getDefaultReadParam());
    } finally {
      reader.dispose();
    }
  }

  /**
   * This one reader by class: which reader wins in the registry depends on the class path. A thread
   * with another context class loader may have filled the registry without it.
   */
  public static synchronized ImageReader reader() throws IOException {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    if (registry.getServiceProviderByClass(JPEGImageReaderSpi.class) == null) {
      registry.registerServiceProvider(new JPEGImageReaderSpi());
    }
    return registry.getServiceProviderByClass(JPEGImageReaderSpi.class).createReaderInstance(null);
  }
}
