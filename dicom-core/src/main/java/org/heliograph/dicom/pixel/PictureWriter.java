package org.heliograph.dicom.pixel;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Rendered pictures as JPEG and PNG bytes, by the JDK's own writers and no other plug-in. */
public final class PictureWriter {

  private static final String JPEG = "com.sun.imageio.plugins.jpeg.JPEGImageWriterSpi";
  private static final String PNG = "com.sun.imageio.plugins.png.PNGImageWriterSpi";

  private PictureWriter() {}

  /**
   * Baseline JPEG.
   *
   * @param quality 0 to 1; 0.85 is good for screens
   */
  public static byte[] toJpeg(BufferedImage image, float quality) throws IOException {
    return write(image, JPEG, quality);
  }

  public static byte[] toPng(BufferedImage image) throws IOException {
    return write(image, PNG, -1);
  }

  private static byte[] write(BufferedImage image, String provider, float quality)
      throws IOException {
    ImageWriter writer = writer(provider);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (quality >= 0) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static ImageWriter writer(String provider) throws IOException {
    Iterator<ImageWriterSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, true);
    while (all.hasNext()) {
      ImageWriterSpi candidate = all.next();
      if (candidate.getClass().getName().equals(provider)) {
        return candidate.createWriterInstance();
      }
    }
    throw new IOException("no image writer " + provider);
  }
}
