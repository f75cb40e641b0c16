package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Removes files that the hub has confirmed, and no others. */
final class Pruning {
  private static final int BATCH = 500;

  private final SpoolStore store;
  private final Space space;

  /** One that may go. */
  private record Candidate(UUID id, List<Path> files, long bytes, int confirmedAt) {}

  Pruning(SpoolStore store, Space space) {
    this.store = store;
    this.space = space;
  }

  int prune(PrunePolicy policy) throws IOException {
    Instant limit = store.clock.instant().minus(policy.keep());
    int pruned = 0;
    while (true) {
      long tooMuch = store.with(Pruning::confirmedBytes) - policy.keepBytes();
      long tooFull = policy.minFreeBytes() - space.freeBytes();
      List<Candidate> batch =
          chosen(store.with(this::candidates), limit, Math.max(tooMuch, tooFull));
      if (batch.isEmpty()) {
        return pruned;
      }
      remove(batch);
      pruned += batch.size();
    }
  }

  /** Those that are too old, and of the others the oldest until enough bytes are gone. */
  private static List<Candidate> chosen(List<Candidate> oldest, Instant limit, long tooMuch) {
    List<Candidate> chosen = new ArrayList<>();
    long bytes = 0;
    for (Candidate each : oldest) {
      boolean old =
          Instant.ofEpochSecond(Integer.toUnsignedLong(each.confirmedAt())).isBefore(limit);
      if (old || bytes < tooMuch) {
        chosen.add(each);
        bytes += each.bytes();
      }
    }
    return chosen;
  }

  static long confirmedBytes(SpoolState state) {
    long documents =
        state.documents.values().stream()
            .filter(d -> d.state == InstanceState.CONFIRMED)
            .mapToLong(d -> d.record.sizeBytes())
            .sum();
    return documents + state.list(InstanceState.CONFIRMED).bytes();
  }

  private List<Candidate> candidates(SpoolState state) {
    List<Candidate> candidates = new ArrayList<>();
    for (DocumentEntry d : state.documents.values()) {
      if (d.state == InstanceState.CONFIRMED && candidates.size() < BATCH) {
        UUID id = d.record.id();
        candidates.add(
            new Candidate(
                id,
                List.of(store.folders.document(id), store.folders.documentPreview(id)),
                d.record.sizeBytes(),
                d.confirmedAt));
      }
    }
    @Nullable Entry e = state.list(InstanceState.CONFIRMED).first();
    for (int i = 0; e != null && i < BATCH; i++, e = e.after) {
      candidates.add(new Candidate(e.id(), files(e), e.fileBytes(), e.confirmedAt));
    }
    return candidates;
  }

  private List<Path> files(Entry entry) {
    List<Path> files = new ArrayList<>();
    files.add(store.folders.file(entry));
    PreparedEntry prepared = entry.prepared();
    if (prepared != null && prepared.preview) {
      files.add(store.folders.preview(entry.id(), prepared.tag));
    }
    return files;
  }

  /**
   * The files first: one that is confirmed and not there is simply gone, while one that is there
   * and unknown would look like new. So their going is durable before the record.
   */
  private void remove(List<Candidate> batch) throws IOException {
    Set<Path> touched = new HashSet<>();
    List<UUID> ids = new ArrayList<>();
    for (Candidate each : batch) {
      for (Path file : each.files()) {
        store.files.delete(file);
        Path folder = file.getParent();
        if (folder != null) {
          touched.add(folder);
        }
      }
      ids.add(each.id());
    }
    store.write(List.of(RecordWriter.pruned(ids)), touched);
  }
}
