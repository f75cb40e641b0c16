package org.heliograph.node.prepare;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.NativeRows;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.heliograph.dicom.pixel.jpeg.JpegEncoder;
import org.heliograph.dicom.pixel.render.Downscale;
import org.heliograph.dicom.pixel.render.FrameRenderer;
import org.heliograph.dicom.pixel.render.Presentation;

/**
 * A small JPEG of an image as its header wants it shown: Modality and VOI LUT, or a window from its
 * pixels where the header proposes none; the middle frame of several; nothing painted into it. The
 * size gives way before the quality does.
 */
public final class Preview {
  /** The longest side of a preview. */
  public static final int MAX_SIDE = 1024;

  private static final int MIN_SIDE = 64;
  private static final int BEST = 85;
  private static final int GOOD = 60;
  private static final int LEAST = 20;
  private static final int ATTEMPTS = 12;

  private Preview() {}

  /**
   * Renders.
   *
   * @param maxBytes of the JPEG
   * @return nothing if even the smallest picture has more bytes
   * @throws PixelDataException the image cannot be decoded
   */
  static Optional<byte[]> of(FrameReader frames, int maxBytes) throws IOException {
    int middle = frames.frameCount() / 2;
    DecodedFrame frame = frame(frames, middle);
    Dataset dataset = frames.object().dataset();
    Presentation presentation = Presentation.of(dataset, middle, frames.source());
    return fitting(
        side -> FrameRenderer.renderToFit(frame, presentation, null, side, side), maxBytes);
  }

  /** Of frames that are too large for the memory every second, third… row and column. */
  private static DecodedFrame frame(FrameReader frames, int number) throws IOException {
    ImageDescription image = frames.description();
    boolean fits =
        image.samples() * image.bytesPerSample() <= StoredObject.limits().maxFrameBytes();
    if (fits || !frames.hasNativeRows()) {
      return frames.frame(number);
    }
    int step = Math.max(2, Math.max(image.rows(), image.columns()) / (2 * MAX_SIDE));
    var thinned = new ThinnedFrame(frames.nativeRowsDescription(), step);
    try (NativeRows rows = frames.nativeRows(number)) {
      rows.to(thinned);
    }
    return thinned.frame();
  }

  /** Of a picture of type {@code TYPE_BYTE_GRAY} or {@code TYPE_3BYTE_BGR}, such as a photo. */
  public static Optional<byte[]> of(BufferedImage picture, int maxBytes) throws IOException {
    return fitting(side -> Downscale.toFit(picture, side, side), maxBytes);
  }

  private interface Rendering {
    BufferedImage toFit(int side) throws IOException;
  }

  /** Each attempt is smaller than the one before, so this ends. */
  private static Optional<byte[]> fitting(Rendering rendering, int maxBytes) throws IOException {
    int side = MAX_SIDE;
    for (int i = 0; i < ATTEMPTS; i++) {
      BufferedImage picture = rendering.toFit(side);
      boolean last = side <= MIN_SIDE || i == ATTEMPTS - 1;
      int floor = last ? LEAST : GOOD;
      byte[] least = jpeg(picture, floor);
      if (least.length <= maxBytes) {
        return Optional.of(better(picture, least, floor, maxBytes));
      }
      if (last) {
        return Optional.empty();
      }
      int longest = Math.max(picture.getWidth(), picture.getHeight());
      double scale = Math.clamp(Math.sqrt((double) maxBytes / least.length) * 0.97, 0.2, 0.9);
      side = Math.max(MIN_SIDE, (int) (Math.min(side, longest) * scale));
    }
    return Optional.empty();
  }

  /** The best quality that has room: found by halves. */
  private static byte[] better(BufferedImage picture, byte[] least, int floor, int maxBytes)
      throws IOException {
    byte[] best = least;
    int low = floor;
    int high = BEST + 1;
    while (high - low > 3) {
      int quality = (low + high) / 2;
      byte[] jpeg = jpeg(picture, quality);
      if (jpeg.length <= maxBytes) {
        best = jpeg;
        low = quality;
      } else {
        high = quality;
      }
    }
    return best;
  }

  private static byte[] jpeg(BufferedImage picture, int quality) throws IOException {
    byte[] samples = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    int bands = picture.getRaster().getNumBands();
    SampleLayout layout = new SampleLayout(picture.getHeight(), picture.getWidth(), bands, 8);
    return JpegEncoder.encode(
        bands == 1 ? samples : rgb(samples), layout, quality, JpegEncoder.Chrominance.HALF);
  }

  private static byte[] rgb(byte[] bgr) {
    byte[] rgb = new byte[bgr.length];
    for (int i = 0; i + 2 < bgr.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
    return rgb;
  }
}
