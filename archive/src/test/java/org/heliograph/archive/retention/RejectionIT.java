package org.heliograph.archive.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.archive.TestNotes.note;
import static org.heliograph.archive.TestObjects.SITE_A;
import static org.heliograph.archive.TestObjects.SITE_B;
import static org.heliograph.archive.TestObjects.image;
import static org.heliograph.archive.TestObjects.incoming;
import static org.heliograph.archive.TestObjects.uid;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.heliograph.archive.Archive;
import org.heliograph.archive.Recount;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.archive.catalog.Search;
import org.heliograph.archive.catalog.Visibility;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.patients.ChangeOrder;
import org.heliograph.archive.reject.RejectCode;
import org.heliograph.archive.reject.Rejection;
import org.heliograph.archive.reject.Rejections;
import org.heliograph.archive.retrieve.NoSuchFrameException;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejectionIT {
  private static final ChangeOrder ORDER = new ChangeOrder("Ada", "motion");

  private HikariDataSource database;
  private Archive archive;
  private JdbcClient jdbc;
  private Retention retention;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    database = TestDatabase.create();
    jdbc = JdbcClient.create(database);
    archive =
        Archive.open(
            database,
            FileSystemBlobStore.open(folder.resolve("blobs")),
            folder.resolve("staging"),
            InstantSource.system());
    retention = archive.retention(StudyFacts.NONE, RemovalListener.NONE, RemovalSteps.NONE);
  }

  @AfterEach
  void recount() {
    Recount.assertRight(jdbc, "after the test");
  }

  @AfterAll
  void close() {
    archive.close();
    database.close();
  }

  private IngestResult store(UUID site, Dataset dataset) throws IOException {
    return archive.ingest().ingest(incoming(site, dataset));
  }

  private boolean inSight(Dataset image) {
    return archive
        .catalog()
        .instance(SopInstanceUid.of(image.string(Tag.SOPInstanceUID, "")))
        .isPresent();
  }

  private static StudyInstanceUid study() {
    return new StudyInstanceUid(uid());
  }

  private List<Dataset> listed(StudyInstanceUid study, QueryLevel level) {
    return archive
        .catalog()
        .search(
            Search.of(level, Visibility.ofSite(SITE_A))
                .match(Tag.StudyInstanceUID, study.value().value())
                .build())
        .matches();
  }

  @Test
  void a_note_hides_what_it_names_and_the_rest_is_counted_without() throws IOException {
    StudyInstanceUid study = study();
    Dataset bad = image(study, uid(), uid()).build();
    Dataset good = image(study, uid(), uid()).string(Tag.Modality, "DX").build();
    store(SITE_A, bad);
    store(SITE_A, good);

    Dataset note = note(RejectCode.QUALITY, List.of(bad));
    assertThat(store(SITE_A, note)).isInstanceOf(IngestResult.Stored.class);

    assertThat(inSight(bad)).isFalse();
    assertThat(inSight(good)).isTrue();
    Dataset listed = listed(study, QueryLevel.STUDY).getFirst();
    assertThat(listed.integer(Tag.NumberOfStudyRelatedInstances)).hasValue(2);
    assertThat(listed.strings(Tag.ModalitiesInStudy)).containsExactly("DX", "KO");
    assertThat(listed(study, QueryLevel.SERIES)).hasSize(2);
    assertThat(store(SITE_A, note)).isInstanceOf(IngestResult.AlreadyStored.class);
    assertThat(store(SITE_A, bad)).isInstanceOf(IngestResult.AlreadyStored.class);
    assertThat(inSight(bad)).isFalse();
  }

  @Test
  void a_note_that_comes_first_hides_what_comes_later() throws IOException {
    StudyInstanceUid study = study();
    Dataset bad = image(study, uid(), uid()).build();
    store(SITE_A, note(RejectCode.WRONG_WORKLIST_ENTRY, List.of(bad)));

    assertThat(store(SITE_A, bad)).isInstanceOf(IngestResult.Stored.class);

    assertThat(inSight(bad)).isFalse();
    assertThat(listed(study, QueryLevel.STUDY)).isEmpty();
    assertThat(listed(study, QueryLevel.SERIES)).isEmpty();
  }

  @Test
  void a_note_of_another_site_or_about_another_study_hides_nothing() throws IOException {
    Dataset image = image(study(), uid(), uid()).build();
    store(SITE_A, image);
    Dataset foreign =
        note(RejectCode.PATIENT_SAFETY, List.of(image)).toBuilder()
            .string(Tag.StudyInstanceUID, uid().value())
            .build();
    store(SITE_B, foreign);
    Dataset misled =
        note(
            RejectCode.PATIENT_SAFETY,
            List.of(image.toBuilder().string(Tag.StudyInstanceUID, uid().value()).build()));
    store(SITE_A, misled);

    assertThat(inSight(image)).isTrue();
  }

  @Test
  void a_withdrawn_note_gives_back_what_no_other_note_hides() throws IOException {
    StudyInstanceUid study = study();
    Dataset one = image(study, uid(), uid()).build();
    Dataset both = image(study, uid(), uid()).build();
    store(SITE_A, one);
    store(SITE_A, both);
    store(SITE_A, note(RejectCode.QUALITY, List.of(one, both)));
    store(SITE_A, note(RejectCode.PATIENT_SAFETY, List.of(both)));
    Rejection first = archive.rejections().of(study).getLast();

    assertThat(archive.rejections().withdraw(first.id(), "Ada", "was fine")).isTrue();

    assertThat(inSight(one)).isTrue();
    assertThat(inSight(both)).isFalse();
    assertThat(archive.rejections().withdraw(first.id(), "Ada", "again")).isFalse();
    Rejection second = archive.rejections().of(study).getFirst();
    assertThat(second.hiddenCount()).isEqualTo(1);
    archive.rejections().withdraw(second.id(), "Ada", "fine too");
    assertThat(inSight(both)).isTrue();
    try (InputStream in =
        archive
            .retrieve()
            .frame(
                archive
                    .catalog()
                    .instance(SopInstanceUid.of(both.string(Tag.SOPInstanceUID, "")))
                    .orElseThrow(),
                1)
            .open()) {
      assertThat(in.readAllBytes()).isEqualTo(both.bytes(Tag.PixelData));
    } catch (NoSuchFrameException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_site_may_go_on_showing_what_was_rejected_for_quality() throws IOException {
    UUID site = new UUID(0, 0xC);
    StudyInstanceUid study = study();
    Dataset poor = image(study, uid(), uid()).build();
    Dataset unsafe = image(study, uid(), uid()).build();
    store(site, poor);
    store(site, unsafe);
    archive.rejections().quality(site, Rejections.Quality.SHOWN);
    store(site, note(RejectCode.QUALITY, List.of(poor)));
    store(site, note(RejectCode.PATIENT_SAFETY, List.of(unsafe)));

    assertThat(inSight(poor)).isTrue();
    assertThat(inSight(unsafe)).isFalse();
    archive.rejections().quality(site, Rejections.Quality.HIDDEN);
    assertThat(inSight(poor)).isFalse();
    archive.rejections().quality(site, Rejections.Quality.SHOWN);
    assertThat(inSight(poor)).isTrue();
  }

  @Test
  void an_order_makes_one_note_in_the_study_that_can_be_sent_on() throws IOException {
    StudyInstanceUid study = study();
    Dataset bad = image(study, uid(), uid()).build();
    store(SITE_A, bad);
    store(SITE_A, image(study, uid(), uid()).build());
    long order =
        RejectOrders.place(
            jdbc,
            new RejectOrder(
                SITE_A,
                study,
                null,
                SopInstanceUid.of(bad.string(Tag.SOPInstanceUID, "")),
                RejectCode.QUALITY,
                ORDER,
                true,
                null),
            InstantSource.system().instant());

    assertThat(retention.work().orders()).isEqualTo(1);
    assertThat(retention.orders().carryOut(order)).isEqualTo(RejectOrders.State.DONE);

    assertThat(inSight(bad)).isFalse();
    Rejection made = archive.rejections().of(study).getFirst();
    assertThat(made.reason()).isEqualTo("motion");
    assertThat(made.origin()).isEqualTo(RejectOrders.ORIGIN);
    var stored = archive.catalog().instance(made.note()).orElseThrow();
    try (InputStream in = archive.retrieve().partTen(stored)) {
      Dataset note = DicomReader.readPart10(in, ReadOptions.defaults()).dataset();
      assertThat(note.item(Tag.ConceptNameCodeSequence).orElseThrow().string(Tag.CodeValue))
          .contains("113001");
      assertThat(note.string(Tag.PatientName)).isEqualTo(bad.string(Tag.PatientName));
    }
  }

  @Test
  void rejecting_while_the_study_still_arrives_loses_no_count() throws Exception {
    StudyInstanceUid study = study();
    List<Dataset> images =
        Stream.generate(() -> image(study, uid(), uid()).build()).limit(40).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sending =
          images.stream().map(image -> threads.submit(() -> store(SITE_A, image))).toList();
      for (int i = 0; i < 40; i += 10) {
        store(SITE_A, note(RejectCode.QUALITY, images.subList(i, i + 5)));
      }
      for (var one : sending) {
        assertThat(one.get()).isInstanceOf(IngestResult.Stored.class);
      }
    }
    archive.rejections().catchUp();

    assertThat(images.stream().filter(this::inSight)).hasSize(20);
    assertThat(
            listed(study, QueryLevel.STUDY).getFirst().integer(Tag.NumberOfStudyRelatedInstances))
        .hasValue(24);
  }
}
