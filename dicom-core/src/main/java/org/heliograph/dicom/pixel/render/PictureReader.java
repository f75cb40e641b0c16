package org.heliograph.dicom.pixel.render;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.heliograph.dicom.pixel.DamagedPixelDataException;
import org.heliograph.dicom.pixel.DecodeLimits;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.FrameDecoder;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.dicom.pixel.UnsupportedPixelDataException;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.FrameInput;
import org.heliograph.dicom.pixel.jpeg.JpegDecoder;
import org.heliograph.dicom.pixel.jpeg.JpegHeader;

/**
 * Reads ordinary pictures with the bounds of {@link DecodeLimits}. Gray and RGB numbers come as
 * they are stored, untouched by any colour profile; CMYK becomes RGB; transparency becomes white.
 * The result has type {@code TYPE_BYTE_GRAY} or {@code TYPE_3BYTE_BGR}.
 */
public final class PictureReader {

  private static final String PNG = "com.sun.imageio.plugins.png.PNGImageReaderSpi";
  private static final String JPEG = "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi";

  /** Larger progressive pictures would be whole in memory all the same. */
  private static final long MAX_PROGRESSIVE_PIXELS = 4_000_000;

  private PictureReader() {}

  /** Baseline and progressive JPEG of 8 bits with 1, 3 or 4 components. */
  public static BufferedImage jpeg(byte[] jpeg, DecodeLimits limits) throws PixelDataException {
    JpegHeader header = header(jpeg);
    int components = header.components();
    if (components == 4) {
      check(header.columns(), header.rows(), 4, limits);
      return guarded(() -> cmyk(jpeg, header, limits));
    }
    if (components != 1 && components != 3) {
      throw new UnsupportedPixelDataException("JPEG of " + components + " components");
    }
    check(header.columns(), header.rows(), components, limits);
    PhotometricInterpretation photometric =
        components == 1
            ? PhotometricInterpretation.MONOCHROME2
            : PhotometricInterpretation.YBR_FULL_422;
    ImageDescription description =
        new ImageDescription(
            header.rows(), header.columns(), components, 8, 8, 7, false, photometric, 0, 1);
    DecodedFrame frame =
        FrameDecoder.decode(jpeg, 0, "1.2.840.10008.1.2.4.50", description, limits);
    return FrameRenderer.render(frame, Presentation.identity(), null);
  }

  private static JpegHeader header(byte[] jpeg) throws PixelDataException {
    try {
      return JpegHeader.of(jpeg);
    } catch (CodecException e) {
      throw PixelDataException.of(e);
    }
  }

  public static BufferedImage png(byte[] png, DecodeLimits limits) throws PixelDataException {
    return guarded(() -> {
      ImageReader reader = reader(PNG);
      try (FrameInput input = new FrameInput(png, 0, png.length, limits.maxTime())) {
        reader.setInput(input, true, true);
        check(reader.getWidth(0), reader.getHeight(0), 8, limits);
        return plain(reader.read(0));
      } finally {
        reader.dispose();
      }
    });
  }

  /**
   * A JPEG of 1 or 3 components or a PNG made small while it is read: pixels are left out, so that
   * little of it is in memory. Upright, as the EXIF data of a JPEG says.
   *
   * @param side the longest side has at least so many pixels if the picture has them, and less than
   *     twice as many
   */
  public static BufferedImage small(byte[] picture, int side, DecodeLimits limits)
      throws PixelDataException {
    boolean png = picture.length > 1 && picture[1] == 'P';
    if (!png) {
      JpegHeader header = header(picture);
      boolean known = header.components() == 1 || header.components() == 3;
      boolean progressive = header.process() == 2;
      long pixels = (long) header.columns() * header.rows();
      if (!known || (progressive && pixels > MAX_PROGRESSIVE_PIXELS)) {
        throw new UnsupportedPixelDataException("JPEG of an unusual kind, to be made small");
      }
    }
    BufferedImage small = guarded(() -> subsampled(picture, png ? PNG : JPEG, side, limits));
    return png ? small : ExifOrientation.ofJpeg(picture).upright(small);
  }

