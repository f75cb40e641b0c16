package org.heliograph.archive.ingest.photo;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An upright baseline JPEG without metadata, and what a DICOM header must say about it. */
final class PreparedPhoto {

  private final byte[] jpeg;
  private final int width;
  private final int height;
  private final boolean gray;
  private final byte @Nullable [] iccProfile;
  private final List<Double> compressionRatios;
  private final boolean derived;
  private final Set<PhotoWarning> warnings;

  /**
   * @param compressionRatios one for each lossy compression that the picture went through
   * @param derived pixels were computed from those of the camera's file
   */
  PreparedPhoto(
      byte[] jpeg,
      int width,
      int height,
      boolean gray,
      byte @Nullable [] iccProfile,
      List<Double> compressionRatios,
      boolean derived,
      Set<PhotoWarning> warnings) {
    this.jpeg = jpeg;
    this.width = width;
    this.height = height;
    this.gray = gray;
    this.iccProfile = iccProfile;
    this.compressionRatios = List.copyOf(compressionRatios);
    this.derived = derived;
    this.warnings = Set.copyOf(warnings);
  }

  byte[] jpeg() {
    return jpeg;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  boolean gray() {
    return gray;
  }

  byte @Nullable [] iccProfile() {
    return iccProfile;
  }

  List<Double> compressionRatios() {
    return compressionRatios;
  }

  boolean derived() {
    return derived;
  }

  Set<PhotoWarning> warnings() {
    return warnings;
  }
}
