package org.heliograph.archive.ingest.photo;

/** What is worth telling about a photo that was taken all the same. */
public enum PhotoWarning {
  LOW_RESOLUTION("The photo is smaller than 1024 by 768 pixels; details may be lost.");

  private final String text;

  PhotoWarning(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
