package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.Receipt;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.storage.IncomingInstance;
import org.heliograph.node.storage.InstanceSink;
import org.heliograph.node.storage.StoreOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway keeps until the hub has confirmed it. Whatever a method has changed is durable
 * when it returns; if it throws, nothing has changed. For any number of threads.
 *
 * <p>An instance is one file, forced before it gets its name, and records of a journal that say how
 * far it has come; the journal is forced once for all that wait at a moment. Memory holds some 400
 * bytes an instance and no content.
 */
public final class Spool implements InstanceSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final SpoolStore store;
  private final Space space;
  private final Intake intake;
  private final Handover handover;
  private final Shipping shipping;
  private final Pruning pruning;
  private final AtomicReference<@Nullable Verification> verification = new AtomicReference<>();

  private Spool(SpoolSettings settings, SpoolStore store) throws IOException {
    this.store = store;
    space = new Space(settings.folder(), store.files, settings.reserveBytes());
    intake = new Intake(settings, store, space);
    handover = new Handover(store);
    shipping = new Shipping(store);
    pruning = new Pruning(store, space);
  }

  /**
   * Opens the spool and makes it where it is missing. Files and journal are brought together: see
   * {@link #damaged} and {@link #journalSkippedBytes}. Needs no free space.
   *
   * @throws IOException the folder cannot be used, or a newer version wrote the journal
   */
  public static Spool open(SpoolSettings settings, DurableFiles files, InstantSource clock)
      throws IOException {
    SpoolStore store = SpoolStore.open(settings, files, clock);
    try {
      var spool = new Spool(settings, store);
      new Recovery(store, spool.shipping).run();
      return spool;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public StoreOutcome receive(IncomingInstance incoming) throws IOException {
    return intake.receive(incoming);
  }

  /**
   * Copies a Part 10 file in; the caller may delete it afterwards.
   *
   * @param origin what stands for the sender: an AE title of the watch folder's own
   */
  public Added addFile(Path partTen, String origin) throws IOException {
    return intake.addFile(partTen, new AeTitle(origin));
  }

  /**
   * Copies a photo or a PDF in; the caller may delete it afterwards. The same file for the same
   * patient is not kept twice while the spool has it.
   */
  public UUID addDocument(NewDocument document, Path file) throws IOException {
    return intake.addDocument(document, file);
  }

  private static @Nullable SpooledInstance told(@Nullable Entry entry) {
    return entry == null ? null : entry.told();
  }

  public Optional<SpooledInstance> find(UUID id) {
    return store.find(state -> told(state.find(id)));
  }

  /** Not the quarantined ones. */
  public Optional<SpooledInstance> bySopInstance(SopInstanceUid uid) {
    return store.find(state -> told(state.bySopInstance(uid.value().value())));
  }

  /** Whether the hub has signed for an instance that was pruned since, as far as is remembered. */
  public boolean wasConfirmed(SopInstanceUid uid) {
    return store.with(state -> state.remembered.knows(uid.value().value()));
  }

  public Optional<SpooledDocument> document(UUID id) {
    return store.find(state -> {
      DocumentEntry entry = state.documents.get(id);
      return entry == null ? null : entry.told();
    });
  }

  /** The oldest first. */
  public List<SpooledInstance> in(InstanceState state, int limit) {
    return store.with(spool -> {
      List<SpooledInstance> found = new ArrayList<>();
      for (Entry e = spool.list(state).first(); e != null && found.size() < limit; e = e.after) {
        found.add(e.told());
      }
      return found;
    });
  }

  /** The oldest first. */
  public List<SpooledDocument> documentsIn(InstanceState state, int limit) {
    return store.with(spool ->
        spool.documents.values().stream()
            .filter(document -> document.state == state)
            .limit(limit)
            .map(DocumentEntry::told)
            .toList());
  }

  /** All that the spool has of a study, the oldest first, the quarantined ones apart. */
  public List<SpooledInstance> ofStudy(StudyInstanceUid study) {
    return store.with(state -> {
      List<SpooledInstance> found = new ArrayList<>();
      StudyEntry entry = state.studies.get(study.value().value());
      if (entry != null) {
        entry.series.values().forEach(series -> series.forEach(e -> found.add(e.told())));
      }
      found.sort(Comparator.comparing(SpooledInstance::receivedAt));
      return found;
    });
  }

  /** The Part 10 file as it is sent on: the original, or the prepared one. */
  public Path file(SpooledInstance instance) {
    return store.with(state -> {
      Entry entry = state.find(instance.id());
      return entry == null
          ? store.folders.original(instance.id(), false)
          : store.folders.file(entry);
    });
  }

  public Path file(SpooledDocument document) {
    return store.folders.document(document.id());
  }

  /** A new name for a file that a preparer writes and {@link #prepared} takes over. */
  public Path newFile(SpooledInstance instance, String suffix) {
    return store.folders.incoming.resolve(UUID.randomUUID() + suffix);
  }

  public Optional<Path> preview(SpooledInstance instance) {
    return store
        .find(state -> {
          Entry entry = state.find(instance.id());
          PreparedEntry prepared = entry == null ? null : entry.prepared();
          return prepared == null || !prepared.preview
              ? null
              : store.folders.preview(instance.id(), prepared.tag);
        })
        .filter(Files::exists);
  }

  public Optional<Path> preview(SpooledDocument document) {
    return Optional.of(store.folders.documentPreview(document.id())).filter(Files::exists);
  }

  /**
   * Takes over what was made of a received instance. Without effect if it is not {@link
   * InstanceState#RECEIVED} any more.
   */
  public void prepared(UUID id, Prepared prepared) throws IOException {
    handover.prepared(id, prepared);
  }

  /** Sets an instance or a document aside for a person to look at. */
  public void parked(UUID id, String code) throws IOException {
    handover.parked(id, code);
  }

  /**
   * Tries again what was parked: an instance, a document or a parcel. A quarantined instance is
   * sent on when nothing else of its UID waits; the hub will keep it apart as well.
   *
   * @return whether it goes on; not if its file is still damaged or missing
   */
  public boolean retry(UUID id) throws IOException {
    return handover.retry(id);
  }

  /** Whether the file is as it was written; if not, it is set aside and the instance is parked. */
  public boolean verify(UUID id) throws IOException {
    return handover.verify(id);
  }

  /**
   * Makes a parcel of prepared instances and documents. What is in its folder by then is durable.
   *
   * @throws IllegalStateException if one of them is not {@link InstanceState#PREPARED}
   */
  public void parcel(ParcelRecord parcel) throws IOException {
    shipping.parcel(parcel);
  }

  /** The oldest first, the parked ones too. */
  public List<ParcelRecord> openParcels() {
    return store.with(state -> state.parcels.values().stream().map(ParcelEntry::told).toList());
  }

  public Optional<ParcelRecord> parcel(UUID parcel) {
    return store.find(state -> {
      ParcelEntry entry = state.parcels.get(parcel);
      return entry == null ? null : entry.told();
    });
  }

  /** A folder for a parcel's manifest and bundles; there until the parcel is closed. */
  public Path parcelFolder(UUID parcel) throws IOException {
    return shipping.folder(parcel);
  }

  public void announced(UUID parcel) throws IOException {
    store.write(RecordWriter.of(RecordKind.ANNOUNCED, parcel));
  }

  public void partWhole(UUID parcel, int part) throws IOException {
    store.write(RecordWriter.part(parcel, part, true));
  }

  public void partWanted(UUID parcel, int part) throws IOException {
    store.write(RecordWriter.part(parcel, part, false));
  }

  public void parkedParcel(UUID parcel, String code) throws IOException {
    store.write(RecordWriter.parcelParked(parcel, code));
  }

  /** Gives a parcel up: what is not confirmed waits for another one. */
  public void dissolve(UUID parcel) throws IOException {
    shipping.dissolve(parcel);
  }

  /** Applies one receipt; one whose signature is wrong changes nothing. */
  public void receipt(Receipt receipt, boolean signatureIsRight) throws IOException {
    if (signatureIsRight) {
      receipts(List.of(receipt));
    } else {
      LOG.warn("event=spool.receipt.forged parcel={}", receipt.parcel());
    }
  }

  /** Applies receipts whose signatures are right, all with one force. */
  public void receipts(Collection<Receipt> receipts) throws IOException {
    shipping.receipts(receipts);
  }

  /** Sets how soon a study is read; also for what comes later, and for its open parcels. */
  public void urgent(StudyInstanceUid study, Urgency urgency) throws IOException {
    store.write(RecordWriter.urgent(study.value().value(), urgency));
  }

  public Optional<String> note(String key) {
    return store.find(state -> state.notes.get(key));
  }

  /** Keeps a small fact. */
  public void note(String key, String value) throws IOException {
    store.write(RecordWriter.note(key, value));
  }

  public SpoolTotals totals() throws IOException {
    return Totals.of(store, space);
  }

  /** Those that something came for last first. */
  public List<StudyProgress> studies() {
    return store.with(state ->
        state.studies.values().stream()
            .map(StudyEntry::progress)
            .sorted(Comparator.comparing(StudyProgress::lastReceivedAt).reversed())
            .toList());
  }

  /** Files that were set aside, the newest first. */
  public List<DamagedFile> damaged(int limit) throws IOException {
    return Totals.damaged(store.folders.damaged, limit);
  }

  /** Of the journal that could not be read when it was opened; 0 is right. */
  public long journalSkippedBytes() {
    return store.journalSkippedBytes();
  }

  /** Reads slowly, on a thread of its own, what waited at the start, and compares the digests. */
  public void startVerification(long bytesPerSecond) {
    Verification before = verification.getAndSet(new Verification(store, handover, bytesPerSecond));
    if (before != null) {
      before.close();
    }
  }

  /** Removes confirmed files; never what is not confirmed. */
  public int prune(PrunePolicy policy) throws IOException {
    return pruning.prune(policy);
  }

  /** Is told after every change, on any thread; it must be quick. */
  public void onChange(Runnable listener) {
    store.onChange(listener);
  }

  @Override
  public void close() throws IOException {
    Verification running = verification.getAndSet(null);
    if (running != null) {
      running.close();
    }
    store.close();
  }
}
