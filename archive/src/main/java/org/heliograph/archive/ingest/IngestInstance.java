package org.heliograph.archive.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.SealedFile;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.archive.ingest.GroupCommit.Committed;
import org.heliograph.archive.quota.QuotaGate;
import org.heliograph.archive.reject.Rejections;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.PartTenHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Stores instances. What it answers {@code Stored}, {@code AlreadyStored} or {@code Quarantined}
 * survives a power cut: the blob was forced to the disk and the rows were committed before. Any
 * thread may call it, many at once; their rows share commits.
 */
public final class IngestInstance {
  private static final Logger log = LoggerFactory.getLogger(IngestInstance.class);

  private final BlobStore blobs;
  private final SpaceReserve reserve;
  private final Receiving receiving;
  private final InstanceRows rows;
  private final GroupCommit commits;
  private final IngestSteps steps;
  private final Rejections rejections;
  private final QuotaGate quotas;
  private final InstantSource clock;
  private volatile IngestWatch watch = IngestWatch.NONE;

  IngestInstance(
      BlobStore blobs,
      SpaceReserve reserve,
      Receiving receiving,
      InstanceRows rows,
      GroupCommit commits,
      IngestSteps steps,
      Rejections rejections,
      QuotaGate quotas,
      InstantSource clock) {
    this.blobs = blobs;
    this.reserve = reserve;
    this.receiving = receiving;
    this.rows = rows;
    this.commits = commits;
    this.steps = steps;
    this.rejections = rejections;
    this.quotas = quotas;
    this.clock = clock;
  }

  /**
   * Stores one instance.
   *
   * @throws IOException the peer's stream failed; nothing was stored. Faults of our own disk or
   *     database are no exceptions but refusals
   */
  public IngestResult ingest(Incoming incoming) throws IOException {
    return ingest(incoming, null, null, null).result();
  }

  /** Has somebody told of each ingest from now on. */
  public void watchedBy(IngestWatch other) {
    watch = other;
  }

  private PartTenResult ingest(
      Incoming incoming,
      @Nullable Identity told,
      @Nullable StudyInstanceUid onlyStudy,
      @Nullable Announced announced)
      throws IOException {
    long begun = System.nanoTime();
    var byteCount = new AtomicLong();
    PartTenResult result = ingest(incoming, told, onlyStudy, announced, byteCount);
    watch.ingested(
        incoming.origin(),
        result.result(),
        byteCount.get(),
        Duration.ofNanos(System.nanoTime() - begun));
    return result;
  }

  private PartTenResult ingest(
      Incoming incoming,
      @Nullable Identity told,
      @Nullable StudyInstanceUid onlyStudy,
      @Nullable Announced announced,
      AtomicLong byteCount)
      throws IOException {
    String sopClass = "";
    String sopInstance = "";
    try {
      if (quotas.refuses(incoming.siteId())) {
        incoming.dataset().transferTo(OutputStream.nullOutputStream());
        return refused(incoming, RefusalReason.QUOTA_REACHED, sopClass, sopInstance);
      }
      if (!reserve.allows(0)) {
        incoming.dataset().transferTo(OutputStream.nullOutputStream());
        return refused(incoming, RefusalReason.OUT_OF_SPACE, sopClass, sopInstance);
      }
      Received received = receiving.receive(incoming, told);
      try (var staged = received.staged()) {
        steps.reached(IngestStep.STAGED);
        byteCount.set(staged.byteCount());
        sopClass = received.summary().sopClass().value().value();
        sopInstance = received.summary().instance().value().value();
        if (onlyStudy != null && !onlyStudy.equals(received.summary().study())) {
          throw new RefusedException(RefusalReason.STUDY_MISMATCH);
        }
        if (announced != null) {
          require(announced, received);
        }
        return new PartTenResult(
            store(incoming, received, staged.byteCount(), announced), sopClass, sopInstance);
      }
    } catch (RefusedException e) {
      return refused(incoming, e.reason(), sopClass, sopInstance);
    } catch (StagingFailedException | StoreFailedException | DataAccessException e) {
      log.warn("event=ingest.store.failed cause={}", e.getClass().getSimpleName());
      incoming.dataset().transferTo(OutputStream.nullOutputStream());
      return refused(
          incoming,
          reserveHolds() ? RefusalReason.STORE_UNAVAILABLE : RefusalReason.OUT_OF_SPACE,
          sopClass,
          sopInstance);
    }
  }

  /** Stores the instance in a Part 10 file; a file without preamble or head is taken as well. */
  public IngestResult ingestPartTen(UUID siteId, String origin, InputStream file)
      throws IOException {
    return ingestPartTen(siteId, origin, file, null).result();
  }

  /**
   * The same, and tells which instance it was as far as that could be read.
   *
   * @param onlyStudy an instance of another study is refused; null allows any
   */
  public PartTenResult ingestPartTen(
      UUID siteId, String origin, InputStream file, @Nullable StudyInstanceUid onlyStudy)
      throws IOException {
    PartTenHead head;
    try {
      head = PartTenHead.read(file);
    } catch (DicomFormatException e) {
      file.transferTo(OutputStream.nullOutputStream());
      return new PartTenResult(new IngestResult.Refused(RefusalReason.of(e)), "", "");
    }
    var incoming =
        new Incoming(
            siteId,
            origin,
            TransferSyntaxUid.of(head.transferSyntax()),
            null,
            null,
            head.dataset());
    return ingest(incoming, head.sopClass(), head.sopInstance(), onlyStudy, null);
  }

