package org.heliograph.node.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of an instance between its arrival and its parcel. */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
  private static final int MAX_HEAD_BYTES = 0xFFFF;

  private final SpoolStore store;
  private final Folders folders;

  /** The file of an instance or document, and what it must be. */
  private record Wanted(
      UUID id,
      Path file,
      long fileBytes,
      int headBytes,
      String digest,
      InstanceState state,
      String code) {}

  Handover(SpoolStore store) {
    this.store = store;
    this.folders = store.folders;
  }

  void prepared(UUID id, Prepared made) throws IOException {
    Path original =
        store
            .find(state -> {
              Entry entry = state.find(id);
              return entry == null || entry.state != InstanceState.RECEIVED
                  ? null
                  : folders.original(entry);
            })
            .orElse(null);
    if (original == null) {
      discard(made.newFile());
      discard(made.newPreview());
      return;
    }
    int tag = ThreadLocalRandom.current().nextInt();
    Path newFile = made.newFile();
    Path newPreview = made.newPreview();
    Path file = folders.prepared(id, tag);
    Path preview = folders.preview(id, tag);
    Set<Path> forced = new HashSet<>();
    try {
      PreparedEntry entry = PreparedEntry.of(made, tag, headBytes(original, made));
      if (newFile != null) {
        Intake.takeOver(store, newFile, file);
        forced.add(folders.instances);
      }
      if (newPreview != null) {
        Intake.takeOver(store, newPreview, preview);
        forced.add(folders.previews);
      }
      store.write(List.of(RecordWriter.prepared(id, entry)), forced);
    } catch (IOException e) {
      discard(newFile);
      discard(newPreview);
      store.doubtful(file);
      store.doubtful(preview);
      throw e;
    }
    boolean isTrue =
        store.with(state -> {
          Entry entry = state.find(id);
          PreparedEntry now = entry == null ? null : entry.prepared();
          return now != null && now.tag == tag;
        });
    if (!isTrue) { // another was first
      store.discard(file);
      store.discard(preview);
    } else if (newFile != null) {
      store.discard(original);
    }
  }

  private static int headBytes(Path original, Prepared made) throws IOException {
    Path file = made.newFile();
    long head = Files.size(file == null ? original : file) - made.datasetBytes();
    if (head < 0 || head > MAX_HEAD_BYTES) {
      throw new IOException("the prepared file is not as long as it should be");
    }
    return (int) head;
  }

  private void discard(@Nullable Path file) {
    if (file != null) {
      store.discard(file);
    }
  }

  void parked(UUID id, String code) throws IOException {
    store.write(RecordWriter.parked(id, code));
    LOG.warn("event=spool.parked instance={} code={}", id, code);
  }

  /** Whether it goes on. */
  boolean retry(UUID id) throws IOException {
    if (store.with(state -> state.parcels.containsKey(id))) {
      store.write(RecordWriter.of(RecordKind.RETRIED, id));
      return true;
    }
    Wanted wanted = wanted(id);
    if (wanted == null) {
      return false;
    }
    return switch (wanted.state()) {
      case PARKED -> retryParked(wanted);
      case QUARANTINED -> release(id);
      case RECEIVED, PREPARED, PARCELLED, CONFIRMED -> false;
    };
  }

  private boolean retryParked(Wanted wanted) throws IOException {
    Path damaged = folders.damaged(wanted.id(), wanted.code());
    if (Files.notExists(wanted.file()) && fault(wanted, damaged) == null) {
      store.files.rename(damaged, wanted.file()); // somebody mended it
      store.files.forceFolder(folders.instances);
    }
    if (fault(wanted, wanted.file()) != null) {
      return false;
    }
    store.write(RecordWriter.of(RecordKind.RETRIED, wanted.id()));
    return true;
  }

  /** Only when nothing else of the same UID waits: the hub will keep it apart as well. */
  private boolean release(UUID id) throws IOException {
    boolean free =
        store.with(state -> {
          Entry entry = state.find(id);
          Entry first = entry == null ? null : state.bySopInstance(entry.sopInstance());
          return first == null || first.state == InstanceState.CONFIRMED;
        });
    if (free) {
      store.write(RecordWriter.of(RecordKind.RELEASED, id));
    }
    return free;
  }

  /** Whether the file is as it must be; if not, it is set aside. */
  boolean verify(UUID id) throws IOException {
    Wanted wanted = wanted(id);
    if (wanted == null) {
      return false;
    }
    String fault = fault(wanted, wanted.file());
    if (fault == null) {
      store.with(state -> {
        Entry entry = state.find(id);
        if (entry != null && folders.file(entry).equals(wanted.file())) {
          entry.verified = true;
        }
        return id;
      });
      return true;
    }
    Wanted now = wanted(id);
    boolean isStillTheFile = now != null && now.file().equals(wanted.file());
    boolean mayBeParked =
        wanted.state() != InstanceState.PARKED && wanted.state() != InstanceState.CONFIRMED;
    if (isStillTheFile && mayBeParked) {
      setAside(id, wanted.file(), fault);
    }
    return false;
  }

  /** Moves a file out of the way and parks what it belonged to. */
  void setAside(UUID id, Path file, String code) throws IOException {
    if (Files.exists(file)) {
      store.files.replace(file, folders.damaged(id, code));
    }
    parked(id, code);
  }

  private @Nullable Wanted wanted(UUID id) {
    return store
        .find(state -> {
          Entry e = state.find(id);
          if (e != null) {
            PreparedEntry p = e.prepared();
            int head = p == null || !p.newFile ? e.headBytes() : p.headBytes();
            return new Wanted(
                id, folders.file(e), e.fileBytes(), head, e.sentDigest(), e.state, e.code);
          }
          DocumentEntry d = state.documents.get(id);
          return d == null
              ? null
              : new Wanted(
                  id,
                  folders.document(id),
                  d.record.sizeBytes(),
                  0,
                  d.record.digest(),
                  d.state,
                  d.code);
        })
        .orElse(null);
  }

  private static @Nullable String fault(Wanted wanted, Path file) throws IOException {
    try {
      String fault = faultOfLength(Files.size(file), wanted.fileBytes());
      if (fault != null) {
        return fault;
      }
      try (InputStream in = Files.newInputStream(file)) {
        in.skipNBytes(wanted.headBytes());
        return Sha256.of(in).equals(wanted.digest()) ? null : SpoolCode.DAMAGED;
      }
    } catch (NoSuchFileException _) {
      return SpoolCode.MISSING;
    }
  }

  static @Nullable String faultOfLength(long found, long wanted) {
    if (found == wanted) {
      return null;
    }
    return found == 0 ? SpoolCode.EMPTY : SpoolCode.TRUNCATED;
  }
}
