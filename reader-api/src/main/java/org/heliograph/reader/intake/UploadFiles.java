package org.heliograph.reader.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.reader.settings.DataFolder;
import org.springframework.stereotype.Component;

/**
 * The bytes of uploads on disk. A file is named by our own id. The offset that is told to senders
 * is the file's length, and it is told only after the bytes below it were synced.
 */
@Component
public class UploadFiles {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path folder;

  UploadFiles(DataFolder data) {
    this.folder = data.uploads();
  }

  /** Where the bytes of an upload are. */
  public Path path(UUID id) {
    return folder.resolve(id.toString());
  }

  /** Makes an empty file; durable when it returns. */
  public void create(UUID id) throws IOException {
    Files.createFile(path(id));
    sync(folder);
  }

  /** The number of bytes that are here; empty if there is no file. */
  public Optional<Long> length(UUID id) throws IOException {
    return Files.exists(path(id)) ? Optional.of(Files.size(path(id))) : Optional.empty();
  }

  /** Removes the file if there is one. */
  public void delete(UUID id) throws IOException {
    Files.deleteIfExists(path(id));
  }

  /** The same, and all of them survive a power cut, whoever wrote them. */
  public Optional<Long> durableLength(UUID id) throws IOException {
    try (var file = FileChannel.open(path(id), StandardOpenOption.WRITE)) {
      file.force(true);
      return Optional.of(file.size());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Bytes that the disk still takes. */
  public long usableBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** The size of the disk. */
  public long totalBytes() throws IOException {
    return Files.getFileStore(folder).getTotalSpace();
  }

  /**
   * Opens the file for one writer at a time; empty while another request writes, or when one has
   * just finished and the file is gone.
   */
  public Optional<Writer> write(UUID id) throws IOException {
    FileChannel file;
    try {
      file = FileChannel.open(path(id), StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return Optional.of(new Writer(file));
      }
    } catch (OverlappingFileLockException e) {
      // A request of this process holds it.
    } catch (IOException e) {
      file.close();
      throw e;
    }
    file.close();
    return Optional.empty();
  }

  /** SHA-256 of the whole file, hexadecimal. */
  public String digest(UUID id) throws IOException {
    var sha256 = sha256();
    var buffer = new byte[BUFFER_BYTES];
    try (var in = Files.newInputStream(path(id))) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
      }
    }
    return java.util.HexFormat.of().formatHex(sha256.digest());
  }

  /** A new SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The only writer of a file, until it is closed. */
  public static final class Writer implements AutoCloseable {
    private final FileChannel file;

    private Writer(FileChannel file) {
      this.file = file;
    }

    /** The number of bytes that are here. */
    public long length() throws IOException {
      return file.size();
    }

    /**
     * Appends at most {@code limit} bytes and feeds them to the digest. When the sender breaks off,
     * what came before is kept and synced and the sender's exception is thrown.
     */
    public void append(InputStream body, long limit, MessageDigest digest) throws IOException {
      var buffer = new byte[BUFFER_BYTES];
      file.position(file.size());
      try {
        long left = limit;
        while (left > 0) {
          int n = body.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (n < 0) {
            break;
          }
          digest.update(buffer, 0, n);
          var bytes = ByteBuffer.wrap(buffer, 0, n);
          while (bytes.hasRemaining()) {
            file.write(bytes);
          }
          left -= n;
        }
      } finally {
        file.force(true);
      }
    }

    /** Feeds the bytes from an offset to the end to the digest. */
    public void digestFrom(long offset, MessageDigest digest) throws IOException {
      var buffer = ByteBuffer.allocate(BUFFER_BYTES);
      long at = offset;
      for (int n = file.read(buffer, at); n >= 0; n = file.read(buffer, at)) {
        at += n;
        digest.update(buffer.flip());
        buffer.clear();
      }
    }

    /** Forgets what comes after; durable when it returns. */
    public void truncate(long length) throws IOException {
      file.truncate(length);
      file.force(true);
    }

    /** Also lets go of the lock. */
    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
