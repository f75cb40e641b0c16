package org.heliograph.reader.intake;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Photos made by code. */
public final class TestPhotos {
  private TestPhotos() {}

  /** A JPEG of skin-coloured noise; another seed is another photo. */
  public static byte[] jpeg(int width, int height, long seed) throws IOException {
    var random = new Random(seed);
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int noise = random.nextInt(24);
        image.setRGB(x, y, new Color(190 + noise, 140 + noise, 110 + noise).getRGB());
      }
    }
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }
}
