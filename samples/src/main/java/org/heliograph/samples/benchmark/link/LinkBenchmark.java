package org.heliograph.samples.benchmark.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.heliograph.dicom.data.Uids;
import org.heliograph.node.emulator.ConnectionTotals;
import org.heliograph.node.emulator.LinkEmulator;
import org.heliograph.node.emulator.LinkShape;
import org.heliograph.node.emulator.LinkTotals;
import org.heliograph.node.emulator.Outage;
import org.heliograph.samples.benchmark.archive.ChildProcess;
import org.heliograph.samples.demo.HubClient;
import org.heliograph.samples.gateway.GatewayBox;
import org.heliograph.samples.gateway.HubBox;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends a picture through a real gateway and a thin line to a real hub, both killed on the way, and
 * the same picture by plain C-STORE over the same line.
 */
public final class LinkBenchmark {
  private static final LinkShape FREE =
      new LinkShape(50e6, 50e6, Duration.ofMillis(1), Duration.ZERO);
  private static final String PREVIEWS = "select count(*) from reading.parcel_preview";
  private static final String STORED =
      "select count(*) from reading.parcel_object where outcome = 'STORED'";

  private static final String NEWEST =
      " where parcel_id = (select id from reading.parcel order by declared_at desc limit 1)";

  private final Path folder;
  private final boolean quick;
  private final Consumer<String> say;
  private final List<String> rows = new ArrayList<>();

  private LinkBenchmark(Path folder, boolean quick, Consumer<String> say) {
    this.folder = folder;
    this.quick = quick;
    this.say = say;
  }

  /**
   * A line and its outages.
   *
   * @param period zero without outages
   */
  record Line(String title, LinkShape shape, Duration period, Duration outage) {
    void begin(LinkEmulator link) {
      link.shape(shape);
      if (!period.isZero()) {
        link.failEvery(period, outage, Outage.RESET);
      }
    }
  }

  /**
   * Runs all of it: about 40 minutes, a few with {@code quick}.
   *
   * @param machine what it ran on
   * @return the section of the page
   */
  public static String run(Path folder, boolean quick, String machine, Consumer<String> say)
      throws IOException {
    var benchmark = new LinkBenchmark(folder, quick, say);
    benchmark.ours();
    benchmark.theirs();
    return """
    ## The link

    %s. A gateway and a hub in processes of their own, and between them a user-space line with the \
    rate in both directions and half the round trip in each. %s Bytes are those from the gateway \
    to the hub, HTTP headers, status and long poll included, without TLS; the payload is what the \
    parts have after lossless compression. Link use is counted from a connection's first byte to \
    its last. storescu begins again whenever it fails.

    | what | line | result |
    |---|---|---|
    %s
    """
        .formatted(
            machine,
            quick ? "The quick run: a CT slice." : "The picture is a chest X-ray (DX) of 10 MB.",
            String.join("\n", benchmark.rows));
  }

  private Line thin() {
    return quick
        ? line("400 kbit/s, 150 ms, cut 1 s of every 6 s", 400, 150, 6, 1)
        : line("44 kbit/s, 750 ms, cut 10 s of every 60 s", 44, 750, 60, 10);
  }

  private static Line line(String title, int kilobits, int roundTrip, int period, int outage) {
    return new Line(
        title,
        LinkShape.ofKilobits(kilobits, Duration.ofMillis(roundTrip)),
        Duration.ofSeconds(period),
        Duration.ofSeconds(outage));
  }

  private Picture picture(int number) throws IOException {
    return quick ? Picture.ct(folder, number) : Picture.dx(folder, number);
  }

  private void ours() throws IOException {
    HubBox hub = HubBox.in(folder.resolve("hub"), "768m");
    hub.start();
    try (hub;
        LinkEmulator link = LinkEmulator.to(hub.httpPort(), FREE, 1);
        GatewayBox gateway = gateway(hub, link)) {
      gateway.start();
      await(hub, "select count(*) from reading.gateway", 1, Duration.ofMinutes(2));
      preview(hub, link, gateway, line("44 kbit/s, 750 ms", 44, 750, 0, 0), 1);
      preview(hub, link, gateway, line("331 kbit/s, 300 ms", 331, 300, 0, 0), 2);
      whole(hub, link, gateway);
      interrupted(hub, link, gateway);
    }
  }

  private GatewayBox gateway(HubBox hub, LinkEmulator link) throws IOException {
    String address = "http://127.0.0.1:" + link.port();
    String code = hub.enrolmentCode(hub.addSite("LINK"), address);
    return GatewayBox.in(folder.resolve("gateway"), address, code, List.of());
  }

  /** How long from C-STORE until the hub can show the preview. */
  private void preview(HubBox hub, LinkEmulator link, GatewayBox gateway, Line line, int number)
      throws IOException {
    Picture picture = picture(number);
    long before = count(hub, PREVIEWS);
    line.begin(link);
    long began = System.nanoTime();
    Sending.store(picture, gateway.dicomPort());
    await(hub, PREVIEWS, before + 1, Duration.ofMinutes(5));
    row(
        "preview readable after C-STORE",
        line.title(),
        String.format(Locale.ROOT, "%.1f s", seconds(began)));
    link.shape(FREE);
    await(hub, STORED, number, Duration.ofMinutes(10));
  }

