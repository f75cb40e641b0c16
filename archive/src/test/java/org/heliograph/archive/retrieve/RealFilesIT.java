package org.heliograph.archive.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.heliograph.archive.Archive;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.TestObjects;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.archive.catalog.Search;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.catalog.Visibility;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files in, and back bit by bit. */
class RealFilesIT {
  @TempDir Path folder;
  private HikariDataSource database;
  private Archive archive;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.create();
    archive =
        Archive.open(
            database,
            FileSystemBlobStore.open(folder.resolve("blobs")),
            folder.resolve("staging"),
            InstantSource.system());
  }

  @AfterEach
  void close() {
    archive.close();
    database.close();
  }

  @Test
  void every_file_with_uids_is_stored_or_quarantined_and_its_pixel_data_comes_back()
      throws IOException {
    int stored = 0;
    int quarantined = 0;
    List<String> refused = new ArrayList<>();
    for (Path file : files(TestObjects.realFiles())) {
      IngestResult result;
      try (var in = Files.newInputStream(file)) {
        result = archive.ingest().ingestPartTen(TestObjects.SITE_A, "upload", in);
      }
      switch (result) {
        case IngestResult.Stored done -> {
          stored++;
          check(file, done);
        }
        case IngestResult.Quarantined _ -> quarantined++;
        case IngestResult.AlreadyStored _ -> quarantined++;
        case IngestResult.Refused reason -> refused.add(file.getFileName() + " " + reason.reason());
      }
    }

    assertThat(stored).isGreaterThan(85);
    assertThat(quarantined).isGreaterThan(5);
    assertThat(refused)
        .containsExactlyInAnyOrder(
            "htj2k-lossless-201.dcm MISSING_UID",
            "jpegls-ilv-line.dcm MISSING_UID",
            "hotiron.dcm MISSING_UID",
            "spring-segmented.dcm MISSING_UID",
            "DICOMDIR MISSING_UID");
  }

  @Test
  void each_encoding_of_one_image_is_stored_in_an_empty_archive() throws Exception {
    for (Path file : files(TestObjects.realFiles().resolve("ts-ct"))) {
      close();
      database = TestDatabase.create();
      archive =
          Archive.open(
              database,
              FileSystemBlobStore.open(folder.resolve("blobs")),
              folder.resolve("staging"),
              InstantSource.system());
      try (var in = Files.newInputStream(file)) {
        IngestResult result = archive.ingest().ingestPartTen(TestObjects.SITE_A, "upload", in);
        assertThat(result)
            .as(file.getFileName().toString())
            .isInstanceOf(IngestResult.Stored.class);
        check(file, (IngestResult.Stored) result);
      }
    }
  }

  @Test
  void non_latin_names_are_found_as_people_type_them() throws IOException {
    for (Path file : files(TestObjects.realFiles().resolve("charset"))) {
      try (var in = Files.newInputStream(file)) {
        archive.ingest().ingestPartTen(TestObjects.SITE_A, "upload", in);
      }
    }

    for (String name : List.of("wang*", "*小东*", "люк*", "ΔΙΟΝ*", "قباني*", "buc*")) {
      Search search =
          Search.of(QueryLevel.STUDY, Visibility.everything())
              .match(Tag.PatientName, name)
              .limit(10)
              .build();
      assertThat(archive.catalog().search(search).matches()).as(name).isNotEmpty();
    }
  }

  private void check(Path file, IngestResult.Stored done) throws IOException {
    StoredInstance stored = archive.catalog().instance(done.instance().instance()).orElseThrow();
    byte[] original = Files.readAllBytes(file);
    byte[] returned;
    try (var in = archive.retrieve().partTen(stored)) {
      returned = in.readAllBytes();
    }
    byte[] dataset = Arrays.copyOfRange(returned, stored.datasetOffset(), returned.length);
    assertThat(original).as(file.toString()).endsWith(dataset);
    ParsedObject object =
        DicomReader.readDataset(
            new java.io.ByteArrayInputStream(dataset),
            TransferSyntax.of(stored.transferSyntax()),
            ReadOptions.defaults().withPixelDataInSource());
    Element pixels = object.dataset().get(Tag.PixelData).orElse(null);
    byte[] plain = object.transferSyntax().deflated() ? inflate(dataset) : dataset;
    switch (pixels) {
      case BulkElement bulk -> checkNative(stored, plain, bulk);
      case EncapsulatedElement encapsulated -> checkFragments(stored, plain, encapsulated);
      case null, default -> {}
    }
    assertThat(archive.retrieve().header(stored).string(Tag.SOPInstanceUID, ""))
        .isEqualTo(stored.instance().toString());
  }

  private void checkNative(StoredInstance stored, byte[] dataset, BulkElement bulk)
      throws IOException {
    byte[] expected =
        Arrays.copyOfRange(dataset, (int) bulk.offset(), (int) (bulk.offset() + bulk.length()));
    var joined = new ByteArrayOutputStream();
    try {
      for (int frame = 1; frame <= stored.numberOfFrames(); frame++) {
        joined.write(archive.retrieve().frame(stored, frame).bytes());
      }
    } catch (NoSuchFrameException e) {
      throw new AssertionError(e);
    }
    if (joined.size() == expected.length || joined.size() == expected.length - 1) {
      assertThat(expected).startsWith(joined.toByteArray());
    }
    try (var in = archive.retrieve().bulkData(stored, bulk.offset(), bulk.length())) {
      assertThat(in.readAllBytes()).isEqualTo(expected);
    }
  }

  private void checkFragments(StoredInstance stored, byte[] dataset, EncapsulatedElement pixels)
      throws IOException {
    var expected = new ByteArrayOutputStream();
    for (int i = 1; i < pixels.fragmentCount(); i++) {
      expected.write(dataset, (int) pixels.fragmentOffset(i), (int) pixels.fragmentLength(i));
    }
    if (stored.transferSyntax().toString().startsWith("1.2.840.10008.1.2.4.10")) {
      return; // video has no frames of its own
    }
    var joined = new ByteArrayOutputStream();
    try {
      for (int frame = 1; frame <= stored.numberOfFrames(); frame++) {
        joined.write(archive.retrieve().frame(stored, frame).bytes());
      }
    } catch (NoSuchFrameException e) {
      throw new AssertionError(e);
    }
    assertThat(joined.toByteArray()).isEqualTo(expected.toByteArray());
  }

  private static byte[] inflate(byte[] dataset) throws IOException {
    try (InputStream in =
        new InflaterInputStream(
            new java.io.ByteArrayInputStream(dataset), new java.util.zip.Inflater(true))) {
      return in.readAllBytes();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".png"))
          .sorted()
          .toList();
    }
  }
}
