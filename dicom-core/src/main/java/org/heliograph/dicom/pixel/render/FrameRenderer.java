package org.heliograph.dicom.pixel.render;

import java.awt.image.BufferedImage;
import java.util.List;
import org.heliograph.dicom.pixel.DamagedPixelDataException;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.PixelDataException;
import org.jspecify.annotations.Nullable;

/**
 * A decoded frame as an 8-bit picture: gray values through Modality, VOI and Presentation LUT
 * (PS3.4 N.2), palette and RGB as they are. Gray pictures have type {@code TYPE_BYTE_GRAY} with the
 * display values (P-Values) as samples, colour ones {@code TYPE_3BYTE_BGR}. No colour profile is
 * applied: colour is taken as sRGB, and who writes the picture may add the object's profile.
 */
public final class FrameRenderer {

  private FrameRenderer() {}

  /**
   * A pixel of the picture for each one of the frame.
   *
   * @param override a window to use instead of what the object proposes; no effect on colour
   */
  public static BufferedImage render(
      DecodedFrame frame, Presentation presentation, @Nullable Window override)
      throws PixelDataException {
    return fit(frame, presentation, override, null, Integer.MAX_VALUE, Integer.MAX_VALUE, 1);
  }

  /**
   * As {@link #renderToFit}, of a region.
   *
   * @param region instead of what the presentation shows; null for that
   */
  public static BufferedImage renderToFit(
      DecodedFrame frame,
      Presentation presentation,
      @Nullable Window override,
      @Nullable SourceRegion region,
      int maxWidth,
      int maxHeight)
      throws PixelDataException {
    return fit(
        frame, presentation, override, region, maxWidth, maxHeight, presentation.pixelAspect());
  }

  /**
   * The largest picture with square pixels that fits, never larger than the frame; areas are
   * averaged. Needs memory for this picture only.
   */
  public static BufferedImage renderToFit(
      DecodedFrame frame,
      Presentation presentation,
      @Nullable Window override,
      int maxWidth,
      int maxHeight)
      throws PixelDataException {
    return renderToFit(frame, presentation, override, null, maxWidth, maxHeight);
  }

  private static BufferedImage fit(
      DecodedFrame frame,
      Presentation presentation,
      @Nullable Window override,
      @Nullable SourceRegion region,
      int maxWidth,
      int maxHeight,
      double aspect)
      throws PixelDataException {
    DisplayedArea area =
        region == null
            ? presentation.area(frame.columns(), frame.rows())
            : region.area(frame.columns(), frame.rows());
    PictureRows rows = PictureRows.part(rows(frame, presentation, override), area);
    BufferedImage image =
        area.isSideways()
            ? Downscale.toFit(rows, maxHeight, maxWidth, aspect)
            : Downscale.toFit(rows, maxWidth, maxHeight, aspect);
    return area.turned(image);
  }

  private static PictureRows rows(
      DecodedFrame frame, Presentation presentation, @Nullable Window override)
      throws DamagedPixelDataException {
    FrameRows rows =
        switch (frame.description().photometricInterpretation()) {
          case MONOCHROME1, MONOCHROME2 ->
              presentation.supplemental() && frame.description().bytesPerSample() <= 2
                  ? supplemental(frame, presentation, override)
                  : new FrameRows.Gray(frame, GrayscaleTransform.of(frame, presentation, override));
          case PALETTE_COLOR -> palette(frame, presentation);
          default -> new FrameRows.Color(frame);
        };
    List<OverlayBitmap> overlays = presentation.overlays();
    return overlays.isEmpty() ? rows : rows.with(overlays);
  }

  private static FrameRows palette(DecodedFrame frame, Presentation presentation)
      throws DamagedPixelDataException {
    if (presentation.palette().isEmpty() || frame.description().bytesPerSample() > 2) {
      throw new DamagedPixelDataException("PALETTE COLOR image without a usable palette");
    }
    byte[][] tables = new byte[3][1 << (8 * frame.description().bytesPerSample())];
    map(tables, frame, presentation, Integer.MIN_VALUE);
    return new FrameRows.Mapped(frame, tables);
  }

  /** Gray up to the first value that the palette maps, its colours from there on. */
  private static FrameRows supplemental(
      DecodedFrame frame, Presentation presentation, @Nullable Window override) {
    byte[] gray = GrayscaleTransform.of(frame, presentation, override).table();
    byte[][] tables = {gray, gray.clone(), gray.clone()};
    map(tables, frame, presentation, presentation.palette().getFirst().firstMapped());
    return new FrameRows.Mapped(frame, tables);
  }

  private static void map(
      byte[][] tables, DecodedFrame frame, Presentation presentation, int firstValue) {
    List<Lut> palette = presentation.palette();
    // 8-bit colours in entries described as 16 bits are common; they are not scaled down again.
    boolean narrow = palette.stream().allMatch(l -> l.largest() < 256);
    for (int channel = 0; channel < 3; channel++) {
      Lut lut = palette.get(channel);
      int shift = narrow ? 0 : Math.max(0, lut.bits() - 8);
      for (int cell = 0; cell < tables[channel].length; cell++) {
        long value = frame.description().storedValue(cell);
        if (value >= firstValue) {
          tables[channel][cell] = (byte) (lut.apply((double) value) >> shift);
        }
      }
    }
  }
}
