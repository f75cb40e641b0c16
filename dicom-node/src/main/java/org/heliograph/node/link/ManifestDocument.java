package org.heliograph.node.link;

import java.util.UUID;

/**
 * A photo or a PDF from the watch folder. The hub makes a DICOM object of it, in the study that the
 * gateway made a UID for.
 *
 * @param studyInstanceUid one of the manifest's studies
 * @param mediaType {@code image/jpeg}, {@code image/png} or {@code application/pdf}
 * @param view what a photo shows, one of the hub's words, or empty
 * @param digest SHA-256 of the file, hexadecimal
 */
public record ManifestDocument(
    int part,
    UUID id,
    String studyInstanceUid,
    String mediaType,
    String view,
    String title,
    long sizeBytes,
    String digest,
    boolean hasPreview) {
  @Override
  public String toString() {
    return "ManifestDocument[" + id + "]";
  }
}
