package org.heliograph.node.prepare;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One object that a parcel carries.
 *
 * @param contentId the SOP Instance UID, or the id of a document
 * @param file its bytes as they are sent; they must not change until the parcel is over
 * @param preview a JPEG, or null if it has none
 */
public record PartSource(Kind kind, String contentId, Path file, @Nullable Path preview) {
  /** What the file is. */
  public enum Kind {
    /** A Part 10 file. */
    INSTANCE,
    /** A photo or a PDF as it was found. */
    DOCUMENT
  }

  /** UIDs identify a patient's study, so they are not shown. */
  @Override
  public String toString() {
    return "PartSource[" + kind + "]";
  }
}
