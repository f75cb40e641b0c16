package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.heliograph.dicom.durable.DurableFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows by key, all in memory and each change in a {@link Journal}: what a queue of some hundred
 * rows needs. A change is durable when its method returns. Thread-safe; who reads a row to change
 * it keeps others from it.
 *
 * @param <V> a record that JSON can hold
 */
public final class JournalTable<V> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalTable.class);
  private static final int WASTE = 1_000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final JavaType entryType;
  private final ReentrantLock writing = new ReentrantLock();

  /** In the order in which they were first put; guarded by itself. */
  private final Map<String, V> rows = new LinkedHashMap<>();

  private final Journal journal;
  private long records;

  /** What one record of the journal says; without a row it is gone. */
  private record Entry<V>(String key, @Nullable V row) {}

  private JournalTable(Path folder, String name, DurableFiles files, Class<V> type)
      throws IOException {
    entryType = JSON.getTypeFactory().constructParametricType(Entry.class, type);
    journal = Journal.open(folder, name, files, this::replay);
  }

  /**
   * Opens a table, or makes an empty one.
   *
   * @param name of its files in the folder
   * @throws IOException the files cannot be read, or hold rows of another program version
   */
  public static <V> JournalTable<V> open(
      Path folder, String name, DurableFiles files, Class<V> type) throws IOException {
    try {
      return new JournalTable<>(folder, name, files, type);
    } catch (JacksonException e) {
      throw new IOException("rows of " + name + " are not as this version keeps them", e);
    }
  }

  private void replay(byte[] record) {
    Entry<V> entry = JSON.readValue(record, entryType);
    apply(entry.key(), entry.row());
    records++;
  }

  private void apply(String key, @Nullable V row) {
    synchronized (rows) {
      if (row == null) {
        rows.remove(key);
      } else {
        rows.put(key, row);
      }
    }
  }

  /** The row of a key. */
  public Optional<V> get(String key) {
    synchronized (rows) {
      return Optional.ofNullable(rows.get(key));
    }
  }

  /** All rows, in the order in which their keys came. */
  public List<V> values() {
    synchronized (rows) {
      return new ArrayList<>(rows.values());
    }
  }

  /** How many rows there are. */
  public int size() {
    synchronized (rows) {
      return rows.size();
    }
  }

  /**
   * Keeps a row in place of the one before.
   *
   * @throws IOException it is not kept, as far as this process sees; after a restart it may be
   */
  public void put(String key, V row) throws IOException {
    write(key, row);
  }

  /** Forgets a row; the same if there is none. */
  public void remove(String key) throws IOException {
    if (get(key).isPresent()) {
      write(key, null);
    }
  }

  private void write(String key, @Nullable V row) throws IOException {
    byte[] record = bytes(key, row);
    writing.lock();
    try {
      journal.append(record);
      apply(key, row);
      if (++records > WASTE + 2L * size()) {
        compact();
      }
    } finally {
      writing.unlock();
    }
  }

  /** By the declared type, which has what JSON needs to know a subtype again. */
  private byte[] bytes(String key, @Nullable V row) {
    return JSON.writerFor(entryType).writeValueAsBytes(new Entry<>(key, row));
  }

  /** The row is durable already: a journal that cannot be made shorter only grows. */
  private void compact() {
    List<Map.Entry<String, V>> all;
    synchronized (rows) {
      all = new ArrayList<>(rows.entrySet());
    }
    records = all.size();
    try {
      journal.compact(
          () -> all.stream().map(each -> bytes(each.getKey(), each.getValue())).iterator());
    } catch (IOException e) {
      LOG.warn("event=table.not_compacted cause={}", e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
