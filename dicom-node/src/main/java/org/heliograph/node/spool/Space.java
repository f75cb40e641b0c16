package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.heliograph.dicom.durable.DurableFiles;
import org.jspecify.annotations.Nullable;

/** Keeps some space free, so that the journal is never the first to run out of it. */
final class Space {
  private static final long MOST_BY_DEFAULT = 1L << 30;
  private static final int SHARE_BY_DEFAULT = 50;

  private final Path folder;
  private final DurableFiles files;
  private final long reserveBytes;

  Space(Path folder, DurableFiles files, @Nullable Long reserveBytes) throws IOException {
    this.folder = folder;
    this.files = files;
    this.reserveBytes =
        reserveBytes != null
            ? reserveBytes
            : Math.min(
                MOST_BY_DEFAULT, Files.getFileStore(folder).getTotalSpace() / SHARE_BY_DEFAULT);
  }

  boolean isReserveFree() throws IOException {
    return freeBytes() >= reserveBytes;
  }

  long freeBytes() throws IOException {
    return files.usableBytes(folder);
  }

  long reserveBytes() {
    return reserveBytes;
  }
}
