package org.heliograph.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.PduEncoder;
import org.heliograph.dicom.net.ul.UserInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that are slow, silent, broken or hostile; after each of them the node answers C-ECHO. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class HostilePeerIT {
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final int DRIP_MILLIS = 20;
  private static final int MUTATIONS = 400;

  private final MemorySink sink = new MemorySink();
  private final SampleInstance sample = SampleInstance.ofSide(64);
  private DicomNode node;

  @BeforeEach
  void start() throws IOException {
    var timeouts =
        AssociationTimeouts.defaults()
            .withArtim(SHORT)
            .withPdu(SHORT)
            .withGap(SHORT)
            .withIdle(Duration.ofSeconds(10));
    node =
        DicomNode.start(
            NodeSettings.of(new AeTitle("HELIOGRAPH"))
                .timeouts(timeouts)
                .maxInstanceBytes(1 << 20)
                .build(),
            CallerPolicy.everyone(),
            sink);
  }

  @AfterEach
  void node_is_still_in_service() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      echo(peer);
      peer.send(new Pdu.ReleaseRq());
      peer.expect(Pdu.ReleaseRp.class);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> node.associations() == 0);
    node.close();
  }

  private static void echo(ScriptedPeer peer) throws IOException {
    peer.sendCommand(3, ScriptedPeer.echoRq(7));
    assertThat(peer.expectStatus()).isZero();
  }

  @Test
  void a_silent_connection_is_closed_when_artim_expires() throws IOException {
    try (var peer = ScriptedPeer.connect(node.port())) {
      peer.expectClose();
    }
  }

  @Test
  void half_an_association_request_is_not_waited_for() throws IOException {
    try (var peer = ScriptedPeer.connect(node.port())) {
      var request = PduEncoder.encode(ScriptedPeer.associateRq());
      peer.sendRaw(Arrays.copyOf(request, request.length / 2));

      peer.expectEnd();
    }
  }

  @Test
  void a_dripped_association_request_is_cut_off() throws Exception {
    try (var peer = ScriptedPeer.connect(node.port())) {
      peer.drip(PduEncoder.encode(ScriptedPeer.associateRq()), DRIP_MILLIS);

      peer.expectEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "\1\0\177\377\377\377", "\4\0\377\377\377\377"})
  void what_is_no_association_request_is_answered_by_abort_or_close(String bytes)
      throws IOException {
    try (var peer = ScriptedPeer.connect(node.port())) {
      peer.sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1));

      peer.expectEnd();
    }
  }

  @Test
  void data_before_the_association_is_aborted() throws IOException {
    try (var peer = ScriptedPeer.connect(node.port())) {
      peer.sendCommand(3, ScriptedPeer.echoRq(1));

      assertThat(peer.expect(Pdu.Abort.class).source()).isEqualTo(Pdu.Abort.SERVICE_USER);
    }
  }

  @Test
  void a_second_association_request_is_aborted_as_unexpected() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.send(ScriptedPeer.associateRq());

      assertThat(peer.expect(Pdu.Abort.class)).isEqualTo(new Pdu.Abort(2, 2));
    }
  }

  @Test
  void an_unknown_pdu_type_is_aborted_as_unrecognized() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendRaw(new byte[] {0x42, 0, 0, 0, 0, 4, 1, 2, 3, 4});

      assertThat(peer.expect(Pdu.Abort.class)).isEqualTo(new Pdu.Abort(2, 1));
    }
  }

  @Test
  void a_pdu_longer_than_announced_is_aborted_before_it_is_read() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendRaw(new byte[] {4, 0, 0, 2, 0, 1});

      assertThat(peer.expect(Pdu.Abort.class)).isEqualTo(new Pdu.Abort(2, 6));
    }
  }

  @Test
  void a_wrong_application_context_and_protocol_version_are_rejected() throws IOException {
    var rq = ScriptedPeer.associateRq();
    var contexts = rq.contexts();
    var info = UserInformation.of(0, "2.25.1", "SCRIPTED");
    try (var peer = ScriptedPeer.connect(node.port())) {
      peer.send(new Pdu.AssociateRq(1, "HELIOGRAPH", "SCRIPTED", "1.2.3", contexts, info));
      assertThat(peer.read()).isEqualTo(new Pdu.AssociateRj(1, 1, 2));
    }
    try (var peer = ScriptedPeer.connect(node.port())) {
      peer.send(
          new Pdu.AssociateRq(
              2, "HELIOGRAPH", "SCRIPTED", rq.applicationContext(), contexts, info));
      assertThat(peer.read()).isEqualTo(new Pdu.AssociateRj(1, 2, 2));
    }
  }

  @Test
  void contexts_are_answered_one_by_one() throws IOException {
    var contexts =
        List.of(
            new Pdu.ProposedContext(1, "1.2.3.4", List.of(Uids.ImplicitVrLittleEndian)),
            new Pdu.ProposedContext(
                3, SampleInstance.SOP_CLASS, List.of("1.2.3.5", Uids.ImplicitVrLittleEndian)),
            new Pdu.ProposedContext(5, SampleInstance.SOP_CLASS, List.of("1.2.3.5")));
    try (var peer = ScriptedPeer.connect(node.port())) {
      peer.send(
          new Pdu.AssociateRq(
              1,
              "HELIOGRAPH",
              "SCRIPTED",
              Pdu.APPLICATION_CONTEXT,
              contexts,
              UserInformation.of(0, "2.25.1", "SCRIPTED")));

      assertThat(peer.expect(Pdu.AssociateAc.class).contexts())
          .extracting(Pdu.ContextResult::result)
          .containsExactly(
              Pdu.ContextResult.Result.ABSTRACT_SYNTAX_NOT_SUPPORTED,
              Pdu.ContextResult.Result.ACCEPTANCE,
              Pdu.ContextResult.Result.TRANSFER_SYNTAXES_NOT_SUPPORTED);
    }
  }

  @Test
  void a_cut_in_the_middle_of_the_pixels_stores_nothing() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(1, storeRq());
      peer.sendPartOfDataset(1, Arrays.copyOf(sample.dataset(), 1000));
      peer.cut();
    }

    assertThat(sink.received()).isEmpty();
  }

  @Test
  void silence_in_the_middle_of_the_pixels_is_aborted() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(1, storeRq());
      peer.sendPartOfDataset(1, Arrays.copyOf(sample.dataset(), 1000));

      peer.expect(Pdu.Abort.class);
    }
    assertThat(sink.received()).isEmpty();
  }

  @Test
  void a_release_in_the_middle_of_the_pixels_is_aborted() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(1, storeRq());
      peer.sendPartOfDataset(1, Arrays.copyOf(sample.dataset(), 1000));
      peer.send(new Pdu.ReleaseRq());

      peer.expect(Pdu.Abort.class);
    }
    assertThat(sink.received()).isEmpty();
  }

  @Test
  void a_data_set_in_another_context_is_aborted() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(1, storeRq());
      peer.sendDataset(3, sample.dataset());

      peer.expect(Pdu.Abort.class);
    }
  }

  @Test
  void endless_empty_fragments_are_aborted() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(1, storeRq());
      for (var i = 0; i < 65; i++) {
        peer.sendPartOfDataset(1, new byte[0]);
      }

      peer.expect(Pdu.Abort.class);
    }
  }

  @Test
  void a_data_set_above_the_limit_is_aborted() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(1, storeRq());
      var part = new byte[100_000];
      for (var i = 0; i < 11; i++) {
        peer.sendPartOfDataset(1, part);
      }

      peer.expectEnd();
    }
    assertThat(sink.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../etc/passwd",
        "/etc/passwd",
        "1.2.3/../4",
        "1..2",
        "1.02",
        "abc",
        "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22.23.24.25"
      })
  void what_is_no_uid_is_an_invalid_object_instance_and_the_association_goes_on(String uid)
      throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(1, ScriptedPeer.storeRq(1, SampleInstance.SOP_CLASS, uid));
      peer.sendDataset(1, sample.dataset());
      assertThat(peer.expectStatus()).isEqualTo(0x0117);

      echo(peer);
    }
    assertThat(sink.received()).isEmpty();
  }

  @Test
  void a_class_other_than_the_contexts_is_not_supported() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(1, ScriptedPeer.storeRq(1, Uids.CtImageStorage, sample.sopInstanceUid()));
      peer.sendDataset(1, sample.dataset());
      assertThat(peer.expectStatus()).isEqualTo(0x0122);

      peer.sendCommand(
          3, ScriptedPeer.storeRq(2, Uids.VerificationSopClass, sample.sopInstanceUid()));
      peer.sendDataset(3, sample.dataset());
      assertThat(peer.expectStatus()).isEqualTo(0x0122);
    }
    assertThat(sink.received()).isEmpty();
  }

  @Test
  void an_operation_we_do_not_offer_is_unrecognized() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(1, ScriptedPeer.command(0x0020, 1, 0, SampleInstance.SOP_CLASS, ""));
      peer.sendDataset(1, sample.dataset());
      assertThat(peer.expectStatus()).isEqualTo(0x0211);

      echo(peer);
    }
  }

  @Test
  void a_c_store_without_data_set_is_mistyped() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(
          1,
          ScriptedPeer.command(
              0x0001, 1, 0x0101, SampleInstance.SOP_CLASS, sample.sopInstanceUid()));
      assertThat(peer.expectStatus()).isEqualTo(0x0212);

      echo(peer);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 50})
  void a_broken_command_set_is_aborted(int bytes) throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(1, Arrays.copyOf(storeRq(), bytes));

      peer.expect(Pdu.Abort.class);
    }
  }

  @Test
  void a_giant_command_set_is_aborted() throws IOException {
    try (var peer = ScriptedPeer.associate(node.port())) {
      peer.send(
          ScriptedPeer.pdv(1, Pdu.Pdv.Kind.COMMAND, Pdu.Pdv.Position.MORE, new byte[100_000]));

      peer.expect(Pdu.Abort.class);
    }
  }

  @Test
  void fragments_of_two_bytes_and_several_values_in_one_pdu_are_put_together() throws IOException {
    var command = storeRq();
    var dataset = sample.dataset();
    try (var peer = ScriptedPeer.associate(node.port())) {
      for (var at = 0; at < command.length; at += 2) {
        var position = at + 2 < command.length ? Pdu.Pdv.Position.MORE : Pdu.Pdv.Position.LAST;
        peer.send(
            ScriptedPeer.pdv(
                1, Pdu.Pdv.Kind.COMMAND, position, Arrays.copyOfRange(command, at, at + 2)));
      }
      var values = new ArrayList<Pdu.Pdv>();
      for (var at = 0; at < dataset.length; at += 500) {
        var end = Math.min(dataset.length, at + 500);
        values.add(
            new Pdu.Pdv(
                1,
                Pdu.Pdv.Kind.DATASET,
                end < dataset.length ? Pdu.Pdv.Position.MORE : Pdu.Pdv.Position.LAST,
                ByteBuffer.wrap(Arrays.copyOfRange(dataset, at, end))));
      }
      peer.send(new Pdu.PData(values));

      assertThat(peer.expectStatus()).isZero();
    }
    assertThat(sink.received())
        .singleElement()
        .extracting(MemorySink.Received::digest)
        .isEqualTo(MemorySink.digestOf(dataset));
  }

  @Test
  void mutated_pdus_never_stop_the_node() throws IOException {
    var seed = 42L;
    var random = new Random(seed);
    var request = PduEncoder.encode(ScriptedPeer.associateRq());
    for (var i = 0; i < MUTATIONS; i++) {
      var mutated = request.clone();
      for (var flips = random.nextInt(1, 6); flips > 0; flips--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      try (var peer = ScriptedPeer.connect(node.port())) {
        peer.sendRaw(mutated);
      }
    }
  }

  private byte[] storeRq() {
    return ScriptedPeer.storeRq(1, SampleInstance.SOP_CLASS, sample.sopInstanceUid());
  }
}
