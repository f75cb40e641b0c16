package org.heliograph.node.link;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Declares a parcel: all images and documents that belong together and are equally urgent. The hub
 * opens the case when the previews are there, and a case is complete when every parcel of it is.
 *
 * @param closedAt by the gateway's clock, which may be wrong: only shown
 * @param parts in the order of sending; number 0 are the previews, if there are any
 */
public record Manifest(
    UUID parcel,
    Urgency urgency,
    Instant closedAt,
    List<ManifestStudy> studies,
    List<ManifestInstance> instances,
    List<ManifestDocument> documents,
    List<Part> parts) {
  public Manifest {
    studies = List.copyOf(studies);
    instances = List.copyOf(instances);
    documents = List.copyOf(documents);
    parts = List.copyOf(parts);
  }

  @Override
  public String toString() {
    return "Manifest[" + parcel + "]";
  }

  /**
   * One resumable upload.
   *
   * @param lengthBytes as it travels, after the content encoding
   * @param digest SHA-256 of these bytes, hexadecimal
   * @param contentEncoding {@code identity} or {@code gzip}
   */
  public record Part(
      int number, PartKind kind, String contentEncoding, long lengthBytes, String digest) {}

  /** What a part is. */
  public enum PartKind {
    /** multipart/related of image/jpeg; Content-ID is the SOP Instance UID or the document's id. */
    PREVIEWS,
    /** One Part 10 file. */
    INSTANCE,
    /** multipart/related of application/dicom, several Part 10 files. */
    BUNDLE,
    /** One photo or PDF as it was found. */
    DOCUMENT
  }
}
