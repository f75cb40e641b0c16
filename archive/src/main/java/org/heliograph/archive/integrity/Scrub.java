package org.heliograph.archive.integrity;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.NoSuchBlobException;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.archive.integrity.DigestCheck.Sink;
import org.heliograph.archive.integrity.ScrubRows.Place;
import org.heliograph.archive.integrity.StoredDigest.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads everything that is stored, over and over at a set pace, and compares it with the digests
 * taken when it was received. It records what it finds and raises an alert; it never deletes or
 * changes anything stored. Its place is kept in the database, so that a pass goes on after a
 * restart. Of many processes one scrubs at a time.
 */
public final class Scrub {
  private static final Logger log = LoggerFactory.getLogger(Scrub.class);
  private static final int BATCH_SIZE = 32;
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final DataSource database;
  private final BlobStore blobs;
  private final DigestRows digests;
  private final ScrubRows rows;
  private final Findings findings;
  private final InstantSource clock;
  private final ScrubSettings settings;
  private final Pace pace;

  public Scrub(
      DataSource database,
      BlobStore blobs,
      InstantSource clock,
      ScrubSettings settings,
      Pace.Sleeper sleeper) {
    JdbcClient jdbc = JdbcClient.create(database);
    this.database = database;
    this.blobs = blobs;
    this.digests = new DigestRows(jdbc);
    this.rows = new ScrubRows(jdbc);
    this.findings = new Findings(jdbc, clock);
    this.clock = clock;
    this.settings = settings;
    this.pace = new Pace(sleeper);
  }

  /** How far the scrub of an archive is, whichever process does it. */
  public static ScrubStatus status(JdbcClient jdbc, InstantSource clock) {
    long open = new Findings(jdbc, clock).open();
    return new ScrubRows(jdbc)
        .read()
        .map(place ->
            new ScrubStatus(
                place.pass(),
                place.phase(),
                place.blobs(),
                place.bytes(),
                place.beganAt(),
                place.endedAt(),
                open))
        .orElse(new ScrubStatus(0, Phase.ENDED, 0, 0, null, null, open));
  }

  /** Runs passes when they are due, until the thread is interrupted. */
  public void runUntilInterrupted() throws InterruptedException {
    while (settings.bytesPerSecond() > 0) {
      Thread.sleep(PAUSE);
      try {
        runIfDue();
      } catch (IOException | SQLException | RuntimeException e) {
        log.warn("event=scrub.postponed cause={}", e.getClass().getSimpleName());
      }
    }
  }

  /**
   * Goes on with a pass that is not at its end, or begins one that is due. Returns at its end;
   * false if there was nothing to do.
   *
   * @throws IOException the store does not serve; the pass goes on from here next time
   */
  public boolean runIfDue() throws IOException, SQLException, InterruptedException {
    Optional<OneProcess> job = OneProcess.take(database, OneProcess.Job.SCRUB);
    if (job.isEmpty()) {
      return false;
    }
    try (OneProcess _ = job.get()) {
      Place place = rows.read().orElse(null);
      if (place == null) {
        place = Place.ofNew(1, clock.instant());
      } else if (place.phase() == Phase.ENDED) {
        if (clock.instant().isBefore(place.beganAt().plus(settings.every()))) {
          return false;
        }
        place = Place.ofNew(place.pass() + 1, clock.instant());
      }
      rows.write(place);
      run(place);
      return true;
    }
  }

  private void run(Place from) throws IOException, InterruptedException {
    Place place = from;
    while (place.phase() != Phase.ENDED) {
      List<StoredDigest> batch =
          digests.next(place.phase(), place.lastId(), place.lastKey(), BATCH_SIZE);
      place = batch.isEmpty() ? place.nextPhase(clock.instant()) : check(place, batch);
      rows.write(place);
    }
    log.info(
        "event=scrub.pass.ended pass={} blobs={} bytes={} findings={}",
        place.pass(),
        place.blobs(),
        place.bytes(),
        findings.open());
  }

  private Place check(Place place, List<StoredDigest> batch)
      throws IOException, InterruptedException {
    List<BlobKey> sound = new ArrayList<>(batch.size());
    long bytes = 0;
    for (StoredDigest blob : batch) {
      pace.take(blob.byteCount(), settings.bytesPerSecond());
      bytes += blob.byteCount();
      Optional<FindingKind> found = look(blob);
      if (found.isPresent()) {
        // Once more, in case the bytes suffered on their way here.
        found = look(blob);
      }
      if (found.isEmpty()) {
        sound.add(blob.key());
      } else if (isStillNamed(blob)) {
        findings.record(blob, found.get());
      }
    }
    findings.resolve(sound);
    return place.after(batch.getLast(), batch.size(), bytes);
  }

  /** A blob may have been removed with its row since the row was read. */
  private boolean isStillNamed(StoredDigest blob) {
    return digests.of(blob.key()).isPresent();
  }

  private Optional<FindingKind> look(StoredDigest blob) throws IOException {
    try (InputStream in = blobs.open(blob.key())) {
      return DigestCheck.read(in, blob, Sink.NONE);
    } catch (NoSuchBlobException _) {
      return Optional.of(FindingKind.MISSING);
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (IOException e) {
      blobs.check(); // one unreadable blob, or all of them?
      return Optional.of(FindingKind.UNREADABLE);
    }
  }
}
