package org.heliograph.archive.render;

/** A finished picture; the bytes are handed on, not copied. */
public final class RenderedPicture {

  private final byte[] bytes;
  private final PictureFormat format;
  private final int width;
  private final int height;

  RenderedPicture(byte[] bytes, PictureFormat format, int width, int height) {
    this.bytes = bytes;
    this.format = format;
    this.width = width;
    this.height = height;
  }

  public byte[] bytes() {
    return bytes;
  }

  public PictureFormat format() {
    return format;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }
}
