package org.heliograph.archive.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file operations that durability rests on, apart so that tests can fail or kill each one, or
 * lose what was not forced, as a power cut does.
 */
public interface DurableFiles {
  /** The operating system's. */
  DurableFiles SYSTEM = new DurableFiles() {};

  /** Opens a new empty file. */
  default FileChannel create(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Writes all of the buffer. */
  default void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Forces the file's content to the disk. After a failure the kernel may call the lost pages
   * clean, so that a second try would "succeed": callers discard the file instead.
   */
  default void force(FileChannel channel) throws IOException {
    channel.force(true);
  }

  /** Renames within one file system; the target must not exist yet. */
  default void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forces a folder's entries to the disk. */
  default void forceFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes a folder and those above it where they are missing; they are durable then. */
  default void createFolders(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(folder)) {
      createFolders(parent);
      Files.createDirectories(folder);
      forceFolder(parent);
    }
  }
}
