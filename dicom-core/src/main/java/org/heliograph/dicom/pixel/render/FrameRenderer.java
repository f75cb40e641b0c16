package org.heliograph.dicom.pixel.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import org.heliograph.dicom.pixel.DamagedPixelDataException;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PixelDataException;
import org.jspecify.annotations.Nullable;

/**
 * A decoded frame as an 8-bit picture: gray values through Modality and VOI LUT, palette and RGB as
 * they are. Gray pictures have type {@code TYPE_BYTE_GRAY} with the display values as samples,
 * colour ones {@code TYPE_3BYTE_BGR}.
 */
public final class FrameRenderer {

  private FrameRenderer() {}

  /**
   * @param override a window to use instead of what the object proposes; no effect on colour
   */
  public static BufferedImage render(
      DecodedFrame frame, Presentation presentation, @Nullable Window override)
      throws PixelDataException {
    return switch (frame.description().photometricInterpretation()) {
      case MONOCHROME1, MONOCHROME2 -> gray(frame, presentation, override);
      case PALETTE_COLOR -> palette(frame, presentation);
      default -> color(frame);
    };
  }

  private static BufferedImage gray(
      DecodedFrame frame, Presentation presentation, @Nullable Window override) {
    GrayscaleTransform transform = GrayscaleTransform.of(frame, presentation, override);
    BufferedImage image =
        new BufferedImage(frame.columns(), frame.rows(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] out = samplesOf(image);
    if (frame.description().bytesPerSample() <= 2) {
      byte[] table = transform.table();
      for (int i = 0; i < out.length; i++) {
        out[i] = table[(int) frame.cell(i)];
      }
    } else {
      for (int i = 0; i < out.length; i++) {
        out[i] = transform.display(frame.number(i));
      }
    }
    return image;
  }

  private static BufferedImage palette(DecodedFrame frame, Presentation presentation)
      throws DamagedPixelDataException {
    List<Lut> palette = presentation.palette();
    if (palette.isEmpty() || frame.description().bytesPerSample() > 2) {
      throw new DamagedPixelDataException("PALETTE COLOR image without a usable palette");
    }
    int cells = 1 << (8 * frame.description().bytesPerSample());
    byte[][] tables = new byte[3][cells];
    for (int channel = 0; channel < 3; channel++) {
      Lut lut = palette.get(channel);
      // 8-bit colours in entries described as 16 bits are common; they are not scaled down again.
      int shift =
          lut.bits() <= 8 || palette.stream().allMatch(l -> l.largest() < 256) ? 0 : lut.bits() - 8;
      for (int cell = 0; cell < cells; cell++) {
        tables[channel][cell] =
            (byte) (lut.apply((double) frame.description().storedValue(cell)) >> shift);
      }
    }
    BufferedImage image =
        new BufferedImage(frame.columns(), frame.rows(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] out = samplesOf(image);
    for (int i = 0; i < out.length / 3; i++) {
      int cell = (int) frame.cell(i);
      out[3 * i] = tables[2][cell];
      out[3 * i + 1] = tables[1][cell];
      out[3 * i + 2] = tables[0][cell];
    }
    return image;
  }

  private static BufferedImage color(DecodedFrame frame) {
    ImageDescription description = frame.description();
    BufferedImage image =
        new BufferedImage(frame.columns(), frame.rows(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] out = samplesOf(image);
    int shift = description.bitsStored() - 8;
    for (int i = 0; i < out.length; i += 3) {
      for (int channel = 0; channel < 3; channel++) {
        long value = frame.value(i + channel);
        out[i + 2 - channel] = (byte) (shift >= 0 ? value >> shift : value << -shift);
      }
    }
    return image;
  }

  private static byte[] samplesOf(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }
}
