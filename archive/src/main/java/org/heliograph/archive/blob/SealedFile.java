package org.heliograph.archive.blob;

import java.nio.file.Path;

/**
 * A staging file whose content has been forced to the disk; only a {@link StagingFile} makes one.
 */
public final class SealedFile {
  private final Path path;
  private final long byteCount;

  SealedFile(Path path, long byteCount) {
    this.path = path;
    this.byteCount = byteCount;
  }

  public Path path() {
    return path;
  }

  public long byteCount() {
    return byteCount;
  }
}
