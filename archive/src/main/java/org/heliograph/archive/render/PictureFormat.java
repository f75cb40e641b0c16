package org.heliograph.archive.render;

/** Media types that frames are rendered to. */
public enum PictureFormat {
  JPEG("image/jpeg"),
  PNG("image/png");

  private final String mediaType;

  PictureFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }
}
