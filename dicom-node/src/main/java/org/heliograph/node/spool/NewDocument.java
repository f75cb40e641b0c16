package org.heliograph.node.spool;

import java.nio.file.Path;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * A photo or a PDF that a person put into the watch folder.
 *
 * @param study whose patient it shows, and the UID of the study that it shall become part of
 * @param mediaType {@code image/jpeg}, {@code image/png} or {@code application/pdf}
 * @param view what a photo shows, one of the hub's words, or empty
 * @param preview a JPEG that the spool takes over; null if there is none
 */
public record NewDocument(
    ManifestStudy study,
    String mediaType,
    String view,
    String title,
    Urgency urgency,
    @Nullable Path preview) {
  @Override
  public String toString() {
    return "NewDocument[" + mediaType + "]";
  }
}
