package org.heliograph.node.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.heliograph.dicom.durable.DurableFiles;
import org.jspecify.annotations.Nullable;

/**
 * A file to which records are added, each durable when its call returns; callers that wait at the
 * same moment share one force. At opening all records are given back in their order. A torn last
 * write is cut off; damage in the middle is skipped and told ({@link #skippedBytes}).
 *
 * <p>A force that failed is not tried again on the same file: what was durable before is copied to
 * a new one, and until that succeeds every append fails. For any number of threads; interrupting
 * one of them does no harm to the file.
 */
public final class Journal implements AutoCloseable {
  private final Path folder;
  private final Path file;
  private final Path fresh;
  private final DurableFiles files;
  private final long skippedBytes;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Batch pending = new Batch();
  private int compactionsWaiting;
  private boolean writing;
  private boolean closed;

  // Only whoever is writing touches these.
  private FileChannel channel;
  private volatile long size;
  private boolean broken;
  private volatile boolean sound = true;

  /** What is written and forced together. */
  private static final class Batch {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final Set<Path> folders = new LinkedHashSet<>();
    final List<Runnable> whenDurable = new ArrayList<>();
    boolean done;
    @Nullable Throwable failure;
  }

  private Journal(
      Path folder, String name, DurableFiles files, FileChannel channel, Frame.Scan found) {
    this.folder = folder;
    this.file = folder.resolve(name + ".journal");
    this.fresh = folder.resolve(name + ".journal.new");
    this.files = files;
    this.channel = channel;
    this.size = found.end();
    this.skippedBytes = found.skippedBytes();
  }

