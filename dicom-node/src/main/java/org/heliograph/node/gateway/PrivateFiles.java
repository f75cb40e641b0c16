package org.heliograph.node.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.heliograph.dicom.durable.DurableFiles;

/** Small files that only the gateway's own user can read, whole or not at all. */
final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes the folder, for our user alone where the system knows such a thing. */
  static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        DurableFiles.SYSTEM.createFolders(parent);
      }
      Files.createDirectory(folder, only("rwx------", folder));
      if (parent != null) {
        DurableFiles.SYSTEM.forceFolder(parent);
      }
    }
  }

  /** Replaces a file durably. */
  static void write(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no folder");
    }
    Path fresh = folder.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, only("rw-------", folder));
    try (var channel = DurableFiles.SYSTEM.open(fresh)) {
      DurableFiles.SYSTEM.write(channel, ByteBuffer.wrap(content));
      DurableFiles.SYSTEM.force(channel);
    }
    DurableFiles.SYSTEM.replace(fresh, file);
    DurableFiles.SYSTEM.forceFolder(folder);
  }

  private static FileAttribute<?>[] only(String permissions, Path place) {
    Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
    return place.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)}
        : new FileAttribute<?>[0];
  }
}
