package org.heliograph.reader.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.heliograph.dicom.durable.DurableFiles;

/** The one folder below which the hub keeps everything. */
public record DataFolder(Path root) {
  public DataFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** The embedded PostgreSQL's cluster and log. */
  public Path postgres() {
    return root.resolve("postgres");
  }

  /** Stored instances. */
  public Path blobs() {
    return root.resolve("blobs");
  }

  /** Instances on their way in; nothing here has been acknowledged. */
  public Path staging() {
    return root.resolve("staging");
  }

  /** Resumable uploads on their way in. */
  public Path uploads() {
    return root.resolve("uploads");
  }

  /** Passwords of the hub's own parts; readable by its own user only. */
  public Path secrets() {
    return root.resolve("secrets");
  }

  /** There while a restore into this folder has not ended; a hub does not start then. */
  public Path unfinishedRestore() {
    return root.resolve("restore-unfinished");
  }

  /** Makes the folders that are not there yet; they survive a power cut when this returns. */
  public DataFolder create() {
    try {
      for (Path folder : new Path[] {blobs(), staging(), uploads()}) {
        DurableFiles.SYSTEM.createFolders(folder);
      }
      if (!Files.isDirectory(secrets())) {
        Files.createDirectory(
            secrets(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
