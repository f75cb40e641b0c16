package org.heliograph.reader.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.dicom.durable.DurableFiles;
import org.springframework.util.FileSystemUtils;

/**
 * A folder of backups: blobs, which all generations share, and the generations, each with the
 * database and the list of the blobs that it names. One process writes to it at a time.
 */
public final class BackupFolder implements Closeable {
  private static final String INCOMPLETE = "incomplete-";
  private static final String MARK = "heliograph-backup";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  private final Path root;
  private final FileChannel lock;

  private BackupFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Opens it for a new backup; a folder of something else is refused. */
  public static BackupFolder open(Path root) throws IOException {
    Files.createDirectories(root);
    if (!Files.exists(root.resolve(MARK))) {
      try (var entries = Files.list(root)) {
        if (entries.findAny().isPresent()) {
          throw new BackupException("The folder " + root + " is neither empty nor a backup.");
        }
      }
      Durable.write(root.resolve(MARK), "1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    FileChannel lock =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() != null) {
        BackupFolder folder = new BackupFolder(root, lock);
        Files.createDirectories(folder.generationsFolder());
        folder.clear();
        return folder;
      }
    } catch (OverlappingFileLockException _) {
      // Said below.
    }
    lock.close();
    throw new BackupException("Another backup to " + root + " is running.");
  }

  /** Generations that were not completed are of no use: a new one goes on with the blobs. */
  private void clear() throws IOException {
    try (var entries = Files.newDirectoryStream(generationsFolder(), INCOMPLETE + "*")) {
      for (Path each : entries) {
        FileSystemUtils.deleteRecursively(each);
      }
    }
  }

  /** The names of complete generations, oldest first. */
  public static List<String> generations(Path root) throws IOException {
    if (!Files.exists(root.resolve(MARK)) || !Files.isDirectory(root.resolve("generations"))) {
      throw new BackupException("There is no backup in " + root + ".");
    }
    try (var entries = Files.list(root.resolve("generations"))) {
      return entries
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> !name.startsWith(INCOMPLETE))
          .sorted()
          .toList();
    }
  }

  /** The folder of a generation, or of the newest. */
  public static Path generation(Path root, @org.jspecify.annotations.Nullable String wanted)
      throws IOException {
    List<String> all = generations(root);
    if (all.isEmpty()) {
      throw new BackupException("There is no complete generation in " + root + ".");
    }
    String name = wanted == null ? all.getLast() : wanted;
    if (!all.contains(name)) {
      throw new BackupException("There is no generation " + name + ". There are: " + all);
    }
    return root.resolve("generations").resolve(name);
  }

  static FileSystemBlobStore blobs(Path root) throws IOException {
    return FileSystemBlobStore.open(root.resolve("blobs"));
  }

  FileSystemBlobStore blobs() throws IOException {
    return blobs(root);
  }

  StagingFolder staging() throws IOException {
    return StagingFolder.open(root.resolve("staging"), DurableFiles.SYSTEM);
  }

  /**
   * A folder for a new generation; its name sorts after the older ones, also of the same moment or
   * by a clock that went back.
   */
  Path begin(Instant now) throws IOException {
    List<String> older = generations(root);
    Instant after =
        older.isEmpty() ? Instant.MIN : NAME.parse(older.getLast(), Instant::from).plusMillis(1);
    return Files.createDirectory(
        generationsFolder().resolve(INCOMPLETE + NAME.format(now.isAfter(after) ? now : after)));
  }

  /** A generation that was ended anywhere in here is not complete any more. */
  void remove(String generation) throws IOException {
    Path gone = generationsFolder().resolve(INCOMPLETE + generation);
    Files.move(generation(root, generation), gone, StandardCopyOption.ATOMIC_MOVE);
    FileSystemUtils.deleteRecursively(gone);
  }

  static String nameOf(Path folder) {
    return String.valueOf(folder.getFileName()).replace(INCOMPLETE, "");
  }

  /** It counts from now on. */
  Path complete(Path folder) throws IOException {
    Durable.forceFolder(folder);
    Path whole = generationsFolder().resolve(nameOf(folder));
    Files.move(folder, whole, StandardCopyOption.ATOMIC_MOVE);
    Durable.forceFolder(generationsFolder());
    return whole;
  }

  Path root() {
    return root;
  }

  private Path generationsFolder() {
    return root.resolve("generations");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
