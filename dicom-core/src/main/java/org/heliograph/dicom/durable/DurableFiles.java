package org.heliograph.dicom.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file operations that durability rests on, apart so that tests can fail or kill each one, or
 * lose what was not forced, as a power cut does. Reading needs none of them.
 */
public interface DurableFiles {
  /** The operating system's. */
  DurableFiles SYSTEM = new DurableFiles() {};

  /** Opens a new empty file. */
  default FileChannel create(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Opens a file that is there, to go on writing at its end or to force what another wrote. */
  default FileChannel open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
    try {
      return channel.position(channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Writes all of the buffer. */
  default void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Cuts the file off after so many bytes; the next write goes there. */
  default void truncate(FileChannel channel, long byteCount) throws IOException {
    channel.truncate(byteCount).position(byteCount);
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

  /** Renames within one file system, over the file that has the target's name. */
  default void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes a file or an empty folder if it is there; for good once its folder is forced. */
  default void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
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

  /** Free bytes of the volume that a folder is on. */
  default long usableBytes(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }
}
