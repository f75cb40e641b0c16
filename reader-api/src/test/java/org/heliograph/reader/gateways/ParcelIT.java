package org.heliograph.reader.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.ParcelState.PartState;
import org.heliograph.node.link.Receipt;
import org.heliograph.node.link.UploadHeader;
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

  static UUID unknown() {
    return UUID.randomUUID();
  }
}
