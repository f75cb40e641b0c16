package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files and journal together at the start: what is damaged or nobody's is set aside with a
 * reason, what is whole and unknown is entered again, what was left behind is removed. It needs no
 * free space; what could not be written to the journal is found again at the next start.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final SpoolStore store;
  private final Folders folders;
  private final Shipping shipping;
  private final Adoption adoption;
  private final List<byte[]> records = new ArrayList<>();
  private final List<Path> spare = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Path> orphans = new ArrayList<>();

  Recovery(SpoolStore store, Shipping shipping) {
    this.store = store;
    this.folders = store.folders;
    this.shipping = shipping;
    this.adoption = new Adoption(store);
  }

  /** An id, and the tag of a prepared file or preview. */
  private record Name(UUID id, @Nullable Integer tag) {
    /** Null if it is no name of the spool's. */
    static @Nullable Name of(Path file, String suffix) {
      String name = String.valueOf(file.getFileName());
      int end = name.length() - suffix.length();
      if (!name.endsWith(suffix) || (end != 36 && end != 45)) {
        return null;
      }
      try {
        Integer tag = end == 36 ? null : (Integer) HexFormat.fromHexDigits(name, 37, 45);
        return new Name(UUID.fromString(name.substring(0, 36)), tag);
      } catch (IllegalArgumentException _) {
        return null;
      }
    }
  }

  /** A file that is not as long as it must be. */
  private record Fault(Entry entry, Path file, String code) {}

  private interface Look {
    void at(Path file) throws IOException;
  }

  void run() throws IOException {
    each(folders.incoming, store::discard);
    each(folders.instances, this::instance);
    each(folders.quarantine, this::instance);
    for (Path file : spare) {
      spare(file);
    }
    faults.forEach(this::damaged);
    each(folders.documents, this::document);
    missing();
    enter();
    each(folders.previews, this::preview);
    each(folders.parcels, this::parcel);
    for (Path file : orphans) {
      adoption.adopt(file);
    }
    if (store.journalSkippedBytes() > 0) {
      LOG.warn(
          "event=spool.journal.damaged skippedBytes={} reentered={}",
          store.journalSkippedBytes(),
          orphans.size());
      store.compact();
    }
  }

  private static void each(Path folder, Look look) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        look.at(file);
      }
    }
  }

  private void enter() {
    if (records.isEmpty()) {
      return;
    }
    try {
      store.write(records, Set.of());
    } catch (IOException e) {
      LOG.warn("event=spool.recovery.unwritten cause={}", e.getClass().getSimpleName());
      store.apply(records);
    }
  }

  private @Nullable Entry entry(UUID id) {
    return store.find(state -> state.find(id)).orElse(null);
  }

  private void instance(Path file) throws IOException {
    Name name = Name.of(file, ".dcm");
    if (name == null) {
      foreign(file);
      return;
    }
    Entry entry = entry(name.id());
    if (entry == null) {
      orphans.add(file);
    } else if (file.equals(folders.file(entry))) {
      String fault = Handover.faultOfLength(Files.size(file), entry.fileBytes());
      if (fault == null) {
        entry.seen = true;
      } else {
        faults.add(new Fault(entry, file, fault));
      }
    } else {
      spare.add(file);
    }
  }

  private void damaged(Fault fault) {
    Entry entry = fault.entry();
    if (entry.state == InstanceState.CONFIRMED) {
      store.discard(fault.file());
      return;
    }
    setAside(fault.file(), entry.id(), fault.code());
    if (!entry.seen) { // else the original was still there
      entry.seen = true;
      records.add(RecordWriter.parked(entry.id(), fault.code()));
    }
  }

  private void setAside(Path file, UUID id, String code) {
    LOG.warn("event=spool.damaged instance={} code={}", id, code);
    try {
      store.files.replace(file, folders.damaged(id, code));
    } catch (IOException e) {
      LOG.warn("event=spool.damaged.stays cause={}", e.getClass().getSimpleName());
    }
  }

  private void foreign(Path file) {
    if (!Files.isDirectory(file)) {
      setAside(file, UUID.randomUUID(), SpoolCode.FOREIGN);
    }
  }

  /** A file of an instance that has another: of an attempt that was cut off, or the original. */
  private void spare(Path file) throws IOException {
    Name name = Name.of(file, ".dcm");
    Entry entry = name == null ? null : entry(name.id());
    if (entry == null) {
      return;
    }
    boolean isOriginal = file.equals(folders.original(entry));
    if (!entry.seen && isOriginal && adoption.isOriginal(entry, file)) {
      entry.seen = true;
      records.add(RecordWriter.of(RecordKind.RESTORED, entry.id()));
    } else {
      store.discard(file);
    }
  }

  private void document(Path file) throws IOException {
    Name name = Name.of(file, ".bin");
    if (name == null) {
      foreign(file);
      return;
    }
    DocumentEntry entry = store.find(state -> state.documents.get(name.id())).orElse(null);
    if (entry == null) {
      if (store.journalSkippedBytes() > 0) {
        setAside(file, name.id(), SpoolCode.UNKNOWN_DOCUMENT);
      } else {
        store.discard(file); // it was not promised: its source is still where it was
      }
      return;
    }
    String fault = Handover.faultOfLength(Files.size(file), entry.record.sizeBytes());
    entry.seen = true;
    if (fault != null) {
      setAside(file, name.id(), fault);
      records.add(RecordWriter.parked(name.id(), fault));
    }
  }

  /** What the journal knows and no file is there for. */
  private void missing() {
    List<UUID> pruned = new ArrayList<>();
    List<UUID> lost = new ArrayList<>();
    store.with(state -> {
      for (InstanceState each : InstanceState.values()) {
        for (Entry e = state.list(each).first(); e != null; e = e.after) {
          if (!e.seen) {
            sort(each, e.id(), pruned, lost);
          }
        }
      }
      state.documents.values().stream()
          .filter(d -> !d.seen)
          .forEach(d -> sort(d.state, d.record.id(), pruned, lost));
      return state;
    });
    if (!pruned.isEmpty()) {
      records.add(RecordWriter.pruned(pruned));
    }
    for (UUID id : lost) {
      LOG.warn("event=spool.damaged instance={} code={}", id, SpoolCode.MISSING);
      records.add(RecordWriter.parked(id, SpoolCode.MISSING));
    }
  }

  private static void sort(InstanceState state, UUID id, List<UUID> pruned, List<UUID> lost) {
    switch (state) {
      case CONFIRMED -> pruned.add(id);
      case RECEIVED, PREPARED, PARCELLED -> lost.add(id);
      case PARKED, QUARANTINED -> {}
    }
  }

  private void preview(Path file) {
    Name name = Name.of(file, ".jpg");
    boolean wanted =
        name != null
            && store.with(state -> {
              Entry entry = state.find(name.id());
              PreparedEntry prepared = entry == null ? null : entry.prepared();
              return name.tag() == null
                  ? state.documents.containsKey(name.id())
                  : prepared != null && prepared.tag == name.tag();
            });
    if (!wanted) {
      store.discard(file);
    }
  }

  private void parcel(Path folder) {
    boolean open =
        store.with(state ->
            state.parcels.keySet().stream().anyMatch(id -> folders.parcel(id).equals(folder)));
    if (!open) {
      shipping.remove(folder);
    }
  }
}
