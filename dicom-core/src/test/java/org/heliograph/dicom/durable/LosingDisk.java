package org.heliograph.dicom.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files below a folder as a disk keeps them: after so many operations the power fails, and
 * {@link #cut} leaves what was forced, and of the rest whatever chance kept: names, folders, the
 * beginning of a file, zeros in place of it.
 *
 * <p>What is there at the beginning counts as forced. A deletion that was not forced may be undone,
 * but not that of a folder.
 */
public final class LosingDisk implements DurableFiles {
  private final Path root;
  private final Random chance;
  private int operationsLeft;

  /** Content by file; the same file may have been known by several names. */
  private static final class Inode {
    byte[] written = new byte[0];
    byte[] forced = new byte[0];
  }

  private final Map<FileChannel, Inode> open = new HashMap<>();
  private final Map<Path, Inode> names = new HashMap<>();
  private final Map<Path, Inode> forcedNames = new HashMap<>();
  private final Set<Path> forcedFolders = new HashSet<>();
  private final Set<Path> deleted = new HashSet<>();

  /**
   * @param operations what the power lasts for
   */
  public LosingDisk(Path root, Random chance, int operations) throws IOException {
    this.root = root;
    this.chance = chance;
    this.operationsLeft = operations;
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        if (Files.isDirectory(path)) {
          forcedFolders.add(path);
        } else {
          var inode = new Inode();
          inode.written = Files.readAllBytes(path);
          inode.forced = inode.written;
          names.put(path, inode);
          forcedNames.put(path, inode);
        }
      }
    }
  }

  private void spend() throws IOException {
    if (operationsLeft-- <= 0) {
      throw new IOException("the power is off");
    }
  }

  /** Whether the power has failed. */
  public synchronized boolean isOff() {
    return operationsLeft <= 0;
  }

  @Override
  public synchronized FileChannel create(Path path) throws IOException {
    spend();
    FileChannel channel = DurableFiles.super.create(path);
    var inode = new Inode();
    open.put(channel, inode);
    names.put(path, inode);
    deleted.remove(path);
    return channel;
  }

  @Override
  public synchronized void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    spend();
    Inode inode = inode(channel);
    int at = Math.toIntExact(channel.position());
    int end = at + bytes.remaining();
    byte[] longer = Arrays.copyOf(inode.written, Math.max(end, inode.written.length));
    bytes.duplicate().get(longer, at, bytes.remaining());
    inode.written = longer;
    DurableFiles.super.write(channel, bytes);
  }

  /** A file that another wrote is known from now on; none of it was forced. */
  @Override
  public synchronized FileChannel open(Path path) throws IOException {
    spend();
    FileChannel channel = DurableFiles.super.open(path);
    Inode inode = names.get(path);
    if (inode == null) {
      inode = new Inode();
      inode.written = Files.readAllBytes(path);
      names.put(path, inode);
    }
    open.put(channel, inode);
    return channel;
  }

  @Override
  public synchronized void truncate(FileChannel channel, long byteCount) throws IOException {
    spend();
    Inode inode = inode(channel);
    DurableFiles.super.truncate(channel, byteCount);
    int length = Math.min(inode.written.length, Math.toIntExact(byteCount));
    inode.written = Arrays.copyOf(inode.written, length);
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    spend();
    DurableFiles.super.delete(path);
    names.remove(path);
    deleted.add(path);
  }

  @Override
  public synchronized void replace(Path from, Path to) throws IOException {
    rename(from, to);
  }

  @Override
  public synchronized void force(FileChannel channel) throws IOException {
    spend();
    Inode inode = inode(channel);
    inode.forced = inode.written;
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    spend();
    DurableFiles.super.rename(from, to);
    Inode inode = names.remove(from);
    if (inode != null) {
      names.put(to, inode);
      deleted.remove(to);
    }
  }

  @Override
  public synchronized void forceFolder(Path folder) throws IOException {
    spend();
    forcedNames.keySet().removeIf(path -> folder.equals(path.getParent()));
    names.forEach((path, inode) -> {
      if (folder.equals(path.getParent())) {
        forcedNames.put(path, inode);
      }
    });
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(Files::isDirectory).forEach(forcedFolders::add);
    }
  }

  private Inode inode(FileChannel channel) throws IOException {
    Inode inode = open.get(channel);
    if (inode == null) {
      throw new IOException("not a file of this disk");
    }
    return inode;
  }

  /** Rewrites the folder to what the power cut left; nobody uses it meanwhile. */
  public synchronized void cut() throws IOException {
    operationsLeft = 0;
    Set<Path> folders = new HashSet<>(forcedFolders);
    Map<Path, Inode> left = new HashMap<>(forcedNames);
    left.keySet().removeIf(path -> deleted.contains(path) && chance.nextBoolean());
    names.forEach((path, inode) -> {
      if (chance.nextBoolean()) {
        left.put(path, inode);
      }
    });
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!Files.isDirectory(path)) {
          Files.delete(path);
        } else if (!folders.contains(path) && chance.nextBoolean()) {
          Files.delete(path);
        }
      }
    }
    left.forEach((path, inode) -> {
      if (Files.isDirectory(path.resolveSibling("."))) {
        write(path, kept(inode));
      }
    });
  }

  /** The forced part; then some of what came after, or zeros of its length. */
  private byte[] kept(Inode inode) {
    int forced = inode.forced.length;
    int more = inode.written.length - forced;
    if (more <= 0) { // a cut that was not forced is there or not
      return more == 0 || chance.nextBoolean() ? inode.written : inode.forced;
    }
    int length = forced + chance.nextInt(more + 1);
    return Arrays.copyOf(
        chance.nextBoolean() ? Arrays.copyOf(inode.written, length) : inode.forced, length);
  }

  private static void write(Path path, byte[] content) {
    try {
      Files.write(path, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
