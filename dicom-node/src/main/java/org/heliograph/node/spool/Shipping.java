package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.heliograph.node.link.Receipt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parcels, and what the hub says of them. */
final class Shipping {
  private static final Logger LOG = LoggerFactory.getLogger(Shipping.class);

  private final SpoolStore store;
  private final Folders folders;

  Shipping(SpoolStore store) {
    this.store = store;
    this.folders = store.folders;
  }

  Path folder(UUID parcel) throws IOException {
    Path folder = folders.parcel(parcel);
    if (!Files.isDirectory(folder)) {
      store.files.createFolders(folder);
    }
    return folder;
  }

  void parcel(ParcelRecord parcel) throws IOException {
    if (!store.with(state -> arePrepared(state, parcel))) {
      throw new IllegalStateException("a parcel is made of what is prepared");
    }
    Path folder = folder(parcel.id());
    try (DirectoryStream<Path> contents = Files.newDirectoryStream(folder)) {
      for (Path each : contents) {
        try (FileChannel channel = store.files.open(each)) {
          store.files.force(channel);
        }
      }
    }
    store.write(List.of(RecordWriter.parcelled(parcel)), Set.of(folder, folders.parcels));
  }

  private static boolean arePrepared(SpoolState state, ParcelRecord parcel) {
    return parcel.instances().stream()
            .map(state::find)
            .allMatch(e -> e != null && e.state == InstanceState.PREPARED)
        && parcel.documents().stream()
            .map(state.documents::get)
            .allMatch(d -> d != null && d.state == InstanceState.PREPARED);
  }

  void dissolve(UUID parcel) throws IOException {
    store.write(RecordWriter.of(RecordKind.DISSOLVED, parcel));
    removeIfClosed(parcel);
  }

  void receipts(Collection<Receipt> receipts) throws IOException {
    int now = store.seconds();
    List<byte[]> records = new ArrayList<>();
    Set<UUID> parcels = new HashSet<>();
    for (Receipt receipt : receipts) {
      store
          .find(state -> record(state, receipt, now))
          .ifPresent(record -> {
            records.add(record);
            parcels.add(receipt.parcel());
          });
    }
    if (!records.isEmpty()) {
      store.write(records, Set.of());
      for (UUID parcel : parcels) {
        removeIfClosed(parcel);
      }
    }
  }

  /** Null if it changes nothing. */
  private static byte @Nullable [] record(SpoolState state, Receipt receipt, int now) {
    Subject subject = subject(state, receipt.object(), receipt.digest());
    if (subject == null || subject.state() == InstanceState.CONFIRMED) {
      return null;
    }
    boolean inThisParcel = receipt.parcel().equals(subject.parcel());
    boolean sameBytes = subject.digest().equals(receipt.digest());
    String code =
        switch (receipt.outcome()) {
          case STORED, QUARANTINED -> sameBytes ? "" : SpoolCode.RECEIPT_DIFFERS;
          case REFUSED -> receipt.code().isEmpty() ? "GW-REFUSED" : receipt.code();
        };
    if (code.isEmpty()) {
      return RecordWriter.confirmed(subject.id(), now);
    }
    if (!inThisParcel) {
      return null; // of an attempt that was given up
    }
    LOG.warn("event=spool.parked instance={} code={}", subject.id(), code);
    return RecordWriter.parked(subject.id(), code);
  }

  /** What a receipt is about. */
  private record Subject(UUID id, InstanceState state, @Nullable UUID parcel, String digest) {}

  private static @Nullable Subject subject(SpoolState state, String object, String digest) {
    DocumentEntry document = state.documents.get(uuid(object));
    if (document != null) {
      ParcelEntry in = document.parcel;
      return new Subject(
          document.record.id(),
          document.state,
          in == null ? null : in.id,
          document.record.digest());
    }
    Entry exact =
        state.bySopInstance.find(
            object.hashCode(),
            e ->
                e.state != InstanceState.QUARANTINED
                    && e.isOf(object)
                    && e.sentDigest().equals(digest));
    Entry entry = exact == null ? state.bySopInstance(object) : exact;
    if (entry == null) {
      return null;
    }
    ParcelEntry in = entry.parcel;
    return new Subject(entry.id(), entry.state, in == null ? null : in.id, entry.sentDigest());
  }

  private static @Nullable UUID uuid(String object) {
    try {
      return UUID.fromString(object);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private void removeIfClosed(UUID parcel) {
    if (!store.with(state -> state.parcels.containsKey(parcel))) {
      remove(folders.parcel(parcel));
    }
  }

  /** Removes a parcel's folder; if that fails, the next start does it. */
  void remove(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> contents = Files.newDirectoryStream(folder)) {
      for (Path each : contents) {
        store.discard(each);
      }
    } catch (IOException e) {
      LOG.debug("event=spool.leftover cause={}", e.getClass().getSimpleName());
    }
    store.discard(folder);
  }
}
