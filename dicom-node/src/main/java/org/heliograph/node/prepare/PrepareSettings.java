package org.heliograph.node.prepare;

/**
 * What is done to images before they travel.
 *
 * @param recompress whether native images become JPEG-LS without loss where that is smaller
 * @param previewBytes of a preview, at most
 */
public record PrepareSettings(boolean recompress, int previewBytes) {
  /** 60 kB. */
  public static final int PREVIEW_BYTES = 60_000;

  /** Without loss, with previews of at most 60 kB. */
  public static PrepareSettings defaults() {
    return of(true, PREVIEW_BYTES);
  }

  public static PrepareSettings of(boolean recompress, int previewBytes) {
    return new PrepareSettings(recompress, previewBytes);
  }
}
