package org.heliograph.archive.ingest.photo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.StagingFile;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.RefusalReason;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes a photo into the archive: checked, upright, without metadata, as a VL Photographic Image
 * (PS3.3 A.32.4) in the study that the header names. The original file is kept beside it.
 *
 * <p>When {@code Stored} or {@code AlreadyStored} is answered, image and original survive a power
 * cut. The same file with the same header may be given again at any time. Any thread may call;
 * pictures are decoded two at a time, since each may need 400 MB.
 */
public final class PhotoIngest {

  private static final SopClassUid VL_PHOTOGRAPHIC =
      SopClassUid.of(Uids.VlPhotographicImageStorage);
  private static final int AT_ONCE = 2;
  private static final Duration CUT_OFF = Duration.ofHours(1);
  private static final long PATIENCE_SECONDS = 60;

  private final InstanceStore instances;
  private final BlobStore blobs;
  private final StagingFolder staging;
  private final OriginalRows originals;
  private final InstantSource clock;
  private final PhotoPreparation preparation;
  private final PhotoLimits limits;
  private final Semaphore decoding = new Semaphore(AT_ONCE, true);

  public PhotoIngest(
      InstanceStore instances,
      BlobStore blobs,
      StagingFolder staging,
      JdbcClient jdbc,
      InstantSource clock) {
    this(instances, blobs, staging, jdbc, clock, PhotoLimits.defaults());
  }

  PhotoIngest(
      InstanceStore instances,
      BlobStore blobs,
      StagingFolder staging,
      JdbcClient jdbc,
      InstantSource clock,
      PhotoLimits limits) {
    this.instances = instances;
    this.blobs = blobs;
    this.staging = staging;
    this.originals = new OriginalRows(jdbc);
    this.clock = clock;
    this.limits = limits;
    this.preparation = new PhotoPreparation(limits);
  }

  /**
   * Takes one photo.
   *
   * @throws IOException a disk of ours failed; the same call may be repeated
   */
  public PhotoResult ingest(Path file, PhotoHeader header) throws IOException {
    if (Files.size(file) > limits.maxBytes()) {
      return new PhotoResult.Refused(PhotoRefusal.TOO_MANY_BYTES);
    }
    byte[] original = Files.readAllBytes(file);
    PreparedPhoto photo;
    try {
      photo = prepare(original);
    } catch (PhotoRefusedException e) {
      return new PhotoResult.Refused(e.refusal());
    }
    if (photo == null) {
      return new PhotoResult.NotStored(RefusalReason.STORE_UNAVAILABLE);
    }
    byte[] dataset = encoded(VlPhotographicImage.of(header, photo));
    BlobKey kept = keep(original, header);
    IngestResult result =
        instances.ingest(
            new Incoming(
                header.siteId(),
                "upload",
                VlPhotographicImage.TRANSFER_SYNTAX,
                VL_PHOTOGRAPHIC,
                header.instance(),
                new ByteArrayInputStream(dataset)));
    return switch (result) {
      case IngestResult.Stored stored -> {
        link(kept, stored.instance().instanceId());
        yield new PhotoResult.Stored(
            stored.instance(), photo.width(), photo.height(), photo.warnings());
      }
      case IngestResult.AlreadyStored stored -> {
        link(kept, stored.instance().instanceId());
        yield new PhotoResult.AlreadyStored(
            stored.instance(), photo.width(), photo.height(), photo.warnings());
      }
      // Whoever decides about the quarantined image may want the original: it stays.
      case IngestResult.Quarantined apart ->
          new PhotoResult.Quarantined(apart.quarantineId(), apart.reason());
      case IngestResult.Refused refused -> {
        discard(kept);
        yield new PhotoResult.NotStored(refused.reason());
      }
    };
  }

  /** The blob of the camera's file that an instance was made of. */
  public Optional<BlobKey> original(long instanceId) {
    return originals.of(instanceId);
  }

  private @Nullable PreparedPhoto prepare(byte[] original)
      throws PhotoRefusedException, IOException {
    try {
      if (!decoding.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a decoder");
    }
    try {
      return preparation.prepare(original);
    } finally {
      decoding.release();
    }
  }

  private static byte[] encoded(Dataset dataset) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
    DicomWriter.writeDataset(
        out, TransferSyntax.of(VlPhotographicImage.TRANSFER_SYNTAX), dataset, BulkSource.NONE);
    return out.toByteArray();
  }

  private BlobKey keep(byte[] original, PhotoHeader header) throws IOException {
    byte[] digest = sha256(original);
    Optional<BlobKey> earlier =
        originals.unlinked(header.siteId(), digest, clock.instant().minus(CUT_OFF));
    if (earlier.isPresent()) {
      return earlier.get();
    }
    BlobKey key = BlobKey.create();
    try (StagingFile file = staging.create()) {
      file.write(original, 0, original.length);
      blobs.put(key, file.seal());
    }
    originals.keep(key, header.siteId(), original.length, digest, clock.instant());
    return key;
  }

  private void link(BlobKey kept, long instanceId) throws IOException {
    if (!originals.link(kept, instanceId)) {
      discard(kept);
    }
  }

  /**
   * The row first: a blob without a row is swept, a row without a blob would be a broken promise.
   */
  private void discard(BlobKey kept) throws IOException {
    if (originals.forget(kept)) {
      blobs.delete(kept);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
