package org.heliograph.archive.patients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.archive.TestObjects.SITE_A;
import static org.heliograph.archive.TestObjects.encode;
import static org.heliograph.archive.TestObjects.image;
import static org.heliograph.archive.TestObjects.incoming;
import static org.heliograph.archive.TestObjects.uid;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.heliograph.archive.Archive;
import org.heliograph.archive.Recount;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.catalog.IncludedFields;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.archive.catalog.Search;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.catalog.Visibility;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.patients.ChangeResult.Changed;
import org.heliograph.archive.patients.ChangeResult.NotChanged;
import org.heliograph.archive.patients.ChangeResult.Reason;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.json.DicomJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatientChangesIT {
  private static final ChangeOrder ORDER = new ChangeOrder("Ada", "typing mistake");

  private HikariDataSource database;
  private Archive archive;
  private JdbcClient jdbc;

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
  }

  @AfterAll
  void close() {
    Recount.assertRight(jdbc, "after all");
    archive.close();
    database.close();
  }

  private static Dataset.Builder of(StudyInstanceUid study, String id) {
    return image(study, uid(), uid()).string(Tag.PatientID, id);
  }

  private static StudyInstanceUid study() {
    return new StudyInstanceUid(uid());
  }

  private static PatientKey key(String id) {
    return new PatientKey.ById(SITE_A, id, "CLINIC");
  }

  private StoredInstance store(Dataset dataset) throws IOException {
    IngestResult result = archive.ingest().ingest(incoming(SITE_A, dataset));
    assertThat(result).isInstanceOf(IngestResult.Stored.class);
    return stored(dataset);
  }

  private StoredInstance stored(Dataset dataset) {
    return archive
        .catalog()
        .instance(SopInstanceUid.of(dataset.string(Tag.SOPInstanceUID, "")))
        .orElseThrow();
  }

  private List<Dataset> found(QueryLevel level, int tag, String value) {
    return archive
        .catalog()
        .search(
            Search.of(level, Visibility.ofSite(SITE_A))
                .match(tag, value)
                .include(new IncludedFields(true, Set.of()))
                .build())
        .matches();
  }

  private Dataset partTen(StoredInstance instance) throws IOException {
    try (InputStream in = archive.retrieve().partTen(instance)) {
      return DicomReader.readPart10(in, ReadOptions.inMemory(1 << 20)).dataset();
    }
  }

  private static PatientCorrection name(String name) {
    return new PatientCorrection(name, null, null, null, null);
  }

  @Test
  void a_corrected_patient_is_what_searches_headers_and_streams_show() throws IOException {
    Dataset sent = of(study(), "U-1").build();
    StoredInstance before = store(sent);
    byte[] bytes = encode(sent, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);

    archive
        .patients()
        .update(
            key("U-1"),
            new PatientCorrection("Übel^Änne", LocalDate.of(1991, 1, 2), "O", null, null),
            ORDER);

    StoredInstance now = stored(sent);
    assertThat(found(QueryLevel.STUDY, Tag.PatientName, "übel*")).hasSize(1);
    assertThat(found(QueryLevel.PATIENT, Tag.PatientID, "U-1").getFirst().string(Tag.PatientSex))
        .contains("O");
    Dataset json = DicomJson.read(archive.retrieve().metadata(now, "http://x"));
    for (Dataset header : List.of(archive.retrieve().header(now), partTen(now), json)) {
      assertThat(header.string(Tag.PatientName)).contains("Übel^Änne");
      assertThat(header.date(Tag.PatientBirthDate)).contains(LocalDate.of(1991, 1, 2));
      assertThat(header.string(Tag.PatientID)).contains("U-1");
      Dataset original = header.item(Tag.OriginalAttributesSequence).orElseThrow();
      assertThat(original.string(Tag.ReasonForTheAttributeModification)).contains("CORRECT");
      Dataset values = original.item(Tag.ModifiedAttributesSequence).orElseThrow();
      assertThat(values.string(Tag.PatientName)).isEqualTo(sent.string(Tag.PatientName));
      assertThat(values.contains(Tag.PatientID)).isFalse();
    }
    assertThat(partTen(now).bytes(Tag.PixelData)).isEqualTo(sent.bytes(Tag.PixelData));
    try (InputStream in = archive.retrieve().dataset(now)) {
      assertThat(in.readAllBytes()).hasSize((int) archive.retrieve().datasetSource(now).length());
    }
    try (InputStream in = archive.retrieve().storedDataset(now)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(now.digest()).isEqualTo(before.digest());
    assertThat(now.blob()).isEqualTo(before.blob());
  }

  @Test
  void large_and_deflated_and_big_endian_objects_are_corrected_on_their_way_out()
      throws IOException {
    StudyInstanceUid study = study();
    archive.ingest().ingest(incoming(SITE_A, of(study, "L-1").build()));
    archive.patients().update(key("L-1"), name("Large^One"), ORDER);
    for (String syntax :
        List.of(
            Uids.ImplicitVrLittleEndian,
            Uids.ExplicitVrBigEndian,
            Uids.DeflatedExplicitVrLittleEndian)) {
      Dataset sent =
          of(study, "L-1")
              .integer(Tag.Rows, 640)
              .integer(Tag.Columns, 640)
              .bytes(Tag.PixelData, Vr.OW, new byte[640 * 640 * 2])
              .build();
      archive
          .ingest()
          .ingest(
              new Incoming(
                  SITE_A,
                  "test",
                  TransferSyntaxUid.of(syntax),
                  null,
                  null,
                  new ByteArrayInputStream(encode(sent, TransferSyntax.of(syntax)))));
      StoredInstance stored = stored(sent);
      Dataset out = partTen(stored);

      assertThat(out.string(Tag.PatientName)).as(syntax).contains("Large^One");
      assertThat(out.bytes(Tag.PixelData)).isEqualTo(sent.bytes(Tag.PixelData));
      try (InputStream in = archive.retrieve().dataset(stored)) {
        assertThat(in.readAllBytes())
            .hasSize((int) archive.retrieve().datasetSource(stored).length());
      }
    }
  }

  @Test
  void merged_patients_are_one_until_the_merge_is_undone() throws IOException {
    Dataset wrong = of(study(), "W-1").string(Tag.PatientName, "Wrong^Spelled").build();
    Dataset right = of(study(), "R-1").string(Tag.PatientName, "Right^Spelled").build();
    store(wrong);
    store(right);

    var merged = (Changed) archive.patients().merge(key("W-1"), key("R-1"), ORDER);
    Dataset later = of(study(), "W-1").string(Tag.PatientName, "Wrong^Again").build();
    store(later);

    assertThat(merged.studies()).hasSize(2);
    assertThat(found(QueryLevel.PATIENT, Tag.PatientID, "W-1")).isEmpty();
    assertThat(found(QueryLevel.STUDY, Tag.PatientID, "R-1")).hasSize(3);
    assertThat(partTen(stored(later)).string(Tag.PatientName)).contains("Right^Spelled");
    assertThat(
            partTen(stored(later))
                .item(Tag.OriginalAttributesSequence)
                .orElseThrow()
                .item(Tag.ModifiedAttributesSequence)
                .orElseThrow()
                .string(Tag.PatientID))
        .contains("W-1");

    var undone = archive.patients().undo(SITE_A, merged.changeId(), ORDER);

    assertThat(undone).isInstanceOf(Changed.class);
    assertThat(found(QueryLevel.STUDY, Tag.PatientID, "R-1")).hasSize(1);
    assertThat(found(QueryLevel.STUDY, Tag.PatientID, "W-1")).hasSize(2);
    assertThat(stored(wrong).corrected()).isNull();
    assertThat(stored(later).corrected()).isNull();
    assertThat(archive.patients().history(key("R-1")))
        .extracting(PatientChange::kind)
        .containsExactly(PatientChange.Kind.UNDO, PatientChange.Kind.MERGE);
    assertThat(archive.patients().undo(SITE_A, merged.changeId(), ORDER))
        .isEqualTo(new NotChanged(Reason.NOT_UNDOABLE));
  }

  @Test
  void a_new_number_is_one_more_number_and_not_that_of_another() throws IOException {
    store(of(study(), "N-1").build());
    store(of(study(), "N-9").build());
    var number = new PatientCorrection(null, null, null, "N-2", null);

    assertThat(
            archive
                .patients()
                .update(key("N-1"), new PatientCorrection(null, null, null, "N-9", null), ORDER))
        .isEqualTo(new NotChanged(Reason.ID_OF_ANOTHER));
    assertThat(archive.patients().update(key("N-1"), number, ORDER)).isInstanceOf(Changed.class);
    store(of(study(), "N-1").build());

    assertThat(found(QueryLevel.STUDY, Tag.PatientID, "N-2")).hasSize(2);
    assertThat(found(QueryLevel.STUDY, Tag.PatientID, "N-1")).isEmpty();
  }

  @Test
  void what_was_changed_since_is_not_undone_and_history_stays() throws IOException {
    store(of(study(), "H-1").build());
    var first = (Changed) archive.patients().update(key("H-1"), name("One^A"), ORDER);
    archive.patients().update(key("H-1"), name("Two^B"), ORDER);

    assertThat(archive.patients().undo(SITE_A, first.changeId(), ORDER))
        .isEqualTo(new NotChanged(Reason.CHANGED_SINCE));
    assertThat(archive.patients().update(key("H-1"), name("Two^B"), ORDER))
        .isEqualTo(new NotChanged(Reason.NOTHING_TO_DO));
    assertThat(archive.patients().merge(key("H-1"), key("nobody"), ORDER))
        .isEqualTo(new NotChanged(Reason.NOT_FOUND));
    assertThatThrownBy(() -> jdbc.sql("delete from archive.patient_change").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> name("a=b=c=d")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PatientCorrection(null, null, "X", null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void instances_that_arrive_during_merges_are_all_filed_to_whoever_stands() throws Exception {
    store(of(study(), "C-0").build());
    store(of(study(), "C-1").build());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var senders =
          IntStream.range(0, 4)
              .mapToObj(n ->
                  threads.submit(() -> {
                    for (int i = 0; i < 15; i++) {
                      store(of(study(), "C-" + i % 2).build());
                    }
                    return n;
                  }))
              .toList();
      for (int i = 0; i < 6; i++) {
        var merged =
            (Changed) archive.patients().merge(key("C-" + i % 2), key("C-" + (i + 1) % 2), ORDER);
        archive.patients().undo(SITE_A, merged.changeId(), ORDER);
      }
      archive.patients().merge(key("C-0"), key("C-1"), ORDER);
      for (var sender : senders) {
        sender.get();
      }
    }

    assertThat(found(QueryLevel.STUDY, Tag.PatientID, "C-1")).hasSize(62);
    assertThat(found(QueryLevel.STUDY, Tag.PatientID, "C-0")).isEmpty();
  }
}
