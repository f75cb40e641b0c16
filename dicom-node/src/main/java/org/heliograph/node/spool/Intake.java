package org.heliograph.node.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.PartTenHead;
import org.heliograph.node.spool.DocumentEntry.DocumentRecord;
import org.heliograph.node.storage.IncomingInstance;
import org.heliograph.node.storage.StoreOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that comes into the spool comes through here. */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final int BUFFER_BYTES = 128 * 1024;
  private static final StoreOutcome FULL =
      new StoreOutcome.OutOfResources("Out of storage space, try again later");
  private static final StoreOutcome AWAY =
      new StoreOutcome.OutOfResources("Storage is not available, try again later");
  private static final StoreOutcome KEPT_APART =
      new StoreOutcome.Quarantined("Same SOP Instance UID with other content");

  private final SpoolSettings settings;
  private final SpoolStore store;
  private final Folders folders;
  private final Space space;
  private final Receiver receiver;
  private final Claims claims = new Claims();

  /** From whom, and how soon it is read. */
  private record Origin(AeTitle callingAe, long associationId) {}

  Intake(SpoolSettings settings, SpoolStore store, Space space) {
    this.settings = settings;
    this.store = store;
    this.folders = store.folders;
    this.space = space;
    this.receiver = new Receiver(folders, store.files, space);
  }

  StoreOutcome receive(IncomingInstance in) throws IOException {
    return take(
            () ->
                receiver.receive(
                    in.dataset(),
                    in.transferSyntax(),
                    in.sopClass().value().value(),
                    in.sopInstance().value().value(),
                    true),
            new Origin(in.callingAe(), in.associationId()))
        .outcome();
  }

  Added addFile(Path partTen, AeTitle origin) throws IOException {
    return take(
        () -> {
          try (InputStream in = Files.newInputStream(partTen)) {
            PartTenHead head = PartTenHead.read(in);
            return receiver.receive(
                head.dataset(),
                TransferSyntaxUid.of(head.transferSyntax()),
                head.sopClass(),
                head.sopInstance(),
                false);
          } catch (DicomFormatException _) {
            throw RefusedException.cannotUnderstand("Not a DICOM file");
          }
        },
        new Origin(origin, 0));
  }

  private interface Source {
    Received receive() throws IOException, RefusedException;
  }

  private Added take(Source source, Origin origin) throws IOException {
    try {
      if (!space.isReserveFree()) {
        return new Added(FULL, null);
      }
      mend();
      try (Received received = source.receive();
          var _ = claims.take(received.sopInstance())) {
        return register(received, origin);
      }
    } catch (RefusedException e) {
      return new Added(e.outcome(), null);
    } catch (StorageFailedException e) {
      return new Added(failed(e), null);
    }
  }

  /** Nothing is taken in as long as it could not be entered. */
  private void mend() throws StorageFailedException {
    try {
      store.mend();
    } catch (IOException e) {
      throw new StorageFailedException(e);
    }
  }

  private StoreOutcome failed(StorageFailedException e) {
    LOG.warn("event=spool.refused cause={}", e.getClass().getSimpleName());
    return e.isFull() || isFull() ? FULL : AWAY;
  }

  private boolean isFull() {
    try {
      return !space.isReserveFree();
    } catch (IOException _) {
      return false;
    }
  }

  /** What the spool has of the same SOP Instance UID. */
  enum Known {
    NEW,
    SAME,
    SAME_QUARANTINED,
    OTHER_CONTENT
  }

  /** Also of what was confirmed and pruned. */
  static Known known(SpoolState state, String sopInstance, String digest) {
    if (same(state, sopInstance, digest) != null) {
      return Known.SAME;
    }
    if (state.quarantined(sopInstance, digest) != null) {
      return Known.SAME_QUARANTINED;
    }
    return switch (state.remembered.match(Remembered.Mark.of(sopInstance, digest, 0))) {
      case SAME -> Known.SAME;
      case OTHER_CONTENT -> Known.OTHER_CONTENT;
      case UNKNOWN -> state.bySopInstance(sopInstance) == null ? Known.NEW : Known.OTHER_CONTENT;
    };
  }

  private static @Nullable Entry same(SpoolState state, String sopInstance, String digest) {
    return state.bySopInstance.find(
        sopInstance.hashCode(),
        e -> e.state != InstanceState.QUARANTINED && e.isOf(sopInstance) && e.cameWith(digest));
  }

  private static boolean isLike(Entry entry, Received received) {
    return entry.syntax.equals(received.syntax())
        && entry.headBytes() == received.headBytes()
        && entry.receivedBytes == received.datasetBytes();
  }

  private Added register(Received received, Origin origin) throws IOException {
    String uid = received.sopInstance();
    return switch (store.with(state -> known(state, uid, received.digest()))) {
      case NEW -> new Added(keep(received, origin, false), received.id());
      case OTHER_CONTENT -> new Added(keep(received, origin, true), received.id());
      case SAME -> again(received);
      case SAME_QUARANTINED ->
          new Added(
              KEPT_APART,
              store
                  .find(state -> {
                    Entry apart = state.quarantined(uid, received.digest());
                    return apart == null ? null : apart.id();
                  })
                  .orElse(null));
    };
  }

  /** What is here already, unless its file was lost. */
  private Added again(Received received) throws StorageFailedException {
    Entry entry =
        store.find(state -> same(state, received.sopInstance(), received.digest())).orElse(null);
    if (entry == null) {
      return new Added(new StoreOutcome.AlreadyStored(), null);
    }
    return store.with(_ -> SpoolCode.isOfFile(entry.code)) && isLike(entry, received)
        ? new Added(restore(received, entry), entry.id())
        : new Added(new StoreOutcome.AlreadyStored(), entry.id());
  }

  private StoreOutcome keep(Received received, Origin origin, boolean apart)
      throws StorageFailedException {
    var record =
        new ReceivedRecord(
            received.id(),
            received.sopInstance(),
            received.sopClass(),
            received.study(),
            received.series(),
            received.syntax(),
            received.digest(),
            received.datasetBytes(),
            received.headBytes(),
            origin.callingAe().value(),
            origin.associationId(),
            store.clock.instant().toEpochMilli(),
            settings.urgency().apply(origin.callingAe()),
            apart);
    Path target = folders.original(received.id(), apart);
    received.file().seal();
    place(received.file().path(), target, RecordWriter.received(record));
    if (apart) {
      LOG.warn("event=spool.quarantined instance={}", received.id());
    }
    return apart ? KEPT_APART : new StoreOutcome.Stored();
  }

  /** The file is durable under its name before the record that says so. */
  private void place(Path from, Path to, byte[] record) throws StorageFailedException {
    try {
      store.files.rename(from, to);
    } catch (IOException e) {
      store.doubtful(to);
      throw new StorageFailedException(e);
    }
    try {
      store.write(List.of(record), Set.of(folder(to)));
    } catch (IOException e) {
      store.doubtful(to);
      throw new StorageFailedException(e);
    }
  }

  /** A file that was lost is there again, because its sender sent it once more. */
  private StoreOutcome restore(Received received, Entry entry) throws StorageFailedException {
    received.file().seal();
    Path target = folders.original(entry);
    try {
      store.files.replace(received.file().path(), target);
      store.write(
          List.of(RecordWriter.of(RecordKind.RESTORED, entry.id())), Set.of(folder(target)));
    } catch (IOException e) {
      throw new StorageFailedException(e); // found again at the next start, or sent again
    }
    LOG.info("event=spool.restored instance={}", entry.id());
    return new StoreOutcome.Stored();
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  UUID addDocument(NewDocument document, Path from) throws IOException {
    if (!space.isReserveFree()) {
      throw new StorageFailedException();
    }
    UUID id = UUID.randomUUID();
    try (var file = IncomingFile.create(store.files, folders.incoming(id));
        InputStream in = Files.newInputStream(from)) {
      var stream = new ReceivingStream(in, file, space, new byte[BUFFER_BYTES]);
      stream.readToEnd();
      String digest = stream.digest();
      try (var _ = claims.take(digest)) {
        UUID known = store.find(state -> known(state, digest, document)).orElse(null);
        if (known != null) {
          discardPreview(document);
          return known;
        }
        file.seal();
        keep(id, file, document, stream.byteCount(), digest);
        return id;
      }
    }
  }

  private static @Nullable UUID known(SpoolState state, String digest, NewDocument document) {
    for (DocumentEntry each : state.documents.values()) {
      if (each.isSame(digest, document.study())) {
        return each.record.id();
      }
    }
    return null;
  }

  private void discardPreview(NewDocument document) {
    Path preview = document.preview();
    if (preview != null) {
      store.discard(preview);
    }
  }

  private void keep(UUID id, IncomingFile file, NewDocument document, long byteCount, String digest)
      throws IOException {
    Path target = folders.document(id);
    Path preview = document.preview();
    Set<Path> forced = new HashSet<>(Set.of(folders.documents));
    try {
      if (preview != null) {
        takeOver(store, preview, folders.documentPreview(id));
        forced.add(folders.previews);
      }
      store.files.rename(file.path(), target);
      store.write(
          List.of(
              RecordWriter.document(
                  new DocumentRecord(
                      id,
                      document.study(),
                      document.mediaType(),
                      document.view(),
                      document.title(),
                      byteCount,
                      digest,
                      store.clock.instant().toEpochMilli(),
                      document.urgency(),
                      preview != null))),
          forced);
    } catch (IOException e) {
      store.doubtful(target);
      store.doubtful(folders.documentPreview(id));
      throw e;
    }
  }

  /** Forces what another part of the program wrote, and gives it a name of the spool's. */
  static void takeOver(SpoolStore store, Path from, Path to) throws IOException {
    try (FileChannel channel = store.files.open(from)) {
      store.files.force(channel);
    }
    store.files.rename(from, to);
  }
}
