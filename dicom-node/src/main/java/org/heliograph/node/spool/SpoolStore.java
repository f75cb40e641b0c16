package org.heliograph.node.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.heliograph.dicom.durable.DurableFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state in memory and its journal. A change is a record: it is durable first, then applied by
 * the same code that replays it, in the order of the journal.
 */
final class SpoolStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolStore.class);
  private static final long COMPACT_FROM_BYTES = 8L << 20;

  final Folders folders;
  final DurableFiles files;
  final InstantSource clock;
  private final SpoolState state;
  private final Duration remember;
  private final ReentrantLock lock = new ReentrantLock();
  private final Journal journal;
  private final Queue<Path> doubtful = new ConcurrentLinkedQueue<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean compacting = new AtomicBoolean();
  private volatile long compactAt;

  private SpoolStore(
      Folders folders,
      DurableFiles files,
      InstantSource clock,
      SpoolState state,
      Duration remember,
      Journal journal) {
    this.folders = folders;
    this.files = files;
    this.clock = clock;
    this.state = state;
    this.remember = remember;
    this.journal = journal;
    this.compactAt = Math.max(COMPACT_FROM_BYTES, 2 * journal.sizeBytes());
  }

  static SpoolStore open(SpoolSettings settings, DurableFiles files, InstantSource clock)
      throws IOException {
    Folders folders = Folders.make(settings.folder(), files);
    var state = new SpoolState(settings.maxRemembered());
    var unknown = new int[1];
    Journal journal =
        Journal.open(
            folders.index,
            "spool",
            files,
            record -> {
              try {
                RecordReader.apply(record, state);
              } catch (IOException _) {
                unknown[0]++;
              }
            });
    if (unknown[0] > 0) {
      journal.close();
      throw new IOException(
          unknown[0] + " records of the journal are of a newer version of this software");
    }
    return new SpoolStore(folders, files, clock, state, settings.rememberConfirmed(), journal);
  }

  /** Looks at the state, or changes what is not in the journal. */
  <T> T with(Function<SpoolState, T> look) {
    lock.lock();
    try {
      return look.apply(state);
    } finally {
      lock.unlock();
    }
  }

  /** Looks for something that may not be there. */
  interface Search<T> {
    @Nullable T in(SpoolState state);
  }

  /** As {@link #with}. */
  <T> Optional<T> find(Search<T> search) {
    lock.lock();
    try {
      return Optional.ofNullable(search.in(state));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes records durable, then true.
   *
   * @param forced folders whose new names must be durable before
   * @throws IOException nothing has changed, as long as this process lives
   */
  void write(List<byte[]> records, Set<Path> forced) throws IOException {
    journal.append(records, forced, () -> apply(records));
    tidy();
    if (journal.sizeBytes() > compactAt && compacting.compareAndSet(false, true)) {
      Thread.ofVirtual().name("spool-compaction").start(this::compact);
    }
    listeners.forEach(Runnable::run);
  }

  void write(byte[] record) throws IOException {
    write(List.of(record), Set.of());
  }

  /** Brings the journal in order again, if the last write to it failed. */
  void mend() throws IOException {
    if (!journal.isSound()) {
      journal.append(List.of(), Set.of(), () -> {});
      tidy();
    }
  }

  /** Makes records true for this process; the next one will come to the same by itself. */
  void apply(List<byte[]> records) {
    lock.lock();
    try {
      for (byte[] record : records) {
        RecordReader.apply(record, state);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a record of our own", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A file whose record may be durable or not: it goes as soon as the journal is sound again, for
   * then the record is not in it.
   */
  void doubtful(Path file) {
    doubtful.add(file);
  }

  private void tidy() {
    while (!doubtful.isEmpty() && journal.isSound()) {
      Path file = doubtful.poll();
      if (file != null) {
        discard(file);
      }
    }
  }

  /** Removes a file that nothing needs; if that fails, the next start does it. */
  void discard(Path file) {
    try {
      files.delete(file);
    } catch (IOException e) {
      LOG.debug("event=spool.leftover cause={}", e.getClass().getSimpleName());
    }
  }

  /** Rewrites the journal to what is true now. */
  void compact() {
    try {
      journal.compact(each -> {
        forget();
        Snapshot.of(state, each);
      });
      compactAt = Math.max(COMPACT_FROM_BYTES, 3 * journal.sizeBytes());
    } catch (IOException e) {
      compactAt = journal.sizeBytes() + COMPACT_FROM_BYTES;
      LOG.warn("event=spool.compaction.failed cause={}", e.getClass().getSimpleName());
    } finally {
      compacting.set(false);
    }
  }

  private void forget() {
    int before = (int) clock.instant().minus(remember).getEpochSecond();
    with(s -> {
      s.remembered.forgetBefore(before);
      return s;
    });
  }

  int seconds() {
    return (int) clock.instant().getEpochSecond();
  }

  long journalSkippedBytes() {
    return journal.skippedBytes();
  }

  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
