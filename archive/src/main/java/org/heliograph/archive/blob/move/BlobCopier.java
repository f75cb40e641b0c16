package org.heliograph.archive.blob.move;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.NoSuchBlobException;
import org.heliograph.archive.blob.SealedFile;
import org.heliograph.archive.blob.StagingFile;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.archive.integrity.DigestCheck;
import org.heliograph.archive.integrity.DigestRows;
import org.heliograph.archive.integrity.FindingKind;
import org.heliograph.archive.integrity.Findings;
import org.heliograph.archive.integrity.StoredDigest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies one blob through a staging file, so that only what is whole reaches the target. */
final class BlobCopier {
  static final int MOST_ATTEMPTS = 3;
  private static final int BUFFER_BYTES = 256 * 1024;

  private final DigestRows digests;
  private final Findings findings;
  private final BlobStore target;
  private final StagingFolder staging;
  private final MoveSteps steps;

  BlobCopier(
      JdbcClient jdbc,
      BlobStore target,
      StagingFolder staging,
      InstantSource clock,
      MoveSteps steps) {
    this.digests = new DigestRows(jdbc);
    this.findings = new Findings(jdbc, clock);
    this.target = target;
    this.staging = staging;
    this.steps = steps;
  }

  enum Outcome {
    COPIED,
    /** It lies nowhere, and no row names it. */
    GONE,
    DAMAGED,
    /** The source does not give it just now. */
    UNREADABLE
  }

  record Copied(Outcome outcome, long byteCount) {}

  /**
   * Copies it.
   *
   * @throws IOException a store does not serve, or the staging folder's disk
   */
  Copied copy(BlobStore source, BlobKey key) throws IOException {
    Optional<StoredDigest> expected = digests.of(key);
    try (StagingFile staged = staging.create()) {
      Optional<FindingKind> found;
      try (InputStream in = source.open(key)) {
        found = read(in, expected, staged);
      } catch (NoSuchBlobException _) {
        return missing(key, expected);
      } catch (StoreUnavailableException e) {
        throw e;
      } catch (IOException e) {
        source.check();
        return unreadable(expected);
      }
      steps.reached(MoveStep.READ);
      if (found.isPresent()) {
        expected.ifPresent(blob -> findings.record(blob, found.get()));
        return new Copied(Outcome.DAMAGED, staged.byteCount());
      }
      SealedFile sealed = staged.seal();
      steps.reached(MoveStep.CHECKED);
      put(key, sealed);
      steps.reached(MoveStep.PUT);
      return new Copied(Outcome.COPIED, sealed.byteCount());
    }
  }

  private static Optional<FindingKind> read(
      InputStream in, Optional<StoredDigest> expected, StagingFile staged) throws IOException {
    if (expected.isPresent()) {
      return DigestCheck.read(
          in, expected.get(), (bytes, length) -> staged.write(bytes, 0, length));
    }
    // One that no row names yet, or any more: its bytes are all there is to know of it.
    in.transferTo(staged);
    return Optional.empty();
  }

  private void put(BlobKey key, SealedFile sealed) throws IOException {
    try {
      target.put(key, sealed);
    } catch (FileAlreadyExistsException _) {
      // A process that died after its put, before the row. Or one that died within it.
      if (!isSame(key, sealed)) {
        target.delete(key);
        target.put(key, sealed);
      }
    }
  }

  private boolean isSame(BlobKey key, SealedFile sealed) throws IOException {
    try (InputStream there = target.open(key);
        InputStream here = Files.newInputStream(sealed.path())) {
      byte[] left = new byte[BUFFER_BYTES];
      byte[] right = new byte[BUFFER_BYTES];
      while (true) {
        int n = there.readNBytes(left, 0, BUFFER_BYTES);
        int m = here.readNBytes(right, 0, BUFFER_BYTES);
        if (n != m || !Arrays.equals(left, 0, n, right, 0, n)) {
          return false;
        }
        if (n == 0) {
          return true;
        }
      }
    }
  }

  private Copied missing(BlobKey key, Optional<StoredDigest> expected) throws IOException {
    try {
      target.byteCount(key);
      return new Copied(Outcome.COPIED, 0);
    } catch (NoSuchBlobException _) {
      // Its row may have been removed since it was read.
      Optional<StoredDigest> still = expected.isEmpty() ? expected : digests.of(key);
      still.ifPresent(blob -> findings.record(blob, FindingKind.MISSING));
      return new Copied(still.isPresent() ? Outcome.DAMAGED : Outcome.GONE, 0);
    }
  }

  private Copied unreadable(Optional<StoredDigest> expected) {
    expected.ifPresent(blob -> findings.record(blob, FindingKind.UNREADABLE));
    return new Copied(Outcome.UNREADABLE, 0);
  }
}
