package org.heliograph.archive.render;

import org.heliograph.dicom.pixel.render.Window;
import org.jspecify.annotations.Nullable;

/**
 * How a frame is to be shown.
 *
 * @param window replaces the object's own; no effect on colour images
 * @param maxWidth pixels of the viewport; the picture keeps its shape and is never enlarged
 */
public record RenderRequest(
    @Nullable Window window, int maxWidth, int maxHeight, PictureFormat format) {

  /** Rejects viewports without area. */
  public RenderRequest {
    if (maxWidth < 1 || maxHeight < 1) {
      throw new IllegalArgumentException("viewport of " + maxWidth + " by " + maxHeight);
    }
  }

  /** The whole frame as JPEG with the object's own window. */
  public static RenderRequest whole() {
    return new RenderRequest(null, 0xFFFF, 0xFFFF, PictureFormat.JPEG);
  }

  /** Pixel for pixel, so that positions in the picture are positions in the frame. */
  boolean isWhole() {
    return maxWidth == 0xFFFF && maxHeight == 0xFFFF;
  }

  static RenderRequest thumbnail(int maxSide) {
    return new RenderRequest(null, maxSide, maxSide, PictureFormat.JPEG);
  }
}
