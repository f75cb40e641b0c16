package org.heliograph.dicom.pixel.render;

/**
 * A rectangle of a frame that is to be shown alone, mirrored where that is wanted (PS3.18
 * 8.3.5.1.3). What reaches beyond the frame is cut off.
 *
 * @param left column of its first pixel, counted from 0
 * @param top row of its first pixel, counted from 0
 * @param columns its width in pixels of the frame; more than there are means to the right edge
 * @param rows its height, likewise
 * @param mirroredAcross left and right change places
 * @param mirroredDown top and bottom change places
 */
public record SourceRegion(
    int left, int top, int columns, int rows, boolean mirroredAcross, boolean mirroredDown) {
  /** Refuses regions without area. */
  public SourceRegion {
    if (left < 0 || top < 0 || columns < 1 || rows < 1) {
      throw new IllegalArgumentException("a region without area");
    }
  }

  /** Whether a frame of this size has any of it. */
  public boolean isWithin(int frameColumns, int frameRows) {
    return left < frameColumns && top < frameRows;
  }

  /** Down is turned by half and mirrored across. */
  DisplayedArea area(int frameColumns, int frameRows) {
    return new DisplayedArea(
            left, top, columns, rows, mirroredDown ? 2 : 0, mirroredAcross != mirroredDown)
        .within(frameColumns, frameRows);
  }
}
