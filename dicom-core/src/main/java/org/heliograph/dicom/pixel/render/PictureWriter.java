package org.heliograph.dicom.pixel.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MAX_ICC_PAYLOAD = 0xFFFF - 2 - ICC.length - 2;
  private static final int MAX_ICC_PARTS = 255;

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

  /**
   * A JPEG that this class wrote, with a colour profile in APP2 segments behind the JFIF segment
   * (ICC.1 Annex B.4). Without the profile wide-gamut photos look pale.
   */
  public static byte[] withIccProfile(byte[] jpeg, byte[] profile) {
    int parts = Math.ceilDiv(profile.length, MAX_ICC_PAYLOAD);
    if (parts > MAX_ICC_PARTS) {
      return jpeg;
    }
    int at = 2;
    if (jpeg[3] == (byte) 0xE0) {
      at += 2 + ((jpeg[4] & 0xFF) << 8 | (jpeg[5] & 0xFF));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length + profile.length + 256);
    out.write(jpeg, 0, at);
    for (int part = 0; part < parts; part++) {
      int from = part * MAX_ICC_PAYLOAD;
      int payload = Math.min(MAX_ICC_PAYLOAD, profile.length - from);
      int length = 2 + ICC.length + 2 + payload;
      out.write(0xFF);
      out.write(0xE2);
      out.write(length >> 8);
      out.write(length);
      out.writeBytes(ICC);
      out.write(part + 1);
      out.write(parts);
      out.write(profile, from, payload);
    }
    out.write(jpeg, at, jpeg.length - at);
    return out.toByteArray();
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