  /**
   * Stores the instance in a Part 10 file that was announced. One that is stored as the modality
   * made it, before it was recoded without loss, counts as stored.
   */
  public IngestResult ingestAnnounced(
      UUID siteId, String origin, InputStream file, Announced announced) throws IOException {
    PartTenHead head;
    try {
      head = PartTenHead.read(file);
    } catch (DicomFormatException e) {
      return new IngestResult.Refused(RefusalReason.of(e));
    }
    var incoming =
        new Incoming(
            siteId,
            origin,
            TransferSyntaxUid.of(head.transferSyntax()),
            null,
            null,
            head.dataset());
    return ingest(incoming, head.sopClass(), head.sopInstance(), announced.study(), announced)
        .result();
  }

  private static void require(Announced announced, Received received) throws RefusedException {
    if (!announced.instance().equals(received.summary().instance())) {
      throw new RefusedException(RefusalReason.INSTANCE_MISMATCH);
    }
    if (!announced.digest().equals(HexFormat.of().formatHex(received.digest()))) {
      throw new RefusedException(RefusalReason.DIGEST_MISMATCH);
    }
  }

  private PartTenResult ingest(
      Incoming incoming,
      String sopClass,
      String instance,
      @Nullable StudyInstanceUid onlyStudy,
      @Nullable Announced announced)
      throws IOException {
    PartTenResult result = ingest(incoming, Identity.of(sopClass, instance), onlyStudy, announced);
    return result.sopInstance().isEmpty()
        ? new PartTenResult(result.result(), sopClass, instance)
        : result;
  }

  /**
   * Stores an instance that was put together from its parts, as {@link #ingestPartTen} does a file.
   *
   * @param syntax to write it in; pixel data is encapsulated where this says so
   */
  public PartTenResult ingestDataset(
      UUID siteId,
      String origin,
      TransferSyntax syntax,
      Dataset dataset,
      BulkSource bulk,
      @Nullable StudyInstanceUid onlyStudy)
      throws IOException {
    try (var written = new WrittenDataset(syntax, dataset, bulk)) {
      return ingest(
          new Incoming(siteId, origin, syntax.transferSyntaxUid(), null, null, written),
          dataset.string(Tag.SOPClassUID, ""),
          dataset.string(Tag.SOPInstanceUID, ""),
          onlyStudy,
          null);
    }
  }

  /** A place for the parts of instances until they can be put together. */
  public PartSpool spool() throws StoreUnavailableException {
    return receiving.spool();
  }

  private IngestResult store(
      Incoming incoming, Received received, long byteCount, @Nullable Announced announced)
      throws StoreFailedException {
    String receivedDigest = announced == null ? "" : announced.receivedDigest();
    InstanceRows.Before before =
        rows.before(incoming.siteId(), received.summary(), received.digest(), receivedDigest);
    InstanceRef known = before.sameBytes();
    if (known != null) {
      return new IngestResult.AlreadyStored(known);
    }
    if (before.deleted()) {
      return new IngestResult.Refused(RefusalReason.DELETED_FOR_GOOD);
    }
    BlobKey key = BlobKey.create();
    try {
      SealedFile sealed = received.staged().seal();
      steps.reached(IngestStep.SEALED);
      blobs.put(key, sealed);
      steps.reached(IngestStep.BLOB_STORED);
      Committed committed =
          commits.commit(
              new PreparedInstance(
                  incoming.siteId(),
                  incoming.origin(),
                  clock.instant(),
                  received.summary(),
                  received.transferSyntax(),
                  received.digest(),
                  receivedDigest,
                  received.deflatedJson(),
                  received.frames(),
                  key,
                  byteCount,
                  received.datasetOffset()));
      if (!committed.blobReferenced()) {
        discard(key);
      } else if (committed.result() instanceof IngestResult.Stored) {
        hide(received.summary(), before.namedByNote());
      }
      return committed.result();
    } catch (IOException e) {
      throw new StoreFailedException(e);
    }
  }

  /**
   * Does what reject notes say before the sender has its answer. A note and an instance that it
   * names may be stored at the very same moment: then the next {@link Rejections#catchUp} hides it,
   * as it does what a fault left in sight.
   */
  private void hide(InstanceSummary stored, boolean namedByNote) {
    try {
      if (stored.note() != null) {
        rejections.apply(stored.instance());
      }
      if (namedByNote) {
        rejections.applyTo(stored.instance());
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn("event=rejection.postponed cause={}", e.getClass().getSimpleName());
    }
  }

  /** A copy that turned out to be one too many; what cannot be removed now is left to the sweep. */
  private void discard(BlobKey key) {
    try {
      blobs.delete(key);
    } catch (IOException e) {
      log.info("event=blob.discard.postponed blob={}", key.id());
    }
  }

  private static PartTenResult refused(
      Incoming incoming, RefusalReason reason, String sopClass, String sopInstance) {
    log.info("event=instance.refused origin={} reason={}", incoming.origin(), reason);
    return new PartTenResult(new IngestResult.Refused(reason), sopClass, sopInstance);
  }

  private boolean reserveHolds() {
    try {
      return reserve.allows(0);
    } catch (IOException _) {
      return true; // the disk does not even answer
    }
  }
}
