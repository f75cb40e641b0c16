package org.heliograph.samples.demo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.node.emulator.LinkEmulator;
import org.heliograph.node.emulator.Outage;
import org.heliograph.reader.Hub;
import org.heliograph.reader.gateways.EnrolmentCodes;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.heliograph.samples.gateway.GatewayBox;
import org.heliograph.samples.people.SyntheticPatient;
import org.heliograph.samples.study.XrayStudy;
import org.heliograph.samples.xray.Chest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code heliograph demo --thin} adds: a gateway at the first clinic, a thin link between it
 * and the hub, and a chest X-ray on its way, with a line that shows how far it is.
 */
final class ThinDemo {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final DemoClinic CLINIC = DemoClinic.DEMO_CLINIC_A;

  private final Hub hub;
  private final ThinLink kind;
  private final Path folder;
  private final PrintStream out;
  private final Clock clock;

  ThinDemo(Hub hub, ThinLink kind, Path folder, PrintStream out, Clock clock) {
    this.hub = hub;
    this.kind = kind;
    this.folder = folder;
    this.out = out;
    this.clock = clock;
  }

  /** Returns when the image is at the hub, bit for bit; the gateway goes on until it is closed. */
  GatewayBox run() throws IOException {
    URI web = URI.create(hub.webAddress());
    if (!"http".equals(web.getScheme())) {
      throw new IOException("the thin link leads to a hub on this computer without TLS only");
    }
    LinkEmulator link = LinkEmulator.to(web.getPort(), kind.shape(), 1);
    String address = "http://127.0.0.1:" + link.port();
    Files.createDirectories(folder);
    GatewayBox gateway = GatewayBox.in(folder, address, code(address), List.of());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(gateway, link)));
    Duration start = gateway.start();
    out.printf(
        Locale.ROOT, "%nA gateway is up (%.1f s) at %s%n", start.toMillis() / 1e3, gateway.page());
    out.println("Its link to the hub: " + kind.title());
    send(gateway);
    link.failEvery(kind.period(), kind.outage(), Outage.RESET);
    follow(gateway, link);
    return gateway;
  }

  private String code(String address) {
    Site site = hub.part(Sites.class).byCode(CLINIC.name()).orElseThrow();
    return hub.part(EnrolmentCodes.class).make(site, List.of(address), "").text();
  }

  private void send(GatewayBox gateway) throws IOException {
    LocalDateTime now = LocalDateTime.now(clock);
    String accession = "T" + clock.millis() / 1000;
    XrayStudy study =
        new XrayStudy(SyntheticPatient.MOHAMMED, XrayStudy.Projection.CHEST_PA, accession, now);
    Dataset image =
        study.image(
            1,
            new Chest(clock.millis() % 10_000, Chest.Finding.LEFT_PLEURAL_EFFUSION).radiograph());
    var sender = new DicomSender(GatewayBox.AE_TITLE + "@127.0.0.1:" + gateway.dicomPort());
    long began = System.nanoTime();
    long bytes = sender.send(new AeTitle(CLINIC.name()), image);
    out.printf(
        Locale.ROOT,
        "A chest X-ray of %.1f MB was taken by the gateway in %.1f s%n%n",
        bytes / 1e6,
        (System.nanoTime() - began) / 1e9);
  }

  private void follow(GatewayBox gateway, LinkEmulator link) throws IOException {
    var display = new ThinDisplay(out, link);
    try (var reader = HubClient.of(hub.webAddress())) {
      reader.signIn(DemoPerson.RADIOLOGIST.login(), DemoPerson.PASSWORD);
      boolean arrived = false;
      while (!arrived) {
        JsonNode study = newest(gateway.status());
        if (study != null) {
          display.show(study);
          arrived = display.isAtHospital(study);
          String caseNumber = study.path("caseNumber").asString("");
          if (!caseNumber.isEmpty() && hasPreview(reader, caseNumber)) {
            display.previewIsThere();
          }
        }
        pause();
      }
    }
    display.end();
  }

  private static boolean hasPreview(HubClient reader, String caseNumber) {
    return reader.all("/api/worklist").stream()
        .filter(row -> row.path("number").asString("").equals(caseNumber))
        .anyMatch(row -> row.path("underWay").path("previews").asInt(0) > 0);
  }

  private static @Nullable JsonNode newest(@Nullable JsonNode status) {
    JsonNode newest = null;
    if (status != null) {
      for (JsonNode study : status.path("studies")) {
        if (newest == null
            || study.path("receivedAt").asString().compareTo(newest.path("receivedAt").asString())
                > 0) {
          newest = study;
        }
      }
    }
    return newest;
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static void close(GatewayBox gateway, LinkEmulator link) {
    try (link;
        gateway) {
      link.stopScript();
    } catch (IOException _) {
      // the process ends anyway
    }
  }
}
