package org.heliograph.reader.sites;

/** A site's logo for reports: a small PNG or JPEG. */
public final class Logo {
  private final String mediaType;
  private final byte[] bytes;

  Logo(String mediaType, byte[] bytes) {
    this.mediaType = mediaType;
    this.bytes = bytes.clone();
  }

  public String mediaType() {
    return mediaType;
  }

  public byte[] bytes() {
    return bytes.clone();
  }
}
