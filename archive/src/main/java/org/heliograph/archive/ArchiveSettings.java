package org.heliograph.archive;

import java.time.Duration;
import java.util.OptionalLong;
import org.heliograph.archive.blob.DurableFiles;
import org.heliograph.archive.ingest.IngestSteps;
import org.jspecify.annotations.Nullable;

/**
 * What an archive can be told beside its stores.
 *
 * @param reserveBytes space to leave free, or null for 1 GiB or 2 % of the volume, whichever is
 *     less
 * @param sweepGrace age below which nothing is swept away
 * @param commitPatience how long an ingest waits for its commit before it is refused
 * @param files the operations that staging files are made with
 * @param steps is told of the steps of each ingest; for tests
 */
public record ArchiveSettings(
    @Nullable Long reserveBytes,
    Duration sweepGrace,
    Duration commitPatience,
    DurableFiles files,
    IngestSteps steps) {
  private static final ArchiveSettings DEFAULTS =
      new ArchiveSettings(
          null,
          Duration.ofHours(24),
          Duration.ofSeconds(30),
          DurableFiles.SYSTEM,
          IngestSteps.NONE);

  public static ArchiveSettings defaults() {
    return DEFAULTS;
  }

  OptionalLong reserve() {
    return reserveBytes == null ? OptionalLong.empty() : OptionalLong.of(reserveBytes);
  }

  public ArchiveSettings withReserveBytes(long bytes) {
    return new ArchiveSettings(bytes, sweepGrace, commitPatience, files, steps);
  }

  public ArchiveSettings withSweepGrace(Duration grace) {
    return new ArchiveSettings(reserveBytes, grace, commitPatience, files, steps);
  }

  public ArchiveSettings withCommitPatience(Duration patience) {
    return new ArchiveSettings(reserveBytes, sweepGrace, patience, files, steps);
  }

  public ArchiveSettings withFiles(DurableFiles operations) {
    return new ArchiveSettings(reserveBytes, sweepGrace, commitPatience, operations, steps);
  }

  public ArchiveSettings withSteps(IngestSteps told) {
    return new ArchiveSettings(reserveBytes, sweepGrace, commitPatience, files, told);
  }
}
