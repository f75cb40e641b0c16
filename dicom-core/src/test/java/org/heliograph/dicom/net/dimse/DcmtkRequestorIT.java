package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** dcmtk's programs as requestors of every service of our SCP. */
@SuppressWarnings("NullAway.Init")
class DcmtkRequestorIT {
  private static final String STUDY = "2.25.4711";

  @TempDir private Path folder;
  private final TestArchive archive = new TestArchive();
  private TestScp scp;

  @BeforeAll
  static void dcmtk_is_installed() {
    Peer.need("echoscu", "storescu", "findscu", "movescu", "getscu", "termscu");
  }

  @BeforeEach
  void start() throws IOException {
    scp = TestScp.start(archive.services());
  }

  @AfterEach
  void stop() {
    scp.close();
  }

  private void fill(int count) throws IOException {
    for (var i = 0; i < count; i++) {
      archive.add(TestArchive.image(STUDY, Uid.create().value()), Uids.ExplicitVrLittleEndian);
    }
  }

  private Peer.Result run(String program, String... options) throws Exception {
    var arguments = new ArrayList<>(List.of("-d", "-aet", "TESTSCU", "-aec", "TESTSCP"));
    var files = new ArrayList<String>();
    for (var option : options) {
      (option.endsWith(".dcm") ? files : arguments).add(option);
    }
    arguments.addAll(List.of("127.0.0.1", "" + scp.port()));
    arguments.addAll(files);
    return Peer.run(folder, program, arguments);
  }

  private List<Path> received(Path in) throws IOException {
    try (var files = Files.list(in)) {
      return files.filter(file -> !file.toString().endsWith(".log")).toList();
    }
  }

  @Test
  void echoscu_and_termscu_are_answered() throws Exception {
    assertThat(run("echoscu", "--repeat", "3").exitCode()).isZero();
    run("termscu");
    assertThat(run("echoscu").exitCode()).isZero();
  }

  @Test
  void storescu_stores() throws Exception {
    var image = TestArchive.image(STUDY, "2.25.1");
    var file = TestArchive.file(folder, TestArchive.stored(image, Uids.ExplicitVrLittleEndian));

    var store = run("storescu", "-xe", file.toString());

    assertThat(store.exitCode()).as(store.output()).isZero();
    assertThat(archive.held).singleElement().extracting(TestArchive.Held::header).isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource({"-P", "-S", "-W"})
  void findscu_finds_in_each_information_model(String model) throws Exception {
    fill(5);
    var out = Files.createDirectory(folder.resolve("out"));

    var find =
        run(
            "findscu",
            model,
            "-X",
            "-od",
            out.toString(),
            "-k",
            "QueryRetrieveLevel=STUDY",
            "-k",
            "StudyInstanceUID=" + STUDY,
            "-k",
            "PatientName");

    assertThat(find.exitCode()).as(find.output()).isZero();
    assertThat(find.output()).contains("0x0000: Success: Matching is complete");
    assertThat(received(out))
        .hasSize(5)
        .allSatisfy(file -> {
          try (var in = Files.newInputStream(file)) {
            var match = DicomReader.readPart10(in, ReadOptions.defaults()).dataset();
            assertThat(match.string(Tag.PatientName)).hasValue("Doe^Jane");
            assertThat(match.string(Tag.StudyInstanceUID)).hasValue(STUDY);
          }
        });
  }

  @Test
  void findscu_cancels_after_some_matches() throws Exception {
    fill(2000);

    var find =
        run(
            "findscu",
            "-S",
            "--cancel",
            "3",
            "-k",
            "QueryRetrieveLevel=IMAGE",
            "-k",
            "SOPInstanceUID");

    assertThat(find.exitCode()).as(tail(find)).isZero();
    assertThat(find.output()).contains("0xfe00: Cancel: Matching terminated");
  }

  private static String tail(Peer.Result result) {
    var output = result.output();
    return output.substring(Math.max(0, output.length() - 3000));
  }

  @Test
  void movescu_receives_at_its_own_port() throws Exception {
    fill(4);
    var out = Files.createDirectory(folder.resolve("out"));
    var port = Peer.freePort();
    archive.destinations.put("MOVEDEST", port);

    var move =
        run(
            "movescu",
            "-S",
            "-aem",
            "MOVEDEST",
            "--port",
            "" + port,
            "-od",
            out.toString(),
            "-k",
            "QueryRetrieveLevel=STUDY",
            "-k",
            "StudyInstanceUID=" + STUDY);

    assertThat(move.exitCode()).as(tail(move)).isZero();
    assertThat(move.output())
        .contains("0x0000: Success: Sub-operations complete")
        .contains("Move Originator AE Title      : TESTSCU");
    assertThat(received(out)).hasSize(4);
  }

  @Test
  void movescu_is_told_of_an_unknown_destination() throws Exception {
    fill(1);

    var move =
        run(
            "movescu",
            "-S",
            "-aem",
            "NOBODY",
            "-k",
            "QueryRetrieveLevel=STUDY",
            "-k",
            "StudyInstanceUID=" + STUDY);

    assertThat(move.output()).contains("0xa801");
  }

  @ParameterizedTest
  @CsvSource({"-P", "-S"})
  void getscu_receives_on_its_association(String model) throws Exception {
    fill(4);
    var out = Files.createDirectory(folder.resolve("out"));

    var get =
        run(
            "getscu",
            model,
            "-od",
            out.toString(),
            "-k",
            "QueryRetrieveLevel=STUDY",
            "-k",
            "StudyInstanceUID=" + STUDY);

    assertThat(get.exitCode()).as(tail(get)).isZero();
    assertThat(received(out)).hasSize(4);
    assertThat(scp.causes).isEmpty();
  }
}
