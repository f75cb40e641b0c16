package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.heliograph.dicom.durable.DurableFiles;

/**
 * File operations that fail, block or kill where a test says so. A force that failed once
 * "succeeds" on the same file ever after without doing anything, as kernels do it.
 */
final class FaultyFiles implements DurableFiles {
  /** Is asked before each operation; what it throws is the operation's failure. */
  interface Fault {
    void before(String operation, Path path) throws IOException;
  }

  private final DurableFiles disk;
  private final Fault fault;
  private final Map<FileChannel, Path> paths = new ConcurrentHashMap<>();
  private final Set<FileChannel> lost = ConcurrentHashMap.newKeySet();

  FaultyFiles(DurableFiles disk, Fault fault) {
    this.disk = disk;
    this.fault = fault;
  }

  @Override
  public FileChannel create(Path path) throws IOException {
    fault.before("create", path);
    FileChannel channel = disk.create(path);
    paths.put(channel, path);
    return channel;
  }

  @Override
  public FileChannel open(Path path) throws IOException {
    fault.before("open", path);
    FileChannel channel = disk.open(path);
    paths.put(channel, path);
    return channel;
  }

  @Override
  public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    fault.before("write", path(channel));
    disk.write(channel, bytes);
  }

  @Override
  public void truncate(FileChannel channel, long byteCount) throws IOException {
    fault.before("truncate", path(channel));
    disk.truncate(channel, byteCount);
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    if (lost.contains(channel)) {
      return;
    }
    try {
      fault.before("force", path(channel));
    } catch (IOException e) {
      lost.add(channel);
      throw e;
    }
    disk.force(channel);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    fault.before("rename", to);
    disk.rename(from, to);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    fault.before("replace", to);
    disk.replace(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    fault.before("delete", path);
    disk.delete(path);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    fault.before("forceFolder", folder);
    disk.forceFolder(folder);
  }

  private Path path(FileChannel channel) {
    return paths.getOrDefault(channel, Path.of("unknown"));
  }
}