  /**
   * Opens the journal and makes it where it is missing.
   *
   * @param name of the file, without ending
   * @param replay is given each record before this returns
   */
  public static Journal open(Path folder, String name, DurableFiles files, Consumer<byte[]> replay)
      throws IOException {
    files.createFolders(folder);
    Path file = folder.resolve(name + ".journal");
    files.delete(folder.resolve(name + ".journal.new"));
    if (!Files.exists(file)) {
      FileChannel channel = files.create(file);
      files.forceFolder(folder);
      return new Journal(folder, name, files, channel, new Frame.Scan(0, 0));
    }
    Frame.Scan found = Frame.scan(file, replay);
    FileChannel channel = files.open(file);
    try {
      if (channel.size() != found.end()) {
        files.truncate(channel, found.end());
      }
      var journal = new Journal(folder, name, files, channel, found);
      journal.makeDurable();
      return journal;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What a killed process wrote and did not force was read, and must not be lost any more. */
  private void makeDurable() throws IOException {
    try {
      files.force(channel);
      files.forceFolder(folder);
    } catch (IOException _) {
      sound = false;
      broken = true; // the first append, at the latest, writes it anew
    }
  }

  /** Bytes that could not be read at opening though readable records follow them; 0 is right. */
  public long skippedBytes() {
    return skippedBytes;
  }

  /** Whether the last write was durable: nothing of an append that failed is in the file. */
  boolean isSound() {
    return sound;
  }

  /** Of the file. */
  public long sizeBytes() {
    return size;
  }

  /**
   * Adds a record of at most 16 MiB.
   *
   * @throws IOException it is not durable; after a failed force it may be there or not
   */
  public void append(byte[] record) throws IOException {
    append(List.of(record), Set.of(), () -> {});
  }

  /**
   * Adds records that become durable together, or not.
   *
   * @param folders are forced before; shared with the other callers of the moment
   * @param whenDurable runs before this returns, in the order of the records in the file
   */
  void append(List<byte[]> records, Set<Path> folders, Runnable whenDurable) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the journal is closed");
      }
      Batch mine = pending;
      records.forEach(record -> mine.bytes.writeBytes(Frame.of(record)));
      mine.folders.addAll(folders);
      mine.whenDurable.add(whenDurable);
      startWriting();
      while (!mine.done) {
        changed.awaitUninterruptibly();
      }
      if (mine.failure != null) {
        throw new IOException("not written to the journal", mine.failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Replaces all records. The caller sees to it that nobody appends meanwhile what the snapshot
   * does not have.
   *
   * @throws IOException the old records stay
   */
  public void compact(Iterable<byte[]> snapshot) throws IOException {
    compact(snapshot::forEach);
  }

  /** What all records add up to. */
  interface Records {
    void forEach(Consumer<byte[]> each);
  }

  /** As {@link #compact(Iterable)}; nothing is appended while the records are asked for. */
  void compact(Records snapshot) throws IOException {
    var batch = new Batch();
    lock.lock();
    try {
      compactionsWaiting++;
      while (writing) {
        changed.awaitUninterruptibly();
      }
      compactionsWaiting--;
      if (closed) {
        startWriting();
        throw new IOException("the journal is closed");
      }
      writing = true;
      Thread.ofVirtual().name("journal").start(() -> compacting(snapshot, batch));
      while (!batch.done) {
        changed.awaitUninterruptibly();
      }
      if (batch.failure != null) {
        throw new IOException("the journal was not compacted", batch.failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A thread of its own writes: one that is interrupted would close the file for all. */
  private void startWriting() {
    boolean waiting = !pending.whenDurable.isEmpty();
    if (waiting && !writing && compactionsWaiting == 0) {
      writing = true;
      Thread.ofVirtual().name("journal").start(this::writing);
    }
  }

  private void writing() {
    Batch batch = next();
    while (batch != null) {
      done(batch, tried(batch, this::write));
      batch = next();
    }
  }

  private void compacting(Records snapshot, Batch batch) {
    Throwable failure =
        tried(
            batch,
            _ ->
                rewrite(out ->
                    snapshot.forEach(record -> {
                      try {
                        out.write(Frame.of(record));
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    })));
    lock.lock();
    try {
      done(batch, failure);
      writing = false;
      startWriting();
    } finally {
      lock.unlock();
    }
  }

  private interface Work {
    void on(Batch batch) throws IOException;
  }

  private static @Nullable Throwable tried(Batch batch, Work work) {
    try {
      work.on(batch);
      return null;
    } catch (IOException | RuntimeException | Error e) {
      return e; // told to those who wait
    }
  }

  private @Nullable Batch next() {
    lock.lock();
    try {
      if (pending.whenDurable.isEmpty() || compactionsWaiting > 0) {
        writing = false;
        changed.signalAll();
        return null;
      }
      Batch batch = pending;
      pending = new Batch();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void done(Batch batch, @Nullable Throwable failure) {
    lock.lock();
    try {
      batch.failure = failure;
      batch.done = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void write(Batch batch) throws IOException {
    try {
      writeAndForce(batch);
      sound = true;
    } catch (IOException e) {
      sound = false;
      throw e;
    }
    batch.whenDurable.forEach(Runnable::run);
  }

  private void writeAndForce(Batch batch) throws IOException {
    for (Path forced : batch.folders) {
      files.forceFolder(forced);
    }
    if (broken) {
      long durable = size;
      rewrite(out -> copy(durable, out));
    }
    long before = size;
    try {
      files.write(channel, ByteBuffer.wrap(batch.bytes.toByteArray()));
    } catch (IOException e) {
      undo(e);
      throw e;
    }
    try {
      files.force(channel);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
    size = before + batch.bytes.size();
  }

  private void undo(IOException cause) {
    try {
      files.truncate(channel, size);
    } catch (IOException e) {
      cause.addSuppressed(e);
      broken = true;
    }
  }

  private void copy(long byteCount, JournalOutput out) throws IOException {
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      var buffer = ByteBuffer.allocate((int) Math.min(byteCount, JournalOutput.BUFFER_BYTES));
      for (long at = 0; at < byteCount; at += buffer.limit()) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), byteCount - at));
        while (buffer.hasRemaining()) {
          if (in.read(buffer, at + buffer.position()) < 0) {
            throw new IOException("the journal is shorter than it was");
          }
        }
        out.write(buffer.array(), buffer.limit());
      }
    }
  }

  private interface Content {
    void to(JournalOutput out) throws IOException;
  }

  /** Puts a new file in the place of the journal. */
  private void rewrite(Content content) throws IOException {
    files.delete(fresh);
    FileChannel next = files.create(fresh);
    try {
      var out = new JournalOutput(files, next);
      content.to(out);
      out.flush();
      files.force(next);
      replace(next, out.byteCount());
    } catch (IOException | RuntimeException | Error e) {
      if (!channel.equals(next)) {
        next.close();
      }
      throw e;
    }
    files.forceFolder(folder);
    broken = false;
  }

  /** Until the folder is forced, nothing may be written: either file may have the name. */
  private void replace(FileChannel next, long byteCount) throws IOException {
    try {
      files.replace(fresh, file);
    } catch (IOException e) {
      if (!Files.notExists(fresh)) {
        throw e;
      }
    }
    FileChannel old = channel;
    channel = next;
    size = byteCount;
    broken = true;
    old.close();
  }

  /** Waits for what is being written. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      while (writing || !pending.whenDurable.isEmpty()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    channel.close();
  }
}
