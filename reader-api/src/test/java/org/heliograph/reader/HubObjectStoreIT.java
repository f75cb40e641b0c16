package org.heliograph.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heliograph.archive.Archive;
import org.heliograph.archive.blob.move.MoveOrders;
import org.heliograph.archive.blob.move.MoveStatus.State;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.reader.CtStudies.Slice;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.sites.NewSite;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A hub whose images are in an object store: moved there, away for a while, back again. */
class HubObjectStoreIT {
  @TempDir private Path folder;
  private SmallS3 s3;
  private String database = "";
  private final List<Slice> slices = CtStudies.interleaved(1, 6, 64);

  @BeforeEach
  void start() throws Exception {
    s3 = SmallS3.start();
    database = TestDatabase.createUrl();
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void images_move_to_the_store_and_its_outage_is_an_honest_refusal() throws Exception {
    try (Hub hub = Hub.start(options("file"))) {
      register(hub);
      assertThat(send(hub, slices.subList(0, 2))).containsOnly("0000");
    }
    try (Hub hub = Hub.start(options("s3://bucket/hub"))) {
      assertThat(send(hub, slices.subList(2, 4))).containsOnly("0000");
      assertThat(s3.objectCount()).isEqualTo(2);
      WebClient reader = signedIn(hub);
      // a coordinator sees a study when it has been filed as a case
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> get(hub, reader, slices.get(0)).statusCode() == 200);
      MoveOrders orders = orders(hub);
      assertThat(orders.begin(1L << 40)).isTrue();
      await().atMost(Duration.ofSeconds(20)).until(() -> orders.status().state() == State.DONE);
      assertThat(s3.objectCount()).isEqualTo(4);
      assertThat(orders.dropSource()).isTrue();
      await().atMost(Duration.ofSeconds(20)).until(() -> orders.status().state() == State.DROPPED);

      s3.setAway(true);
      assertThat(send(hub, slices.subList(4, 6))).containsOnly("A700");
      HttpResponse<byte[]> refused = get(hub, reader, slices.get(0));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
      assertThat(new String(refused.body(), StandardCharsets.UTF_8))
          .contains("TR-0030")
          .doesNotContain("not for others", "SlowDown", "127.0.0.1");
      await().until(() -> health(reader, "store").equals("AWAY"));
      assertThat(health(reader, "status")).isEqualTo("UP");

      s3.setAway(false);
      await().atMost(Duration.ofSeconds(15)).until(() -> health(reader, "store").equals("UP"));
      assertThat(send(hub, slices.subList(4, 6))).containsOnly("0000");
      for (Slice slice : slices) {
        assertThat(get(hub, reader, slice).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void a_store_that_cannot_be_used_keeps_the_hub_from_starting_and_is_told() {
    assertThatThrownBy(() -> Hub.start(options("s3://elsewhere")))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("NoSuchBucket")
        .hasMessageContaining("Make the bucket")
        .message()
        .doesNotContain("secret-of-tests", "access-of-tests");
    Map<String, String> nobody = new HashMap<>(environment());
    nobody.remove("HELIOGRAPH_S3_SECRET_KEY");
    var err = new ByteArrayOutputStream();

    ExitCode code =
        new HubCommand(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(arguments("s3://bucket"), nobody);

    assertThat(code).isEqualTo(ExitCode.CANNOT_START);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("HELIOGRAPH_S3_SECRET_KEY");
  }

  private static String health(WebClient web, String part) {
    return WebClient.json(web.get("/api/health")).path(part).asString();
  }

  private HubOptions options(String blobs) {
    return HubOptions.parse(arguments(blobs), environment());
  }

  private List<String> arguments(String blobs) {
    return List.of(
        "--data",
        folder.resolve("data").toString(),
        "--database-url",
        database,
        "--http-port",
        "0",
        "--dicom-port",
        "0",
        "--blobs",
        blobs);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(s3.environment());
    environment.put("HELIOGRAPH_DATABASE_USER", "postgres");
    environment.put("HELIOGRAPH_S3_RETRY_SECONDS", "1");
    return environment;
  }

  private static void register(Hub hub) {
    TestPeople.person(hub.part(People.class), "coordinator", Role.COORDINATOR, null, null);
    Sites sites = hub.part(Sites.class);
    sites.add(new NewSite("STORE", "Clinic Store", "", Specialty.RADIOLOGY));
    sites.addAeTitle("STORE", "CT_1");
  }

  private static MoveOrders orders(Hub hub) {
    return new MoveOrders(
        hub.part(JdbcClient.class), hub.part(TransactionTemplate.class), InstantSource.system());
  }

  private static List<String> send(Hub hub, List<Slice> some) throws Exception {
    List<String> statuses = new ArrayList<>();
    StorageScu scu =
        StorageScu.to("127.0.0.1", hub.dicomPort(), new AeTitle("CT_1"), new AeTitle("HELIOGRAPH"))
            .propose(CtStudies.SOP_CLASS, CtStudies.SYNTAX)
            .open();
    for (Slice slice : some) {
      DimseStatus status =
          scu.store(CtStudies.SOP_CLASS, slice.instance(), CtStudies.SYNTAX, slice.source());
      statuses.add(status.hex());
    }
    scu.release();
    return statuses;
  }

  private static WebClient signedIn(Hub hub) throws Exception {
    WebClient web = new WebClient(hub.httpPort());
    assertThat(web.signIn("coordinator", TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    return web;
  }

  private static HttpResponse<byte[]> get(Hub hub, WebClient web, Slice slice) throws Exception {
    StoredInstance stored =
        hub.part(Archive.class).catalog().instance(slice.instance()).orElseThrow();
    return web.exchangeBytes(
        web.request(
                "/dicomweb/studies/%s/series/%s/instances/%s"
                    .formatted(
                        slice.study(),
                        stored.series().value().value(),
                        slice.instance().value().value()))
            .header("Accept", "application/dicom")
            .build());
  }
}
