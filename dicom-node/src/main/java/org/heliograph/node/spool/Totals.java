package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds up what the spool holds. */
final class Totals {
  private static final List<InstanceState> WAITING =
      List.of(InstanceState.RECEIVED, InstanceState.PREPARED, InstanceState.PARCELLED);

  private long waiting;
  private long waitingBytes;
  private long oldest = Long.MAX_VALUE;
  private long confirmed;
  private long parked;
  private long bytes;

  private Totals() {}

  static SpoolTotals of(SpoolStore store, Space space) throws IOException {
    long free = space.freeBytes();
    int damaged = count(store.folders.damaged);
    return store.with(state -> new Totals().add(state, free, damaged, space.reserveBytes()));
  }

  private SpoolTotals add(SpoolState state, long free, int damaged, long reserve) {
    for (InstanceState each : InstanceState.values()) {
      StateList list = state.list(each);
      @Nullable Entry first = list.first();
      add(each, list.count(), list.bytes(), first == null ? Long.MAX_VALUE : first.receivedAt);
    }
    for (DocumentEntry each : state.documents.values()) {
      add(each.state, 1, each.record.sizeBytes(), each.record.receivedAt());
    }
    return new SpoolTotals(
        waiting,
        waitingBytes,
        oldest == Long.MAX_VALUE ? null : Instant.ofEpochMilli(oldest),
        confirmed,
        Pruning.confirmedBytes(state),
        parked,
        state.list(InstanceState.QUARANTINED).count(),
        damaged,
        state.parcels.size(),
        free,
        bytes,
        reserve);
  }

  private void add(InstanceState state, int count, long byteCount, long oldestAt) {
    bytes += byteCount;
    if (WAITING.contains(state)) {
      waiting += count;
      waitingBytes += byteCount;
      oldest = Math.min(oldest, oldestAt);
    } else if (state == InstanceState.CONFIRMED) {
      confirmed += count;
    } else if (state == InstanceState.PARKED) {
      parked += count;
    }
  }

  private static int count(Path folder) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (var _ : files) {
        count++;
      }
    }
    return count;
  }

  static List<DamagedFile> damaged(Path folder, int limit) throws IOException {
    List<DamagedFile> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        DamagedFile damaged = damaged(file);
        if (damaged != null) {
          found.add(damaged);
        }
      }
    }
    found.sort(Comparator.comparing(DamagedFile::at).reversed());
    return List.copyOf(found.subList(0, Math.min(limit, found.size())));
  }

  private static @Nullable DamagedFile damaged(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    int dot = name.indexOf('.');
    try {
      UUID id = UUID.fromString(name.substring(0, Math.max(0, dot)));
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new DamagedFile(
          id,
          name.substring(dot + 1),
          attributes.size(),
          attributes.lastModifiedTime().toInstant());
    } catch (IllegalArgumentException _) {
      return null; // a person put it there
    }
  }
}
