package org.heliograph.archive.blob;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.heliograph.dicom.durable.DurableFiles;

/**
 * Blobs as files of one folder, spread over 4096 sub-folders by the first three digits of their id.
 * A blob appears under its name by a rename, after its content has been forced to the disk, and the
 * folder is forced before {@link #put} returns.
 */
public final class FileSystemBlobStore implements BlobStore {
  private static final int SHARD_DIGITS = 3;
  private static final int GROUP_DIGITS = 2;
  private static final String LAST_DIGITS = "0123456789abcdef";
  private static final int COPY_BUFFER_BYTES = 256 * 1024;

  private final Path root;
  private final FileStore volume;
  private final DurableFiles files;
  private final StagingFolder foreign;
  private final Set<String> durableGroups = ConcurrentHashMap.newKeySet();

  private FileSystemBlobStore(
      Path root, FileStore volume, DurableFiles files, StagingFolder foreign) {
    this.root = root;
    this.volume = volume;
    this.files = files;
    this.foreign = foreign;
  }

  /** Opens the store in {@code root} and makes the folder where it is missing. */
  public static FileSystemBlobStore open(Path root) throws IOException {
    return open(root, DurableFiles.SYSTEM);
  }

  /** As {@link #open(Path)}, with file operations that a test can fail. */
  public static FileSystemBlobStore open(Path root, DurableFiles files) throws IOException {
    files.createFolders(root);
    var foreign = StagingFolder.open(root.resolve("incoming"), files);
    return new FileSystemBlobStore(root, Files.getFileStore(root), files, foreign);
  }

  @Override
  public void put(BlobKey key, SealedFile staged) throws IOException {
    Path target = path(key);
    Path shard = shard(key);
    makeDurable(key);
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(key.id().toString());
    }
    try {
      files.rename(staged.path(), target);
    } catch (AtomicMoveNotSupportedException e) {
      copyFromOtherVolume(staged, target);
    }
    files.forceFolder(shard);
  }

  private void copyFromOtherVolume(SealedFile staged, Path target) throws IOException {
    try (var copy = foreign.create();
        var in = Files.newInputStream(staged.path())) {
      var buffer = new byte[COPY_BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        copy.write(buffer, 0, n);
      }
      files.rename(copy.seal().path(), target);
    }
    Files.deleteIfExists(staged.path());
  }

  /**
   * A new sub-folder's own entry must survive too, before the first blob in it is promised; also
   * one that another thread or process has just made, and not forced yet. Its neighbours are made
   * with it, so that 256 blobs have to wait for this and not 4096.
   */
  private void makeDurable(BlobKey key) throws IOException {
    String group = key.id().toString().substring(0, GROUP_DIGITS);
    if (!durableGroups.contains(group)) {
      for (int i = 0; i < LAST_DIGITS.length(); i++) {
        Files.createDirectories(root.resolve(group + LAST_DIGITS.charAt(i)));
      }
      files.forceFolder(root);
      durableGroups.add(group);
    }
  }

  @Override
  public InputStream open(BlobKey key) throws IOException {
    return new BufferedInputStream(Channels.newInputStream(channel(key)), COPY_BUFFER_BYTES);
  }

  @Override
  public InputStream open(BlobKey key, long offset, long byteCount) throws IOException {
    var channel = channel(key);
    try {
      if (offset < 0 || byteCount < 0 || offset > channel.size() - byteCount) {
        throw new IndexOutOfBoundsException(
            "range " + offset + "+" + byteCount + " of a blob of " + channel.size() + " bytes");
      }
      channel.position(offset);
      return new BoundedInputStream(Channels.newInputStream(channel), byteCount);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public long byteCount(BlobKey key) throws IOException {
    try {
      return Files.size(path(key));
    } catch (NoSuchFileException _) {
      throw new NoSuchBlobException(key);
    }
  }

  @Override
  public void delete(BlobKey key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  @Override
  public void list(Consumer<StoredBlob> each) throws IOException {
    try (var shards = Files.newDirectoryStream(root, "???")) {
      for (Path shard : shards) {
        try (DirectoryStream<Path> blobs = Files.newDirectoryStream(shard)) {
          for (Path blob : blobs) {
            listOne(blob, each);
          }
        }
      }
    }
  }

  @Override
  public int discardIncomplete(Instant before) throws IOException {
    return foreign.sweep(before);
  }

  private void listOne(Path blob, Consumer<StoredBlob> each) throws IOException {
    UUID id;
    try {
      id = UUID.fromString(String.valueOf(blob.getFileName()));
    } catch (IllegalArgumentException _) {
      return; // not ours; an operator's file harms nobody
    }
    try {
      var attributes = Files.readAttributes(blob, BasicFileAttributes.class);
      each.accept(
          new StoredBlob(
              new BlobKey(id), attributes.size(), attributes.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException _) {
      // removed since the folder was read
    }
  }

  @Override
  public long usableBytes() throws IOException {
    return volume.getUsableSpace();
  }

  @Override
  public long totalBytes() throws IOException {
    return volume.getTotalSpace();
  }

  @Override
  public void check() throws IOException {
    if (!Files.isDirectory(root) || !Files.isWritable(root)) {
      throw new StoreUnavailableException("blob folder: not there or not writable");
    }
  }

  private FileChannel channel(BlobKey key) throws IOException {
    try {
      return FileChannel.open(path(key), StandardOpenOption.READ);
    } catch (NoSuchFileException _) {
      throw new NoSuchBlobException(key);
    }
  }

  private Path shard(BlobKey key) {
    return root.resolve(key.id().toString().substring(0, SHARD_DIGITS));
  }

  private Path path(BlobKey key) {
    return shard(key).resolve(key.id().toString());
  }
}
