package org.heliograph.archive.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.archive.TestObjects.SITE_A;
import static org.heliograph.archive.TestObjects.encode;
import static org.heliograph.archive.TestObjects.image;
import static org.heliograph.archive.TestObjects.incoming;
import static org.heliograph.archive.TestObjects.uid;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.Recount;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.TestNotes;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.patients.ChangeOrder;
import org.heliograph.archive.patients.ChangeResult;
import org.heliograph.archive.patients.PatientCorrection;
import org.heliograph.archive.patients.PatientKey;
import org.heliograph.archive.reject.RejectCode;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever happens in whatever order, what is kept count of is what a count gives. */
class LifeOfTheCatalogIT {
  private static final ChangeOrder ORDER = new ChangeOrder("Ada", "at random");
  private static final int STEPS = 70;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 20261121})
  void counts_stay_right_through_any_life(long seed) throws Exception {
    try (HikariDataSource database = TestDatabase.create();
        Archive archive = open(database, Duration.ofHours(24))) {
      var life = new Life(archive, JdbcClient.create(database), new Random(seed));
      for (int step = 0; step < STEPS; step++) {
        String what = "seed " + seed + ", step " + step + ": " + life.step();
        Recount.assertRight(life.jdbc, what);
      }
      life.undoAll();
      Recount.assertRight(life.jdbc, "seed " + seed + ", undone");
      life.everythingShowsWhatWasReceived();
    }
  }

  @Test
  void the_sweep_leaves_hidden_instances_alone() throws Exception {
    try (HikariDataSource database = TestDatabase.create()) {
      Dataset image = image(new StudyInstanceUid(uid()), uid(), uid()).build();
      try (Archive archive = open(database, Duration.ofHours(24))) {
        archive.ingest().ingest(incoming(SITE_A, image));
        archive
            .ingest()
            .ingest(incoming(SITE_A, TestNotes.note(RejectCode.QUALITY, List.of(image))));
      }
      try (Archive archive = open(database, Duration.ofMinutes(-1))) {
        assertThat(archive.sweep().run().blobs()).isZero();
        assertThat(archive.rejections().newest().getFirst().hiddenCount()).isEqualTo(1);
        archive.rejections().withdraw(archive.rejections().newest().getFirst().id(), "Ada", "x");
        var back =
            archive
                .catalog()
                .instance(SopInstanceUid.of(image.string(Tag.SOPInstanceUID, "")))
                .orElseThrow();
        try (InputStream in = archive.retrieve().dataset(back)) {
          assertThat(in.readAllBytes())
              .isEqualTo(encode(image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));
        }
      }
    }
  }

  private Archive open(HikariDataSource database, Duration sweepGrace) throws IOException {
    return Archive.open(
        database,
        FileSystemBlobStore.open(folder.resolve("blobs")),
        folder.resolve("staging"),
        InstantSource.system(),
        ArchiveSettings.defaults().withSweepGrace(sweepGrace));
  }

  private static final class Life {
    private final Archive archive;
    private final JdbcClient jdbc;
    private final Random random;
    private final Retention retention;
    private final List<Dataset> images = new ArrayList<>();
    private final List<StudyInstanceUid> studies = new ArrayList<>();
    private final List<Uid> series = List.of(uid(), uid(), uid());
    private final List<Long> changes = new ArrayList<>();

    Life(Archive archive, JdbcClient jdbc, Random random) {
      this.archive = archive;
      this.jdbc = jdbc;
      this.random = random;
      this.retention = archive.retention(StudyFacts.NONE, RemovalListener.NONE, RemovalSteps.NONE);
      for (int i = 0; i < 5; i++) {
        studies.add(new StudyInstanceUid(uid()));
      }
    }

    String step() throws IOException {
      return switch (random.nextInt(10)) {
        case 0, 1, 2 -> {
          yield "stored " + store(fresh());
        }
        case 3 -> {
          yield "sent again " + (images.isEmpty() ? null : store(any(images)));
        }
        case 4 -> {
          yield "merged " + change(archive.patients().merge(patient(), patient(), ORDER));
        }
        case 5 -> {
          yield "updated " + change(archive.patients().update(patient(), values(), ORDER));
        }
        case 6 -> {
          yield changes.isEmpty()
              ? "nothing to undo"
              : "undone " + archive.patients().undo(SITE_A, changes.removeLast(), ORDER).getClass();
        }
        case 7 -> {
          List<Dataset> some = new ArrayList<>(List.of(fresh()));
          if (!images.isEmpty()) {
            some.add(any(images));
          }
          yield "noted " + store(TestNotes.note(any(List.of(RejectCode.values())), some));
        }
        case 8 -> {
          var known = archive.rejections().newest();
          if (known.isEmpty()) {
            yield "nothing to withdraw";
          }
          yield "withdrawn " + archive.rejections().withdraw(any(known).id(), "Ada", "random");
        }
        default -> {
          RejectOrders.place(
              jdbc,
              new RejectOrder(
                  SITE_A,
                  any(studies),
                  null,
                  null,
                  any(List.of(RejectCode.values())),
                  ORDER,
                  random.nextBoolean(),
                  random.nextBoolean() ? 0 : null),
              Instant.now());
          yield "deleted " + retention.work();
        }
      };
    }

    private Dataset fresh() {
      return image(any(studies), any(series), uid())
          .string(Tag.PatientID, "P" + random.nextInt(4))
          .string(Tag.Modality, any(List.of("CT", "MR", "CR")))
          .build();
    }

    private IngestResult store(Dataset dataset) throws IOException {
      images.add(dataset);
      return archive.ingest().ingest(incoming(SITE_A, dataset));
    }

    private PatientKey patient() {
      return new PatientKey.ById(SITE_A, "P" + random.nextInt(4), "CLINIC");
    }

    private PatientCorrection values() {
      return new PatientCorrection(
          "Name^" + random.nextInt(9),
          null,
          null,
          random.nextInt(3) == 0 ? "P" + random.nextInt(6) : null,
          null);
    }

    private Class<?> change(ChangeResult result) {
      if (result instanceof ChangeResult.Changed done) {
        changes.add(done.changeId());
      }
      return result.getClass();
    }

    void undoAll() {
      while (!changes.isEmpty()) {
        archive.patients().undo(SITE_A, changes.removeLast(), ORDER);
      }
    }

    /** Undone one after the other from the last on, nothing of the changes is left. */
    void everythingShowsWhatWasReceived() {
      assertThat(
              jdbc.sql(
                      "select count(*) from archive.patient_change c where c.kind <> 'UNDO' and not"
                          + " exists (select 1 from archive.patient_change u where u.undoes ="
                          + " c.id)")
                  .query(Long.class)
                  .single())
          .isZero();
      assertThat(
              jdbc.sql("select count(*) from archive.study where corrected_at is not null")
                  .query(Long.class)
                  .single())
          .isZero();
    }

    private <T> T any(List<T> some) {
      return some.get(random.nextInt(some.size()));
    }
  }
}
