package org.heliograph.archive;

import java.time.Duration;
import java.util.OptionalLong;
import org.heliograph.archive.blob.move.MoveSteps;
import org.heliograph.archive.ingest.IngestSteps;
import org.heliograph.archive.integrity.ScrubSettings;
import org.heliograph.dicom.durable.DurableFiles;
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
 * @param scrub how stored bytes are read again and compared
 * @param moveSteps is told of the steps of a move between stores; for tests
 */
public record ArchiveSettings(
    @Nullable Long reserveBytes,
    Duration sweepGrace,
    Duration commitPatience,
    DurableFiles files,
    IngestSteps steps,
    ScrubSettings scrub,
    MoveSteps moveSteps) {
  private static final ArchiveSettings DEFAULTS =
      new ArchiveSettings(
          null,
          Duration.ofHours(24),
          Duration.ofSeconds(30),
          DurableFiles.SYSTEM,
          IngestSteps.NONE,
          ScrubSettings.defaults(),
          MoveSteps.NONE);

  public static ArchiveSettings defaults() {
    return DEFAULTS;
  }

  OptionalLong reserve() {
    return reserveBytes == null ? OptionalLong.empty() : OptionalLong.of(reserveBytes);
  }

  public ArchiveSettings withReserveBytes(long bytes) {
    return new ArchiveSettings(bytes, sweepGrace, commitPatience, files, steps, scrub, moveSteps);
  }

  public ArchiveSettings withSweepGrace(Duration grace) {
    return new ArchiveSettings(reserveBytes, grace, commitPatience, files, steps, scrub, moveSteps);
  }

  public ArchiveSettings withCommitPatience(Duration patience) {
    return new ArchiveSettings(reserveBytes, sweepGrace, patience, files, steps, scrub, moveSteps);
  }

  public ArchiveSettings withFiles(DurableFiles operations) {
    return new ArchiveSettings(
        reserveBytes, sweepGrace, commitPatience, operations, steps, scrub, moveSteps);
  }

  public ArchiveSettings withSteps(IngestSteps told) {
    return new ArchiveSettings(
        reserveBytes, sweepGrace, commitPatience, files, told, scrub, moveSteps);
  }

  public ArchiveSettings withScrub(ScrubSettings other) {
    return new ArchiveSettings(
        reserveBytes, sweepGrace, commitPatience, files, steps, other, moveSteps);
  }

  public ArchiveSettings withMoveSteps(MoveSteps told) {
    return new ArchiveSettings(reserveBytes, sweepGrace, commitPatience, files, steps, scrub, told);
  }
}
