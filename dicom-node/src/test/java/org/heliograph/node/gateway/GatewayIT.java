package org.heliograph.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.status.StatusDocument;
import org.heliograph.node.status.StatusDocument.LinkState;
import org.heliograph.node.status.StatusDocument.Step;
import org.heliograph.node.status.StatusSource.Sight;
import org.heliograph.node.storage.Dcmtk;
import org.heliograph.node.storage.SampleInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway in one process, between dcmtk's storescu and a small hub. */
class GatewayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @TempDir private Path folder;

  private record Said(ExitCode exit, String out, String err) {}

  private Said command(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    ExitCode exit =
        new GatewayCommand(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream("482913\n".getBytes(StandardCharsets.UTF_8)),
                Clock.systemUTC())
            .run(List.of(arguments), Map.of());
    return new Said(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Path settings() throws Exception {
    return Files.writeString(
        folder.resolve("gateway.properties"),
        """
        clinic = Kibera
        folder = data
        dicom.port = 0
        status.port = 0
        dicom.caller.xray = XRAY1 urgent
        """);
  }

  private static void store(Gateway gateway, Path file, String... further) throws Exception {
    String[] common = {"-aet", "XRAY1", "-aec", "HELIOGRAPH"};
    String[] all =
        java.util.stream.Stream.of(
                common,
                further,
                new String[] {"127.0.0.1", "" + gateway.dicomPort(), file.toString()})
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new);
    Dcmtk.Result result = Dcmtk.run("storescu", all);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  private static StatusDocument look(Gateway gateway) {
    return gateway.view().look(Sight.WITH_PATIENTS);
  }

  @Test
  void from_the_modality_to_the_hub_and_the_report_back() throws Exception {
    String file = settings().toString();
    SampleInstance image = SampleInstance.ofSide(256);
    Path partTen = image.writeTo(folder.resolve("a.dcm"));
    try (SmallHub hub = new SmallHub(0)) {
      Said enrolled = command("enrol", hub.code(), "--settings", file);
      assertThat(enrolled.exit()).as(enrolled.err()).isEqualTo(ExitCode.OK);
      assertThat(command("enrol", hub.code(), "--settings", file).exit()).isEqualTo(ExitCode.OK);
      Path identity = folder.resolve("data/identity.json");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(identity)))
          .isEqualTo("rw-------");
      assertThat(hub.tokens).allMatch(token -> token.matches("hgg_[A-Za-z0-9_-]{43}"));
      assertThat(enrolled.out()).contains("Kibera Health Centre").doesNotContain("hgg_");

      GatewaySettings read = GatewaySettings.read(Path.of(file));
      try (Gateway gateway = Gateway.start(read, Map.of(), Clock.systemUTC())) {
        store(gateway, partTen);
        await().atMost(PATIENCE).until(() -> look(gateway).waiting().confirmed() == 1);
        assertThat(hub.stored).hasSize(1);
        assertThat(hub.stored.getFirst().sopInstanceUid()).isEqualTo(image.sopInstanceUid());
        StatusDocument.Study study = look(gateway).studies().getFirst();
        assertThat(study.step()).isEqualTo(Step.AT_HOSPITAL);
        assertThat(study.urgency()).isEqualTo(Urgency.URGENT);
        assertThat(study.patientName()).isEqualTo("Sample^Synthetic");
        assertThat(gateway.view().look(Sight.WITHOUT_PATIENTS).studies().getFirst().patientName())
            .isNull();
        assertThat(look(gateway).link().state()).isEqualTo(LinkState.UP);

        caseNews(hub, "CLAIMED");
        await()
            .atMost(PATIENCE)
            .until(() -> look(gateway).studies().getFirst().step() == Step.BEING_READ);
        reportReady(hub);
        await()
            .atMost(PATIENCE)
            .until(() -> look(gateway).studies().getFirst().step() == Step.REPORT_READY);
        UUID report = look(gateway).reports().getFirst().id();
        assertThat(gateway.view().report(report)).get().asString().contains("inbox");
        await().atMost(PATIENCE).until(() -> !hub.told.isEmpty());

        Said status = command("status", "--settings", file);
        assertThat(status.out())
            .contains("link      up", "report ready", "2026-000017")
            .doesNotContain("Sample");
        assertThat(command("status", "--json", "--settings", file).out()).contains("\"studies\"");
        assertThat(command("retry", "all", "--settings", file).out()).contains("0 tried again");
        assertThat(command("urgent", "XXXXXX", "--settings", file).exit())
            .isEqualTo(ExitCode.REFUSED);
      }
      Said stopped = command("status", "--settings", file);
      assertThat(stopped.exit()).as(stopped.err()).isEqualTo(ExitCode.OK);
      assertThat(stopped.out()).contains("does not run", "nothing; 1 confirmed");
    }
  }

  @Test
  void without_a_hub_it_keeps_everything_and_gives_it_to_a_stick() throws Exception {
    String file = settings().toString();
    SampleInstance image = SampleInstance.ofSide(64);
    Path partTen = image.writeTo(folder.resolve("a.dcm"));
    GatewaySettings read = GatewaySettings.read(Path.of(file));
    try (Gateway gateway = Gateway.start(read, Map.of(), Clock.systemUTC())) {
      store(gateway, partTen);
      assertThat(look(gateway).link().state()).isEqualTo(LinkState.NOT_ENROLLED);
      String id = look(gateway).studies().getFirst().id();
      assertThat(command("urgent", id, "emergency", "--settings", file).exit())
          .isEqualTo(ExitCode.OK);
      assertThat(look(gateway).studies().getFirst().urgency()).isEqualTo(Urgency.EMERGENCY);
      Said exported = command("export", folder.resolve("usb").toString(), "--settings", file);
      assertThat(exported.exit()).as(exported.err()).isEqualTo(ExitCode.OK);
    }
    assertThat(command("export", folder.resolve("usb2").toString(), "--settings", file).exit())
        .isEqualTo(ExitCode.OK);
    for (String stick : List.of("usb", "usb2")) {
      List<String> list = Files.readAllLines(folder.resolve(stick).resolve("LIST.txt"));
      String line = list.getLast();
      String name = line.replaceFirst(".*  ", "");
      assertThat(name).matches("[0-9a-f-]{36}\\.dcm");
      assertThat(Dcmtk.run("dcmftest", folder.resolve(stick).resolve(name).toString()).exitCode())
          .isZero();
    }
  }

  @Test
  void commands_say_what_is_wrong() throws Exception {
    assertThat(command("help").out()).contains("enrol CODE");
    assertThat(command("nonsense").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(command("pin").out()).startsWith("status.pin = pbkdf2-sha256:");
    String missing = folder.resolve("none/gateway.properties").toString();
    assertThat(command("run", "--settings", missing).err()).contains("cannot be read", "init");
    assertThat(command("init", "--settings", missing).exit()).isEqualTo(ExitCode.OK);
    assertThat(command("init", "--settings", missing).exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(command("status", "--settings", missing).exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(command("enrol", "hge1.abc", "--settings", missing).exit())
        .isEqualTo(ExitCode.USAGE);
    Files.writeString(Path.of(missing), "dicom.port = x\n");
    Said wrong = command("run", "--settings", missing);
    assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("gateway.properties, line 1: dicom.port");
  }

  private static void caseNews(SmallHub hub, String state) {
    hub.tell(
        new HubMessage.CaseNews(
            hub.next(),
            UUID.randomUUID(),
            "2026-000017",
            List.of(hub.stored.getFirst().studyInstanceUid()),
            state,
            Urgency.URGENT,
            null,
            Instant.parse("2026-11-21T20:00:00Z")));
  }

  private static void reportReady(SmallHub hub) {
    hub.report = "%PDF-1.7\n a report".getBytes(StandardCharsets.UTF_8);
    var digest = IdentityFiles.newSha256();
    hub.tell(
        new HubMessage.ReportReady(
            hub.next(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            "2026-000017",
            List.of(hub.stored.getFirst().studyInstanceUid()),
            "Sample^Synthetic",
            "S-1",
            "Chest",
            Instant.parse("2026-11-21T20:10:00Z"),
            List.of(
                new HubMessage.Form(
                    "pdf",
                    hub.report.length,
                    HexFormat.of().formatHex(digest.digest(hub.report))))));
  }
}
