package org.heliograph.dicom.pixel.jpeg;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.FrameInput;
import org.heliograph.dicom.pixel.codec.RasterCells;
import org.heliograph.dicom.pixel.codec.SampleLayout;

/** JPEG baseline, 8-bit sequential and progressive, and lossless (ITU-T T.81). */
public final class JpegDecoder {

  private JpegDecoder() {}

  /**
   * Gives the cells of a frame as the stream stores them, without any conversion of colour.
   *
   * @throws CodecException the frame is damaged, not of this layout, or uses what is not decoded
   */
  public static byte[] decode(byte[] frame, JpegHeader header, SampleLayout image, Duration maxTime)
      throws IOException {
    check(header, image);
    if (header.process() == 3) {
      return JpegLosslessDecoder.decode(frame, header, image);
    }
    if (header.precision() == 12) {
      return JpegSequentialDecoder.decode(frame, header, image);
    }
    Raster raster = raster(frame, header.imageBytes(), maxTime);
    if (raster.getWidth() != image.columns()
        || raster.getHeight() != image.rows()
        || raster.getNumBands() != image.samplesPerPixel()) {
      throw CodecException.damaged("JPEG decodes to another size than described");
    }
    return RasterCells.of(raster, image);
  }

  private static void check(JpegHeader header, SampleLayout image) throws CodecException {
    int process = header.process();
    boolean lossless = process == 3;
    if (process > 3) {
      throw CodecException.unsupported("JPEG process SOF" + process);
    }
    boolean extended = process == 1 && header.precision() == 12;
    if (!lossless && !extended && header.precision() != 8) {
      throw CodecException.unsupported("JPEG of " + header.precision() + " bits");
    }
    if (header.rows() != image.rows() || header.columns() != image.columns()) {
      throw CodecException.damaged("JPEG and data set differ in Rows or Columns");
    }
    if (header.components() != image.samplesPerPixel()) {
      throw CodecException.damaged("JPEG and data set differ in Samples per Pixel");
    }
    if (header.precision() > image.bitsAllocated()) {
      throw CodecException.damaged("JPEG has more bits than Bits Allocated");
    }
    if (!header.complete()) {
      throw CodecException.damaged("JPEG ends before its end-of-image marker");
    }
  }

  private static Raster raster(byte[] frame, int length, Duration maxTime) throws IOException {
    ImageReader reader = reader();
    try (FrameInput input = new FrameInput(frame, 0, length, maxTime)) {
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