  private void whole(HubBox hub, LinkEmulator link, GatewayBox gateway) throws IOException {
    Line line = line("331 kbit/s, 300 ms", 331, 300, 0, 0);
    Picture picture = picture(3);
    line.begin(link);
    long bytes = link.totals().upBytes();
    long began = System.nanoTime();
    Sending.store(picture, gateway.dicomPort());
    await(hub, STORED, 3, Duration.ofHours(1));
    row(
        "the picture in the archive",
        line.title(),
        String.format(
            Locale.ROOT,
            "%.0f s, %,d bytes for a payload of %,d",
            seconds(began),
            link.totals().upBytes() - bytes,
            payload(hub)));
  }

  private void interrupted(HubBox hub, LinkEmulator link, GatewayBox gateway) throws IOException {
    Line line = thin();
    Picture picture = picture(4);
    LinkTotals before = link.totals();
    int connections = link.eachConnection().size();
    int outages = link.outages();
    line.begin(link);
    long began = System.nanoTime();
    Sending.store(picture, gateway.dicomPort());
    await(hub, "select count(*) from reading.parcel", 4, Duration.ofMinutes(10));
    for (double share : List.of(0.2, 0.6)) {
      awaitShare(hub, share);
      say.accept("killing the hub");
      hub.kill();
      hub.start();
      awaitShare(hub, share + 0.2);
      say.accept("killing the gateway");
      gateway.kill();
      gateway.start();
    }
    await(hub, STORED, 4, Duration.ofHours(3));
    double seconds = seconds(began);
    long bytes = link.totals().upBytes() - before.upBytes();
    int cuts = link.outages() - outages;
    List<ConnectionTotals> used =
        link.eachConnection().subList(connections, link.eachConnection().size());
    link.stopScript();
    link.shape(FREE);
    long payload = payload(hub);
    Path came = Files.write(folder.resolve("came.dcm"), stored(hub, picture));
    row(
        "the picture in the archive, hub and gateway killed twice each",
        line.title(),
        String.format(
            Locale.ROOT,
            "%s, %.0f s, %d cuts, %,d bytes: %.3f of the payload; link use %.0f %%",
            picture.hasSamePixels(came) ? "bit-exact by WADO-RS" : "NOT THE SAME PIXELS",
            seconds,
            cuts,
            bytes,
            (double) bytes / payload,
            100 * use(used, line.shape().upBytesPerSecond())));
  }

  /** The connections that carried parts, from their first byte to their last. */
  private static double use(List<ConnectionTotals> connections, double rate) {
    double seconds = 0;
    double bytes = 0;
    for (ConnectionTotals each : connections) {
      if (each.upBytes() > 16_384) {
        seconds += (each.lastUpAt() - each.firstUpAt()) / 1e9;
        bytes += each.upBytes();
      }
    }
    return bytes / Math.max(1e-9, seconds * rate);
  }

  /** Until the newest parcel's parts are here to that share. */
  private void awaitShare(HubBox hub, double share) throws IOException {
    await(
        hub,
        "select (100.0 * sum(verified_bytes) / sum(length_bytes))::bigint from reading.parcel_part"
            + NEWEST,
        Math.round(100 * share),
        Duration.ofHours(2));
  }

  /** A query of one number. */
  private static long count(HubBox hub, String query) {
    try {
      return JdbcClient.create(hub.dataSource()).sql(query).query(Long.class).single();
    } catch (IOException | RuntimeException _) {
      return -1; // it was killed a moment ago
    }
  }

  /** The study's only object by WADO-RS, as Explicit VR Little Endian. */
  private static byte[] stored(HubBox hub, Picture picture) throws IOException {
    try (HubClient client = hub.coordinator()) {
      return Multipart.first(
          client
              .get(
                  "/dicomweb/studies/" + picture.studyInstanceUid(),
                  "multipart/related; type=\"application/dicom\"; transfer-syntax="
                      + Uids.ExplicitVrLittleEndian)
              .body());
    }
  }

  private static long payload(HubBox hub) {
    return count(hub, "select sum(length_bytes) from reading.parcel_part" + NEWEST);
  }

  private void theirs() throws IOException {
    Line line = thin();
    Duration longest = quick ? Duration.ofSeconds(60) : Duration.ofMinutes(5);
    var outcome = PlainStore.run(folder.resolve("orthanc"), picture(4).file(), line, longest);
    if (outcome.isEmpty()) {
      row("storescu to Orthanc", line.title(), "not installed");
      return;
    }
    PlainStore.Outcome was = outcome.get();
    row(
        "storescu to Orthanc, again until it is there",
        line.title(),
        String.format(
            Locale.ROOT,
            "%s after %.0f s and %d attempts, %,d bytes",
            was.complete() ? "complete" : "given up, not complete,",
            was.seconds(),
            was.attempts(),
            was.bytes()));
  }

  private void row(String what, String line, String result) {
    String row = "| " + what + " | " + line + " | " + result + " |";
    say.accept(row);
    rows.add(row);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void await(HubBox hub, String query, long least, Duration longest)
      throws IOException {
    long until = System.nanoTime() + longest.toNanos();
    while (count(hub, query) < least) {
      if (System.nanoTime() > until) {
        throw new IOException("not within " + longest + ": " + query);
      }
      ChildProcess.pause(100);
    }
  }
}
