package org.heliograph.dicom.pixel.jpeg2000;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.ImageReader;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.FrameInput;
import org.heliograph.dicom.pixel.codec.RasterCells;
import org.heliograph.dicom.pixel.codec.SampleLayout;

/** JPEG 2000 Part 1 code streams (ISO/IEC 15444-1). */
public final class Jpeg2000Decoder {

  private static final J2KImageReaderSpi READER = new J2KImageReaderSpi();

  private Jpeg2000Decoder() {}

  /**
   * Gives the cells of a frame; a multiple component transform of the stream is undone.
   *
   * @throws CodecException the frame is damaged, not of this layout, or uses what is not decoded
   */
  public static byte[] decode(
      byte[] frame, Jpeg2000Header header, SampleLayout image, Duration maxTime)
      throws IOException {
    check(header, image);
    ImageReader reader = READER.createReaderInstance(null);
    Raster raster;
    try (FrameInput input =
        new FrameInput(frame, header.start(), frame.length - header.start(), maxTime)) {
      reader.setInput(input, true, true);
      raster = reader.readRaster(0, reader.getDefaultReadParam());
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      // JJ2000 ends "its" thread with a ThreadDeath when a code stream is damaged.
      throw CodecException.damaged("JPEG 2000 code stream is damaged", e);
    } finally {
      reader.dispose();
    }
    if (raster.getWidth() != image.columns()
        || raster.getHeight() != image.rows()
        || raster.getNumBands() != image.samplesPerPixel()) {
      throw CodecException.damaged("JPEG 2000 decodes to another size than described");
    }
    return RasterCells.of(raster, image);
  }

  private static void check(Jpeg2000Header header, SampleLayout image) throws CodecException {
    if (header.highThroughput()) {
      throw CodecException.unsupported("High-Throughput JPEG 2000");
    }
    if (header.rows() != image.rows() || header.columns() != image.columns()) {
      throw CodecException.damaged("JPEG 2000 and data set differ in Rows or Columns");
    }
    if (header.components() != image.samplesPerPixel()) {
      throw CodecException.damaged("JPEG 2000 and data set differ in Samples per Pixel");
    }
    if (header.precision() > Math.min(image.bitsAllocated(), 16)) {
      throw CodecException.damaged("JPEG 2000 of " + header.precision() + " bits");
    }
  }
}
