package org.heliograph.archive.blob;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.heliograph.dicom.durable.DurableFiles;

/** Where instances lie while they are being received. Nothing in it has been promised to anyone. */
public final class StagingFolder {
  private final Path folder;
  private final FileStore volume;
  private final DurableFiles files;

  private StagingFolder(Path folder, FileStore volume, DurableFiles files) {
    this.folder = folder;
    this.volume = volume;
    this.files = files;
  }

  /** Opens the folder and makes it where it is missing. */
  public static StagingFolder open(Path folder, DurableFiles files) throws IOException {
    Files.createDirectories(folder);
    return new StagingFolder(folder, Files.getFileStore(folder), files);
  }

  /** A new empty file. */
  public StagingFile create() throws IOException {
    Path path = folder.resolve(UUID.randomUUID() + ".part");
    return new StagingFile(path, files.create(path), files);
  }

  /** Removes files untouched since {@code before}, left behind by a process that died. */
  public int sweep(Instant before) throws IOException {
    int removed = 0;
    try (var entries = Files.newDirectoryStream(folder, "*.part")) {
      for (Path entry : entries) {
        if (isOlder(entry, before) && Files.deleteIfExists(entry)) {
          removed++;
        }
      }
    }
    return removed;
  }

  /** A file that was finished or swept since the folder was read is nobody's to remove. */
  private static boolean isOlder(Path entry, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(entry).toInstant().isBefore(before);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /** Free bytes of its volume. */
  public long usableBytes() throws IOException {
    return volume.getUsableSpace();
  }

  /** Size of its volume. */
  public long totalBytes() throws IOException {
    return volume.getTotalSpace();
  }
}
