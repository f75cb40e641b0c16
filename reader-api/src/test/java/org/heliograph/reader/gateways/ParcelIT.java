package org.heliograph.reader.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.HubMessage.Receipts;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.node.link.ParcelState.PartState;
import org.heliograph.node.link.Receipt;
import org.heliograph.node.link.UploadHeader;
import org.heliograph.node.link.Urgency;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gateways over HTTP: they enrol, send parcels through cuts, and are told what became of them. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParcelIT {
  @LocalServerPort private int port;
  @Autowired private Sites sites;
  @Autowired private EnrolmentCodes codes;
  @Autowired private Gateways gateways;
  @Autowired private JdbcClient sql;

  private TestGateway gateway;

  @BeforeAll
  void enrol() {
    gateway = enrolled("GATE");
  }

  private TestGateway enrolled(String site) {
    var fresh = new TestGateway(port);
    var code = codes.make(TestPeople.site(sites, site), List.of("http://127.0.0.1:" + port), "");
    assertThat(fresh.enrol(code.text()).statusCode()).isEqualTo(200);
    return fresh;
  }

  @Test
  void a_code_enrols_one_gateway_and_answers_it_again() {
    var site = TestPeople.site(sites, "GATE");
    var code = codes.make(site, List.of("https://hub.example.org"), "").text();
    var first = new TestGateway(port);

    assertThat(first.enrol(code).statusCode()).isEqualTo(200);
    var answer = first.answer();
    assertThat(answer.siteCode()).isEqualTo("GATE");
    assertThat(first.enrol(code).body()).contains(answer.gateway().toString());
    var second = new TestGateway(port).enrol(code);
    assertThat(second.statusCode()).isEqualTo(403);
    assertThat(second.body()).contains("TR-0503");
  }

  @Test
  void a_parcel_arrives_in_chunks_and_every_object_gets_a_signed_receipt() {
    var parcel = new TestParcel();
    var big = parcel.addInstance(300);
    var small = parcel.addBundle(3);

    gateway.send(parcel, 100_000);

    var receipts =
        gateway.receipts(4).stream().filter(r -> r.parcel().equals(parcel.id())).toList();
    assertThat(receipts).hasSize(4).allMatch(gateway::isSigned);
    assertThat(receipts).allMatch(r -> r.outcome() == Receipt.Outcome.STORED);
    assertThat(receipts)
        .extracting(Receipt::object)
        .contains(big.sopInstanceUid(), small.getFirst().sopInstanceUid());
    assertThat(stored(parcel.study())).isEqualTo(4);
    assertThat(gateway.state(parcel.id()).parts()).allMatch(PartState::whole);
  }

  @Test
  void an_upload_goes_on_at_the_byte_where_it_was_cut() {
    var parcel = new TestParcel();
    parcel.addInstance(64);
    byte[] all = parcel.part(1);
    var manifest = parcel.manifest();
    assertThat(gateway.declare(manifest).statusCode()).isEqualTo(200);
    assertThat(gateway.declare(manifest).statusCode()).isEqualTo(200);

    var first = gateway.patch(parcel.id(), 1, 0, Arrays.copyOf(all, 10_000));
    assertThat(first.statusCode()).isEqualTo(204);
    assertThat(header(first, UploadHeader.VERIFIED_OFFSET)).isEqualTo(10_000);

    RawChunk.cut(
        port, gateway, parcel.id(), 1, 10_000, Arrays.copyOfRange(all, 10_000, 30_000), 7_000);
    await().until(() -> gateway.state(parcel.id()).parts().getFirst().offset() == 17_000);
    assertThat(gateway.state(parcel.id()).parts().getFirst().verifiedOffset()).isEqualTo(10_000);

    var wrongPlace = gateway.patch(parcel.id(), 1, 10_000, Arrays.copyOfRange(all, 10_000, 20_000));
    assertThat(wrongPlace.statusCode()).isEqualTo(409);
    assertThat(header(wrongPlace, UploadHeader.OFFSET)).isEqualTo(17_000);

    var rest = Arrays.copyOfRange(all, 17_000, all.length);
    var done =
        gateway.patch(parcel.id(), 1, 17_000, rest, Arrays.copyOfRange(all, 10_000, all.length));
    assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
    assertThat(gateway.patch(parcel.id(), 1, 0, rest).statusCode()).isEqualTo(410);
    await().until(() -> stored(parcel.study()) == 1);
  }

  @Test
  void a_wrong_checksum_leaves_what_was_verified() {
    var parcel = new TestParcel();
    parcel.addInstance(16);
    byte[] all = parcel.part(1);
    gateway.declare(parcel.manifest());
    gateway.patch(parcel.id(), 1, 0, Arrays.copyOf(all, 5_000));

    var wrong =
        gateway.patch(parcel.id(), 1, 5_000, new byte[1000], Arrays.copyOfRange(all, 5000, 6000));

    assertThat(wrong.statusCode()).isEqualTo(UploadHeader.CHECKSUM_MISMATCH);
    assertThat(header(wrong, UploadHeader.OFFSET)).isEqualTo(5_000);
    assertThat(header(wrong, UploadHeader.VERIFIED_OFFSET)).isEqualTo(5_000);
  }

  @Test
  void a_part_that_is_not_the_announced_one_begins_again() {
    var parcel = new TestParcel();
    parcel.addInstance(16);
    byte[] other = parcel.part(1).clone();
    other[other.length - 1] ^= 1;
    gateway.declare(parcel.manifest());

    var wrong = gateway.patch(parcel.id(), 1, 0, other);

    assertThat(wrong.statusCode()).isEqualTo(UploadHeader.CHECKSUM_MISMATCH);
    assertThat(wrong.body()).contains("TR-0513");
    assertThat(header(wrong, UploadHeader.OFFSET)).isZero();
    await()
        .until(() ->
            gateway.take(1).stream()
                .anyMatch(
                    m -> m instanceof HubMessage.PartWanted w && w.parcel().equals(parcel.id())));
    gateway.sendPart(parcel, 1, 1 << 20);
    await().until(() -> stored(parcel.study()) == 1);
  }

  @Test
  void a_gateway_sees_its_own_parcels_only() {
    var parcel = new TestParcel();
    parcel.addInstance(8);
    gateway.declare(parcel.manifest());
    var other = enrolled("GATE2");

    assertThat(other.send(other.to(LinkPaths.parcel(parcel.id())).GET()).statusCode())
        .isEqualTo(404);
    assertThat(other.patch(parcel.id(), 1, 0, parcel.part(1)).statusCode()).isEqualTo(404);
    assertThat(other.declare(parcel.manifest()).statusCode()).isEqualTo(200);
    other.sendPart(parcel, 1, 1 << 20);
    assertThat(other.receipts(1)).allMatch(other::isSigned);
    assertThat(gateway.state(parcel.id()).parts()).noneMatch(PartState::whole);
    gateway.sendPart(parcel, 1, 1 << 20);
    assertThat(gateway.receipts(1, parcel.id()))
        .extracting(Receipt::outcome)
        .containsExactly(Receipt.Outcome.QUARANTINED);
  }

  @Test
  void hostile_manifests_are_refused_by_a_code() {
    var parcel = new TestParcel();
    parcel.addInstance(8);
    String good = LinkJson.mapper().writeValueAsString(parcel.manifest());
    for (String bad :
        List.of(
            "",
            "{",
            "null",
            "[]",
            "{\"parcel\":\"" + parcel.id() + "\"}",
            good.replace("\"sizeBytes\":", "\"sizeBytes\":-"),
            good.replace("\"lengthBytes\":", "\"lengthBytes\":-"),
            good.replace("\"part\":1", "\"part\":2"),
            good.replace("\"number\":1", "\"number\":0"),
            good.replace("INSTANCE", "NOVELTY"),
            good.replace("identity", "brotli"),
            good.replace("XRAY1", "A TITLE THAT IS TOO LONG"),
            good.replace(parcel.study(), "../../etc/passwd"),
            good.replace("Mwangi", "\\u0000"),
            good.replace("Mwangi", "\\ud800"),
            good.replace("\"urgency\":\"ROUTINE\"", "\"urgency\":null"),
            good.replace("\"digest\":\"", "\"digest\":\"Z"),
            good.replace("[", "[null,"),
            "[".repeat(100_000),
            "{\"x\":\"" + " ".repeat(9 << 20) + "\"}")) {
      var answer = gateway.declare(parcel.id(), bad.getBytes(StandardCharsets.UTF_8));
      assertThat(answer.statusCode())
          .as(bad.substring(0, Math.min(80, bad.length())))
          .isEqualTo(422);
      assertThat(answer.body()).contains("TR-0510").doesNotContain("Mwangi");
    }
    assertThat(
            gateway.declare(UUID.randomUUID(), good.getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(422);
    assertThat(gateway.declare(parcel.manifest()).statusCode()).isEqualTo(200);
    assertThat(gateway.declare(parcel.urgency(Urgency.URGENT).manifest()).statusCode())
        .isEqualTo(409);
  }

  @Test
  void an_object_that_is_not_as_announced_is_refused_and_the_others_are_kept() {
    var parcel = new TestParcel();
    var file = parcel.file(4);
    parcel.addAnnouncedAs(file, "0".repeat(64));
    parcel.addInstance(4);

    gateway.send(parcel, 1 << 20);

    assertThat(gateway.receipts(2, parcel.id()))
        .filteredOn(receipt -> receipt.object().equals(file.sopInstanceUid()))
        .extracting(Receipt::outcome, Receipt::code)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Receipt.Outcome.REFUSED, "TR-0520"));
    assertThat(stored(parcel.study())).isEqualTo(1);
  }

  @Test
  void messages_come_again_until_they_are_acknowledged() {
    var own = enrolled("GATE");
    var parcel = new TestParcel();
    parcel.addInstance(4);
    own.send(parcel, 1 << 20);
    await().until(() -> stored(parcel.study()) == 1);
    await().until(() -> own.messages(5).messages().stream().anyMatch(Receipts.class::isInstance));

    var lost = own.messages(0).messages();
    var again = own.messages(0).messages();

    assertThat(again).hasSameSizeAs(lost);
    assertThat(again.getFirst()).isEqualTo(lost.getFirst());
    assertThat(again).extracting(HubMessage::sequence).isSorted();
    assertThat(own.take(0)).hasSameSizeAs(lost);
    assertThat(own.messages(0).messages()).isEmpty();
    // Announced again, it is told again: the gateway may have lost what it was told.
    assertThat(own.declare(parcel.manifest()).statusCode()).isEqualTo(200);
    assertThat(own.receipts(1)).hasSize(1).allMatch(own::isSigned);
  }

  @Test
  void a_newer_request_takes_over_from_one_whose_sender_is_silent() throws Exception {
    var parcel = new TestParcel();
    parcel.addInstance(16);
    byte[] all = parcel.part(1);
    gateway.declare(parcel.manifest());
    try (var silent = RawChunk.begin(port, gateway, parcel.id(), 1, 0, all, 5_000)) {
      await().until(() -> gateway.state(parcel.id()).parts().getFirst().offset() == 5_000);
      var locked = gateway.patch(parcel.id(), 1, 5_000, Arrays.copyOfRange(all, 5_000, 6_000), all);
      assertThat(locked.statusCode()).isIn(423, UploadHeader.CHECKSUM_MISMATCH);

      await()
          .until(() -> {
            long offset = gateway.state(parcel.id()).parts().getFirst().offset();
            byte[] rest = Arrays.copyOfRange(all, (int) offset, all.length);
            return gateway.patch(parcel.id(), 1, offset, rest, all).statusCode() == 204;
          });
      assertThat(silent.isConnected()).isTrue();
    }
    await().until(() -> stored(parcel.study()) == 1);
  }

  @Test
  void nobody_without_a_token_and_nobody_who_is_switched_off_gets_in() {
    var own = enrolled("GATE");
    gateways.switchOff(own.answer().gateway());

    var off = own.send(own.to(LinkPaths.CONFIGURATION).GET());
    assertThat(off.statusCode()).isEqualTo(403);
    assertThat(off.body()).contains("TR-0501");
    var stranger = new TestGateway(port);
    var refused = stranger.send(stranger.to(LinkPaths.STATUS).GET());
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  private int stored(String study) {
    return sql.sql(
            """
            select count(*) from archive.instance i join archive.study s on s.id = i.study_ref
            where s.study_instance_uid = ?
            """)
        .param(study)
        .query(Integer.class)
        .single();
  }

  static long header(java.net.http.HttpResponse<?> response, String name) {
    return response.headers().firstValueAsLong(name).orElse(-1);
  }
}
