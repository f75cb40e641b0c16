package org.heliograph.node.prepare;

import java.nio.file.Path;

/**
 * Where preparing may write. What it wrote and does not name in its answer is removed again.
 *
 * @param newFile for the Part 10 file that takes the original's place; transient files lie in its
 *     folder too
 * @param newPreview for the preview
 * @param previewBytes of this preview, at most: less where a series has many images
 */
public record Targets(Path newFile, Path newPreview, int previewBytes) {
  /** The folder of a file. */
  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("a file without a folder");
    }
    return folder;
  }
}
