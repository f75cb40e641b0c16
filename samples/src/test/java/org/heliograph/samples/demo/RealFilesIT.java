package org.heliograph.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.heliograph.archive.Archive;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.reader.Hub;
import org.heliograph.reader.HubOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Files made by others go in by C-STORE, sent by dcmtk where it knows their encoding and by our own
 * SCU otherwise, and come back by WADO-RS with the same pixels bit for bit. Some are encodings of
 * one image under one UID: they go in one at a time, into a store that was emptied in between.
 */
class RealFilesIT {
  private static final Path DATA = Path.of("..", "..", "shared", "data", "dicom");
  private static final AeTitle CALLING = new AeTitle(DemoClinic.DEMO_CLINIC_A.name());
  private static final AeTitle CALLED = new AeTitle("HELIOGRAPH");
  private static final String EMPTY =
      """
      truncate archive.patient, archive.study, archive.series, archive.instance,
               archive.instance_header, archive.frame_index, archive.outbox, archive.quarantine,
               archive.alert, archive.kept_blob, archive.series_request
               cascade
      """;

  @TempDir static Path folder;
  private static Hub hub;
  private static HubClient coordinator;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Files.isDirectory(DATA), "skipped: no ../shared/data beside the repository");
    HubProcess.letServerIn(folder);
    hub =
        Hub.start(
            HubOptions.parse(
                List.of(
                    "--data",
                    folder.resolve("data").toString(),
                    "--http-port",
                    "0",
                    "--dicom-port",
                    "0"),
                Map.of()));
    new DemoNetwork(hub).load();
    coordinator = HubClient.of(hub.webAddress());
    coordinator.signIn(DemoPerson.COORDINATOR.login(), DemoPerson.PASSWORD);
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      coordinator.close();
      hub.close();
    }
  }

  @Test
  void real_files_come_back_with_bit_exact_pixels() throws Exception {
    List<List<RealFile>> stores = storesWithoutEqualUids();
    assertThat(stores.getFirst()).hasSizeGreaterThan(100);
    assertThat(stores).hasSizeGreaterThanOrEqualTo(8);
    int sentByDcmtk = 0;

    for (int i = 0; i < stores.size(); i++) {
      sentByDcmtk += dcmsend(stores.get(i));
      for (RealFile file : missing(stores.get(i))) {
        assertThat(send(file).isAccepted()).as("%s is accepted", file).isTrue();
      }
      assertThat(missing(stores.get(i))).as("store %d", i).isEmpty();
      if (i == 0) {
        theOtherEncodingIsQuarantined(stores.get(1).getFirst());
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> count("select count(*) from archive.outbox") == 0);
      for (RealFile file : stores.get(i)) {
        compare(file);
      }
      sql().sql(EMPTY).update();
    }

    if (Peers.has("dcmsend")) {
      assertThat(sentByDcmtk).isGreaterThan(100);
    }
  }

  /** A second data set under the UID of one that is here: kept apart, the first one stays. */
  private static void theOtherEncodingIsQuarantined(RealFile other) throws IOException {
    DimseStatus status = send(other);

    assertThat(status.hex()).as("a warning for %s", other).contains("B000");
    assertThat(count("select count(*) from archive.quarantine where resolved_at is null"))
        .isEqualTo(1);
    assertThat(count("select count(*) from archive.alert")).isEqualTo(1);
  }

  private static void compare(RealFile sent) throws IOException {
    HttpResponse<byte[]> answer =
        coordinator.get(sent.wado(), "application/dicom; transfer-syntax=*");
    assertThat(answer.statusCode()).as(sent.toString()).isEqualTo(200);
    RealFile got;
    try {
      got = RealFile.of(sent.path(), answer.body());
    } catch (IOException e) {
      throw new AssertionError(sent + " comes back in another shape", e);
    }
    // dcmtk sends what is not compressed as Explicit VR Little Endian.
    if (sent.encapsulated()) {
      assertThat(got.transferSyntax()).as(sent.toString()).isEqualTo(sent.transferSyntax());
    }
    assertThat(got.pixels()).as("pixels of %s", sent).isEqualTo(sent.pixels());
  }

  /** The first file of each UID in the first store, the second in the second, and so on. */
  private static List<List<RealFile>> storesWithoutEqualUids() throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    List<List<RealFile>> stores = new ArrayList<>();
    try (var files = Files.walk(DATA)) {
      for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
        RealFile.storable(path)
            .ifPresent(file -> {
              int store = seen.merge(file.sopInstance().toString(), 1, Integer::sum) - 1;
              if (store == stores.size()) {
                stores.add(new ArrayList<>());
              }
              stores.get(store).add(file);
            });
      }
    }
    return stores;
  }

  /** Lets dcmtk send what it can as it is; how many it has sent. */
  private static int dcmsend(List<RealFile> files) throws Exception {
    if (!Peers.has("dcmsend")) {
      return 0;
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Peers.require("dcmsend"),
                "--decompress-never",
                "--no-halt",
                "--no-illegal-proposal",
                "--no-uid-checks",
                "-aet",
                CALLING.value(),
                "-aec",
                CALLED.value(),
                "127.0.0.1",
                String.valueOf(hub.dicomPort())));
    files.stream()
        .filter(file -> !file.bigEndian() && !file.deflated())
        .forEach(file -> command.add(file.path().toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(said).isTrue();
    return files.size() - missing(files).size();
  }

  private static List<RealFile> missing(List<RealFile> files) {
    Archive archive = hub.part(Archive.class);
    return files.stream()
        .filter(file -> archive.catalog().instance(file.sopInstance()).isEmpty())
        .toList();
  }

  private static DimseStatus send(RealFile file) throws IOException {
    try (StorageScu scu =
        StorageScu.to("127.0.0.1", hub.dicomPort(), CALLING, CALLED)
            .propose(file.sopClass(), file.transferSyntax())
            .open()) {
      DimseStatus status =
          scu.store(
              file.sopClass(),
              file.sopInstance(),
              file.transferSyntax(),
              DatasetSource.of(file.dataset()));
      scu.release();
      return status;
    }
  }

  private static int count(String query) {
    return sql().sql(query).query(Integer.class).single();
  }

  private static JdbcClient sql() {
    return JdbcClient.create(hub.part(DataSource.class));
  }
}