  private static BufferedImage subsampled(
      byte[] picture, String provider, int side, DecodeLimits limits) throws IOException {
    ImageReader reader = reader(provider);
    try (FrameInput input = new FrameInput(picture, 0, picture.length, limits.maxTime())) {
      reader.setInput(input, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      check(width, height, 1, limits);
      int step = Math.max(1, Math.max(width, height) / side);
      ImageReadParam parameters = reader.getDefaultReadParam();
      parameters.setSourceSubsampling(step, step, 0, 0);
      return plain(reader.read(0, parameters));
    } finally {
      reader.dispose();
    }
  }

  private static BufferedImage cmyk(byte[] jpeg, JpegHeader header, DecodeLimits limits)
      throws IOException {
    if (header.process() > 2 || header.precision() != 8) {
      throw new UnsupportedPixelDataException("JPEG process SOF" + header.process());
    }
    if (!header.complete()) {
      throw new DamagedPixelDataException("JPEG ends before its end-of-image marker");
    }
    ImageReader reader = JpegDecoder.reader();
    try (FrameInput input = new FrameInput(jpeg, 0, header.imageBytes(), limits.maxTime())) {
      reader.setInput(input, true, true);
      return plain(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  /** Gray stays gray by copying samples: drawing it would apply the gray space's gamma. */
  private static BufferedImage plain(BufferedImage image) {
    boolean gray =
        image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && image.getType() != BufferedImage.TYPE_BYTE_INDEXED
            && image.getType() != BufferedImage.TYPE_BYTE_BINARY;
    if (gray) {
      return plainGray(image);
    }
    BufferedImage plain =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = plain.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, Color.WHITE, null);
    } finally {
      graphics.dispose();
    }
    return plain;
  }

  private static BufferedImage plainGray(BufferedImage image) {
    int width = image.getWidth();
    BufferedImage plain = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] out = ((DataBufferByte) plain.getRaster().getDataBuffer()).getData();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
    int[] row = new int[width * bands];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int gray = row[x * bands] >> shift;
        int alpha = bands > 1 ? row[x * bands + 1] >> shift : 255;
        out[y * width + x] = (byte) ((gray * alpha + 255 * (255 - alpha) + 127) / 255);
      }
    }
    return plain;
  }

  private static void check(int width, int height, int bytesPerPixel, DecodeLimits limits)
      throws DamagedPixelDataException {
    long pixels = (long) width * height;
    if (width < 1 || height < 1 || width > 0xFFFF || height > 0xFFFF) {
      throw new DamagedPixelDataException("picture of " + width + " by " + height + " pixels");
    }
    if (pixels > limits.maxPixels() || pixels * bytesPerPixel > Integer.MAX_VALUE - 16) {
      throw new DamagedPixelDataException(
          "picture of " + pixels + " pixels exceeds the limit of " + limits.maxPixels());
    }
  }

  private interface Decoding {
    BufferedImage run() throws IOException;
  }

  private static BufferedImage guarded(Decoding decoding) throws PixelDataException {
    try {
      return decoding.run();
    } catch (PixelDataException e) {
      throw e;
    } catch (CodecException e) {
      throw PixelDataException.of(e);
    } catch (RuntimeException | IOException e) {
      throw new DamagedPixelDataException("picture is damaged", e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw new DamagedPixelDataException("picture asks for too much memory", e);
    }
  }

  private static ImageReader reader(String provider) throws IOException {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (all.hasNext()) {
      ImageReaderSpi candidate = all.next();
      if (candidate.getClass().getName().equals(provider)) {
        return candidate.createReaderInstance();
      }
    }
    throw new IOException("no image reader " + provider);
  }
}
