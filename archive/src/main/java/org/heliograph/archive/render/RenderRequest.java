package org.heliograph.archive.render;

import org.heliograph.dicom.pixel.render.SourceRegion;
import org.heliograph.dicom.pixel.render.Window;
import org.jspecify.annotations.Nullable;

/**
 * How a frame is to be shown.
 *
 * @param window replaces the object's own; no effect on colour images
 * @param quality of a JPEG, 1 to 100; {@link #USUAL_QUALITY} lets a camera's own JPEG through
 * @param maxWidth pixels of the viewport; the picture keeps its shape and is never enlarged
 * @param region of the frame that is shown alone; null for all of it
 */
public record RenderRequest(
    @Nullable Window window,
    int maxWidth,
    int maxHeight,
    PictureFormat format,
    int quality,
    @Nullable SourceRegion region) {
  /** Where nothing else is asked for. */
  public static final int USUAL_QUALITY = 88;

  /** With the usual quality. */
  public RenderRequest(@Nullable Window window, int maxWidth, int maxHeight, PictureFormat format) {
    this(window, maxWidth, maxHeight, format, USUAL_QUALITY, null);
  }

  /** Rejects viewports without area and qualities that are none. */
  public RenderRequest {
    if (maxWidth < 1 || maxHeight < 1) {
      throw new IllegalArgumentException("viewport of " + maxWidth + " by " + maxHeight);
    }
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality " + quality);
    }
  }

  /** The whole frame as JPEG with the object's own window. */
  public static RenderRequest whole() {
    return new RenderRequest(null, 0xFFFF, 0xFFFF, PictureFormat.JPEG);
  }

  /** Pixel for pixel, so that positions in the picture are positions in the frame. */
  boolean isWhole() {
    return maxWidth == 0xFFFF && maxHeight == 0xFFFF && region == null;
  }

  static RenderRequest thumbnail(int maxSide) {
    return new RenderRequest(null, maxSide, maxSide, PictureFormat.JPEG);
  }
}
