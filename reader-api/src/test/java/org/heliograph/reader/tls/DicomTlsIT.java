package org.heliograph.reader.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.net.dimse.InformationModel;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.dicom.net.dimse.SubOperations;
import org.heliograph.dicom.net.ul.TlsKeys;
import org.heliograph.dicom.net.ul.TlsProfile;
import org.heliograph.dicom.net.ul.TlsSettings;
import org.heliograph.reader.CannotStartException;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.Hub;
import org.heliograph.reader.HubOptions;
import org.heliograph.reader.TestDatabase;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.queryretrieve.PeerProgram;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.ApplicationEntity;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A hub that speaks DICOM over TLS only, with dcmtk at the other end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DicomTlsIT {
  @TempDir private static Path folder;
  private static TlsFiles files;
  private static Path trust;
  private static Hub hub;
  private static UUID site;
  private static final Dataset SLICE = CtStudies.slice(Uid.create(), Uid.create(), 1, 8).build();

  @BeforeAll
  static void start() throws Exception {
    files =
        new TlsFiles(folder)
            .authority("ca")
            .authority("other")
            .signed("hub", "ca")
            .signed("ct", "ca")
            .signed("stranger", "other");
    trust = Files.copy(files.certificate("ca"), folder.resolve("trust.pem"));
    hub = Hub.start(options(files.certificate("hub"), files.key("hub")));
    Sites sites = hub.part(Sites.class);
    site = TestPeople.site(sites, "TLS").id();
    sites.addAeTitle("TLS", "TLS_CT");
    try (var out = Files.newOutputStream(folder.resolve("slice.dcm"))) {
      DicomWriter.writePart10(
          out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, SLICE, BulkSource.NONE);
    }
  }

  private static HubOptions options(Path certificate, Path key) {
    return HubOptions.parse(
        List.of(
            "--data",
            folder.resolve("data").toString(),
            "--http-port",
            "0",
            "--dicom-port",
            "none",
            "--dicom-tls-port",
            "0",
            "--dicom-tls-certificate",
            certificate.toString(),
            "--dicom-tls-key",
            key.toString(),
            "--dicom-tls-trust",
            trust.toString(),
            "--database-url",
            TestDatabase.createUrl()),
        Map.of("HELIOGRAPH_DATABASE_USER", "postgres"));
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  @Order(1)
  void storescu_with_a_trusted_certificate_stores() throws Exception {
    PeerProgram.need("storescu");

    assertThat(hub.dicomPort()).isEqualTo(-1);
    assertThat(hub.dicomAddress()).endsWith(hub.dicomTlsPort() + " (TLS)");
    assertThat(storescu("ct", "ca")).contains("Received Store Response (Success)");
  }

  @Test
  @Order(2)
  void others_are_turned_away_and_the_node_goes_on() throws Exception {
    PeerProgram.need("storescu");

    assertThat(storescu("stranger", "ca"))
        .as("a certificate of an authority that the hub does not trust")
        .doesNotContain("(Success)");
    assertThat(storescu("ct", "other"))
        .as("the hub's certificate is of no authority that the sender trusts")
        .doesNotContain("(Success)")
        .contains("TLS");
    assertThat(PeerProgram.run(command(List.of("+tla", "+cf", pem("ca")))))
        .as("no certificate")
        .doesNotContain("(Success)");
    assertThat(PeerProgram.run(command(List.of()))).as("no TLS").doesNotContain("(Success)");

    assertThat(storescu("ct", "ca")).contains("(Success)");
  }

  @Test
  @Order(3)
  void a_move_goes_to_a_storescp_with_tls_and_only_to_one_that_is_trusted() throws Exception {
    PeerProgram.need("storescp");
    store("ct");

    assertThat(moved("ct").completed()).isOne();
    assertThat(folder.resolve("received-ct")).isNotEmptyDirectory();
    assertThat(moved("stranger").failed()).isOne();
    assertThat(folder.resolve("received-stranger")).isEmptyDirectory();
  }

  @Test
  @Order(4)
  void files_are_read_again_when_they_change_and_bad_ones_are_not_taken() throws Exception {
    assertThatThrownBy(() -> store("stranger")).isInstanceOf(IOException.class);

    Files.writeString(
        trust,
        Files.readString(files.certificate("ca")) + Files.readString(files.certificate("other")));
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> store("stranger"));

    FileTime good = Files.getLastModifiedTime(trust);
    Files.writeString(trust, "no certificate");
    Files.setLastModifiedTime(trust, FileTime.fromMillis(good.toMillis() + 60_000));
    store("ct");
  }

  @Test
  @Order(5)
  void a_key_that_does_not_belong_to_the_certificate_is_told_at_the_start() throws Exception {
    Path other = Files.createDirectories(folder.resolve("second"));
    assertThatThrownBy(() ->
            DicomTls.open(
                HubOptions.parse(
                        List.of(
                            "--data",
                            other.toString(),
                            "--dicom-tls-port",
                            "0",
                            "--dicom-tls-certificate",
                            files.certificate("hub").toString(),
                            "--dicom-tls-key",
                            files.key("ct").toString()),
                        Map.of())
                    .dicomTls()))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("does not belong to the certificate");
  }

  private static TlsSettings keys(String name) throws Exception {
    return TlsSettings.of(
        TlsProfile.BCP_195_RFC_8996_9325,
        TlsKeys.none()
            .withTrusted(Files.readString(files.certificate("ca")))
            .withKey(
                Files.readString(files.certificate(name)),
                Files.readString(files.key(name)),
                new char[0]));
  }

  private static void store(String name) throws Exception {
    try (StorageScu scu =
        StorageScu.to("127.0.0.1", hub.dicomTlsPort(), new AeTitle("TLS_CT"), us())
            .tls(keys(name))
            .propose(CtStudies.SOP_CLASS, CtStudies.SYNTAX)
            .open()) {
      assertThat(
              scu.store(
                      CtStudies.SOP_CLASS,
                      SopInstanceUid.of(SLICE.string(Tag.SOPInstanceUID, "")),
                      CtStudies.SYNTAX,
                      DatasetSource.of(CtStudies.encode(SLICE)))
                  .hex())
          .isEqualTo("0000");
      scu.release();
    }
  }

  private static String storescu(String name, String trusted) throws Exception {
    return PeerProgram.run(command(tls(name, trusted)));
  }

  /** Has the slice moved to a storescp that shows a certificate. */
  private static SubOperations moved(String destination) throws Exception {
    int port = PeerProgram.freePort();
    Path received = Files.createDirectories(folder.resolve("received-" + destination));
    hub.part(Sites.class).addAeTitle("TLS", "TLS_SCP");
    hub.part(ApplicationEntities.class)
        .set(
            new ApplicationEntity(
                "TLS_SCP", site, "127.0.0.1", port, true, Set.of(AeRight.RECEIVE)));
    List<String> storescp = new ArrayList<>(List.of("storescp", "-od", received.toString()));
    storescp.addAll(tls(destination, "ca"));
    storescp.add("" + port);
    Process process =
        PeerProgram.serve(
            port, folder.resolve(destination + ".log"), storescp.toArray(String[]::new));
    try (var scu =
        QueryRetrieveScu.to("127.0.0.1", hub.dicomTlsPort(), new AeTitle("TLS_CT"), us())
            .tls(keys("ct"))
            .proposeMove(InformationModel.STUDY_ROOT)
            .open()) {
      var result =
          scu.move(
              InformationModel.STUDY_ROOT,
              new AeTitle("TLS_SCP"),
              Dataset.builder()
                  .string(Tag.QueryRetrieveLevel, "STUDY")
                  .string(Tag.StudyInstanceUID, SLICE.string(Tag.StudyInstanceUID, ""))
                  .build(),
              QueryRetrieveScu.Progress.IGNORED);
      scu.release();
      return result.counts();
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static List<String> tls(String name, String trusted) throws Exception {
    return List.of(
        "+tls",
        files.key(name).toString(),
        files.certificate(name).toString(),
        "+cf",
        pem(trusted));
  }

  private static String pem(String name) throws Exception {
    return files.certificate(name).toString();
  }

  private static String[] command(List<String> security) {
    List<String> command = new ArrayList<>(List.of("storescu", "-v"));
    command.addAll(security);
    command.addAll(List.of("-aet", "TLS_CT", "-aec", us().value()));
    command.addAll(List.of("127.0.0.1", "" + hub.dicomTlsPort()));
    command.add(folder.resolve("slice.dcm").toString());
    return command.toArray(String[]::new);
  }

  private static AeTitle us() {
    return new AeTitle("HELIOGRAPH");
  }
}
