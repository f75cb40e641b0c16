package org.heliograph.archive.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.archive.TestObjects.SITE_A;
import static org.heliograph.archive.TestObjects.SITE_B;
import static org.heliograph.archive.TestObjects.encode;
import static org.heliograph.archive.TestObjects.image;
import static org.heliograph.archive.TestObjects.incoming;
import static org.heliograph.archive.TestObjects.uid;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.ingest.IngestResult.AlreadyStored;
import org.heliograph.archive.ingest.IngestResult.Quarantined;
import org.heliograph.archive.ingest.IngestResult.Refused;
import org.heliograph.archive.ingest.IngestResult.Stored;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class IngestInstanceIT {
  private static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");

  @TempDir Path folder;
  private HikariDataSource database;
  private BlobStore blobs;
  private Archive archive;
  private JdbcClient jdbc;

  @BeforeEach
  void open() throws IOException, SQLException {
    database = TestDatabase.create();
    jdbc = JdbcClient.create(database);
    blobs = FileSystemBlobStore.open(folder.resolve("blobs"));
    archive = open(ArchiveSettings.defaults());
  }

  private Archive open(ArchiveSettings settings) throws IOException {
    return Archive.open(
        database, blobs, folder.resolve("staging"), InstantSource.fixed(NOW), settings);
  }

  @AfterEach
  void close() {
    archive.close();
    database.close();
  }

  @Test
  void stores_the_data_set_byte_for_byte_behind_its_own_file_head() throws IOException {
    Dataset image = image();
    byte[] sent = encode(image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);

    IngestResult result = archive.ingest().ingest(incoming(SITE_A, image, sent));

    StoredInstance stored = stored(result);
    try (var in = archive.retrieve().dataset(stored)) {
      assertThat(in.readAllBytes()).isEqualTo(sent);
    }
    try (var in = archive.retrieve().partTen(stored)) {
      byte[] file = in.readAllBytes();
      assertThat(Arrays.copyOf(file, 128)).containsOnly(0);
      assertThat(Arrays.copyOfRange(file, 128, 132)).asString().isEqualTo("DICM");
      assertThat(file).hasSize((int) stored.blobBytes()).endsWith(sent);
    }
    assertThat(folder.resolve("staging")).isEmptyDirectory();
  }

  @Test
  void answers_already_stored_to_the_same_bytes_and_keeps_one_copy() throws IOException {
    Dataset image = image();
    StoredInstance first = stored(archive.ingest().ingest(incoming(SITE_A, image)));

    IngestResult again = archive.ingest().ingest(incoming(SITE_A, image));

    assertThat(again).isInstanceOf(AlreadyStored.class);
    assertThat(((AlreadyStored) again).instance().instanceId()).isEqualTo(first.id());
    assertThat(blobCount()).isEqualTo(1);
    assertThat(count("archive.instance")).isEqualTo(1);
    assertThat(count("archive.outbox")).isEqualTo(1);
  }

  @Test
  void quarantines_other_bytes_of_a_stored_uid_and_never_overwrites() throws IOException {
    Dataset image = image();
    StoredInstance first = stored(archive.ingest().ingest(incoming(SITE_A, image)));
    Dataset other = image.toBuilder().string(Tag.PatientID, "P-2").build();

    IngestResult result = archive.ingest().ingest(incoming(SITE_A, other));
    IngestResult again = archive.ingest().ingest(incoming(SITE_A, other));

    assertThat(result).isInstanceOf(Quarantined.class);
    assertThat(((Quarantined) result).reason())
        .isEqualTo(QuarantineReason.DIFFERENT_BYTES_FOR_SAME_UID);
    assertThat(again).isEqualTo(result);
    assertThat(archive.quarantine().open(0, 10))
        .singleElement()
        .satisfies(kept -> assertThat(kept.timesReceived()).isEqualTo(2))
        .satisfies(kept -> assertThat(blobs.byteCount(kept.blob())).isEqualTo(kept.blobBytes()));
    assertThat(archive.quarantine().openAlerts()).isEqualTo(1);
    assertThat(blobCount()).isEqualTo(2);
    assertThat(archive.catalog().instance(first.instance()))
        .get()
        .extracting(StoredInstance::digest)
        .isEqualTo(first.digest());
  }

  @Test
  void quarantines_an_instance_for_a_study_of_another_site() throws IOException {
    var study = new StudyInstanceUid(uid());
    Uid series = uid();
    Dataset ours = image(study, series, uid()).build();
    archive.ingest().ingest(incoming(SITE_A, ours));

    IngestResult newInstance =
        archive.ingest().ingest(incoming(SITE_B, image(study, series, uid()).build()));
    IngestResult sameInstance = archive.ingest().ingest(incoming(SITE_B, ours));

    assertThat(newInstance)
        .isInstanceOfSatisfying(
            Quarantined.class,
            q -> assertThat(q.reason()).isEqualTo(QuarantineReason.STUDY_OF_OTHER_SITE));
    assertThat(sameInstance)
        .isInstanceOfSatisfying(
            Quarantined.class,
            q -> assertThat(q.reason()).isEqualTo(QuarantineReason.STUDY_OF_OTHER_SITE));
    assertThat(count("archive.instance")).isEqualTo(1);
  }

  @Test
  void refuses_what_has_no_identity() throws IOException {
    for (int tag :
        List.of(Tag.SOPClassUID, Tag.SOPInstanceUID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID)) {
      Dataset image = image();
      byte[] without = encode(image.without(tag), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
      byte[] path =
          encode(
              image.toBuilder().text(tag, Vr.UI, "../../etc/passwd").build(),
              TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);

      assertRefused(incoming(SITE_A, image, without), RefusalReason.MISSING_UID);
      assertRefused(incoming(SITE_A, image, path), RefusalReason.INVALID_UID);
    }
    assertNothingKept();
  }

  @Test
  void refuses_what_is_not_what_the_command_said() throws IOException {
    Dataset image = image();
    byte[] bytes = encode(image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    var syntax = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);
    var itsClass = SopClassUid.of(Uids.ComputedRadiographyImageStorage);
    var itsUid = SopInstanceUid.of(image.string(Tag.SOPInstanceUID, ""));

    assertRefused(
        new Incoming(
            SITE_A,
            "upload",
            syntax,
            SopClassUid.of(Uids.CtImageStorage),
            itsUid,
            new ByteArrayInputStream(bytes)),
        RefusalReason.CLASS_MISMATCH);
    assertRefused(
        new Incoming(
            SITE_A,
            "upload",
            syntax,
            itsClass,
            new SopInstanceUid(uid()),
            new ByteArrayInputStream(bytes)),
        RefusalReason.INSTANCE_MISMATCH);
    assertNothingKept();
  }

  @Test
  void refuses_bytes_that_end_too_early_at_any_place() throws IOException {
    Dataset image = image();
    byte[] bytes = encode(image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);

    for (int length = 1; length < bytes.length; length += 97) {
      IngestResult result =
          archive.ingest().ingest(incoming(SITE_A, image, Arrays.copyOf(bytes, length)));

      assertThat(result)
          .as("first %d of %d bytes", length, bytes.length)
          .isInstanceOf(Refused.class);
    }
    assertNothingKept();
  }

  @Test
  void refuses_less_pixel_data_than_described() throws IOException {
    Dataset image = image().toBuilder().integer(Tag.Rows, 65).build();

    assertRefused(incoming(SITE_A, image), RefusalReason.TRUNCATED_PIXEL_DATA);
    assertNothingKept();
  }

  @Test
  void refuses_noise() throws IOException {
    var noise = new byte[100_000];
    new java.util.Random(7).nextBytes(noise);

    assertThat(archive.ingest().ingestPartTen(SITE_A, "upload", new ByteArrayInputStream(noise)))
        .isInstanceOf(Refused.class);
    assertThat(archive.ingest().ingestPartTen(SITE_A, "upload", InputStream.nullInputStream()))
        .isInstanceOf(Refused.class);
    assertNothingKept();
  }

  @Test
  void passes_on_the_failure_of_the_peers_stream_and_keeps_nothing() {
    Dataset image = image();
    byte[] bytes = encode(image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    var cut =
        new FilterInputStream(new ByteArrayInputStream(bytes, 0, 5000)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            if (n < 0) {
              throw new IOException("connection reset");
            }
            return n;
          }
        };

    assertThatThrownBy(() ->
            archive
                .ingest()
                .ingest(
                    new Incoming(
                        SITE_A,
                        "dimse:TEST",
                        TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian),
                        null,
                        null,
                        cut)))
        .hasMessage("connection reset");
    assertNothingKept();
  }

  @Test
  void takes_a_part_10_file_with_preamble_and_without() throws IOException {
    Dataset image = image();
    var file = new ByteArrayOutputStream();
    DicomWriter.writePart10(file, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, image, BulkSource.NONE);
    byte[] withHead = file.toByteArray();
    Arrays.fill(withHead, 0, 128, (byte) 'M'); // a hostile preamble

    StoredInstance stored =
        stored(
            archive.ingest().ingestPartTen(SITE_A, "upload", new ByteArrayInputStream(withHead)));
    IngestResult bare =
        archive
            .ingest()
            .ingestPartTen(
                SITE_A,
                "upload",
                new ByteArrayInputStream(encode(image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)));

    assertThat(bare).isInstanceOf(AlreadyStored.class);
    try (var in = archive.retrieve().partTen(stored)) {
      assertThat(in.readNBytes(128)).containsOnly(0);
    }
  }

  @Test
  void keeps_hostile_text_out_of_columns_and_whole_in_the_blob() throws IOException {
    var builder = image(new StudyInstanceUid(uid()), uid(), uid());
    byte[] longName =
        "<script>alert(1)</script>"
            .repeat(100)
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Dataset image =
        builder
            .bytes(Tag.PatientName, Vr.PN, longName)
            .bytes(Tag.PatientID, Vr.LO, new byte[] {'A', 0, 'B', 27, 'C', ' '})
            .bytes(Tag.StudyDescription, Vr.LO, new byte[5000])
            .bytes(
                Tag.StudyDate,
                Vr.DA,
                "notadate".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .bytes(
                Tag.InstanceNumber,
                Vr.IS,
                "99999999999999".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .build();

    StoredInstance stored = stored(archive.ingest().ingest(incoming(SITE_A, image)));

    assertThat(stored.instanceNumber()).isNull();
    assertThat(
            jdbc.sql("select length(patient_name) from archive.study")
                .query(Integer.class)
                .single())
        .isLessThanOrEqualTo(1024);
  }

  @Test
  void stores_once_what_eight_senders_send_at_once() throws Exception {
    Dataset image = image();
    List<Callable<IngestResult>> sends = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sends.add(() -> archive.ingest().ingest(incoming(SITE_A, image)));
    }

    List<IngestResult> results = all(sends);

    assertThat(results).filteredOn(Stored.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(AlreadyStored.class::isInstance).hasSize(7);
    assertThat(count("archive.instance")).isEqualTo(1);
    assertThat(blobCount()).isEqualTo(1);
  }

  @Test
  void two_processes_that_receive_one_study_make_one_study() throws Exception {
    try (Archive other = open(ArchiveSettings.defaults())) {
      var study = new StudyInstanceUid(uid());
      Uid series = uid();
      List<Callable<IngestResult>> sends = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Archive receiver = i % 2 == 0 ? archive : other;
        Dataset image = image(study, series, uid()).build();
        sends.add(() -> receiver.ingest().ingest(incoming(SITE_A, image)));
      }

      List<IngestResult> results = all(sends);

      assertThat(results).hasOnlyElementsOfType(Stored.class);
      assertThat(count("archive.study")).isEqualTo(1);
      assertThat(count("archive.series")).isEqualTo(1);
      assertThat(count("archive.patient")).isEqualTo(1);
      assertThat(count("archive.instance")).isEqualTo(100);
    }
  }

  @Test
  void refuses_while_the_reserve_is_not_free() throws IOException {
    archive.close();
    archive = open(ArchiveSettings.defaults().withReserveBytes(Long.MAX_VALUE / 2));

    assertRefused(incoming(SITE_A, image()), RefusalReason.OUT_OF_SPACE);
    assertNothingKept();
  }

  @Test
  void refuses_when_the_disk_fails_at_any_operation_and_takes_the_next_send() throws IOException {
    for (String operation : List.of("write", "force")) {
      archive.close();
      archive = open(ArchiveSettings.defaults().withFiles(failing(operation)));
      Dataset image = image();

      assertRefused(incoming(SITE_A, image), RefusalReason.STORE_UNAVAILABLE);
      assertNothingKept();

      archive.close();
      archive = open(ArchiveSettings.defaults());
      assertThat(archive.ingest().ingest(incoming(SITE_A, image))).isInstanceOf(Stored.class);
      jdbc.sql("truncate archive.instance, archive.study cascade").update();
      archive.close();
      archive = open(ArchiveSettings.defaults().withSweepGrace(Duration.ofDays(-36500)));
      archive.sweep().run();
      assertNothingKept();
    }
  }

  @Test
  void refuses_when_the_blob_store_fails_and_promises_nothing() throws IOException {
    for (String operation : List.of("rename", "forceFolder")) {
      archive.close();
      blobs = FileSystemBlobStore.open(folder.resolve("failing-" + operation));
      BlobStore sound = blobs;
      var armed = new boolean[1];
      blobs =
          FileSystemBlobStore.open(
              folder.resolve("failing-" + operation), failing(operation, armed));
      archive = open(ArchiveSettings.defaults());
      armed[0] = true;
      Dataset image = image();

      assertRefused(incoming(SITE_A, image), RefusalReason.STORE_UNAVAILABLE);
      assertThat(count("archive.instance")).isZero();

      armed[0] = false;
      assertThat(archive.ingest().ingest(incoming(SITE_A, image))).isInstanceOf(Stored.class);
      jdbc.sql("truncate archive.instance, archive.study cascade").update();
      blobs = sound;
    }
  }

  @Test
  void refuses_while_the_database_is_away() throws IOException {
    Dataset image = image();
    database.close();

    assertRefused(incoming(SITE_A, image), RefusalReason.STORE_UNAVAILABLE);
  }

  @Test
  void sweeps_away_blobs_that_no_row_names_after_the_grace_period() throws IOException {
    StoredInstance kept = stored(archive.ingest().ingest(incoming(SITE_A, image())));
    StoredInstance orphan = stored(archive.ingest().ingest(incoming(SITE_A, image())));
    jdbc.sql(
            """
            with o as (delete from archive.outbox where instance_ref = :id),
              h as (delete from archive.instance_header where instance_ref = :id),
              f as (delete from archive.frame_index where instance_ref = :id)
            select 1
            """)
        .param("id", orphan.id())
        .query(Integer.class)
        .single();
    jdbc.sql("delete from archive.instance where id = :id").param("id", orphan.id()).update();

    archive.close();
    archive = open(ArchiveSettings.defaults().withSweepGrace(Duration.ofDays(36500)));
    archive.sweep().run();
    assertThat(blobCount()).isEqualTo(2);

    archive.close();
    archive = open(ArchiveSettings.defaults().withSweepGrace(Duration.ofDays(-36500)));
    archive.sweep().run();
    assertThat(blobCount()).isEqualTo(1);
    assertThat(blobs.byteCount(kept.blob())).isEqualTo(kept.blobBytes());
  }

  @Test
  void tells_of_each_arrival_once_and_again_if_the_listener_failed() throws IOException {
    stored(archive.ingest().ingest(incoming(SITE_A, image())));

    assertThatThrownBy(() ->
            archive
                .arrivals()
                .take(
                    10,
                    _ -> {
                      throw new IllegalStateException("not now");
                    }))
        .hasMessage("not now");
    List<Arrival> heard = new ArrayList<>();
    assertThat(archive.arrivals().take(10, heard::addAll)).isEqualTo(1);
    assertThat(archive.arrivals().take(10, heard::addAll)).isZero();

    assertThat(heard)
        .singleElement()
        .satisfies(arrival -> {
          assertThat(arrival.siteId()).isEqualTo(SITE_A);
          assertThat(arrival.accessionNumber()).isEqualTo("H123");
          assertThat(arrival.patientName().alphabetic().familyName()).isEqualTo("Tesfaye");
          assertThat(arrival.bodyPartExamined()).isEqualTo("CHEST");
          assertThat(arrival.receivedAt()).isEqualTo(NOW);
          assertThat(arrival.toString()).doesNotContain("Tesfaye");
        });
  }

  private StoredInstance stored(IngestResult result) {
    assertThat(result).isInstanceOf(Stored.class);
    return archive.catalog().instance(((Stored) result).instance().instance()).orElseThrow();
  }

  private void assertRefused(Incoming incoming, RefusalReason reason) throws IOException {
    assertThat(archive.ingest().ingest(incoming)).isEqualTo(new Refused(reason));
  }

  private void assertNothingKept() {
    assertThat(folder.resolve("staging")).isEmptyDirectory();
    assertThat(blobCount()).isZero();
    assertThat(count("archive.instance")).isZero();
    assertThat(count("archive.study")).isZero();
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }

  private long blobCount() {
    try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<IngestResult> all(List<Callable<IngestResult>> sends) throws Exception {
    List<IngestResult> results = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(sends)) {
        results.add(done.get());
      }
    }
    return results;
  }

  private static DurableFiles failing(String operation) {
    return failing(operation, new boolean[] {true});
  }

  private static DurableFiles failing(String operation, boolean[] armed) {
    return new DurableFiles() {
      private void check(String reached) throws IOException {
        if (armed[0] && reached.equals(operation)) {
          throw new IOException("Input/output error");
        }
      }

      @Override
      public void write(FileChannel channel, java.nio.ByteBuffer bytes) throws IOException {
        check("write");
        DurableFiles.super.write(channel, bytes);
      }

      @Override
      public void force(FileChannel channel) throws IOException {
        check("force");
        DurableFiles.super.force(channel);
      }

      @Override
      public void rename(Path from, Path to) throws IOException {
        check("rename");
        DurableFiles.super.rename(from, to);
      }

      @Override
      public void forceFolder(Path path) throws IOException {
        check("forceFolder");
        DurableFiles.super.forceFolder(path);
      }
    };
  }
}
