package org.heliograph.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.PduEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand peers that only hold on, or speak a byte at a time, keep nobody else waiting. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ManyPeersIT {
  private static final int MANY = 1_000;
  private static final int SLOW = 100;

  private DicomNode node;
  private final List<ScriptedPeer> peers = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    node =
        DicomNode.start(
            NodeSettings.of(new AeTitle("HELIOGRAPH"))
                .maxAssociations(MANY + SLOW, MANY + SLOW)
                .timeouts(
                    AssociationTimeouts.defaults()
                        .withArtim(Duration.ofSeconds(4))
                        .withPdu(Duration.ofSeconds(4))
                        .withIdle(Duration.ofSeconds(20)))
                .build(),
            CallerPolicy.everyone(),
            new MemorySink());
  }

  @AfterEach
  void all_places_are_given_back() throws IOException {
    for (ScriptedPeer peer : peers) {
      peer.close();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> node.associations() == 0);
    echo();
    node.close();
  }

  @Test
  void a_thousand_silent_connections_are_closed_and_others_are_answered_meanwhile()
      throws IOException {
    for (int i = 0; i < MANY; i++) {
      peers.add(ScriptedPeer.connect(node.port()));
    }
    echo();
    for (ScriptedPeer peer : peers) {
      peer.expectClose();
    }
  }

  @Test
  void a_thousand_idle_associations_leave_room_for_others_until_the_limit_says_so()
      throws IOException {
    for (int i = 0; i < MANY; i++) {
      peers.add(ScriptedPeer.associate(node.port()));
    }
    echo();
    for (int i = 0; i < SLOW; i++) {
      peers.add(ScriptedPeer.associate(node.port()));
    }
    try (ScriptedPeer beyond = ScriptedPeer.connect(node.port())) {
      beyond.send(ScriptedPeer.associateRq());
      Pdu.AssociateRj rejected = beyond.expect(Pdu.AssociateRj.class);
      assertThat(List.of(rejected.result(), rejected.source(), rejected.reason()))
          .containsExactly(2, 3, 2);
    }
  }

  @Test
  void a_hundred_slow_speakers_are_cut_off_and_others_are_answered_meanwhile() throws IOException {
    byte[] request = PduEncoder.encode(ScriptedPeer.associateRq());
    for (int i = 0; i < SLOW; i++) {
      peers.add(ScriptedPeer.connect(node.port()));
    }
    for (int at = 0; at < 10; at++) {
      for (ScriptedPeer peer : peers) {
        peer.sendRaw(Arrays.copyOfRange(request, at, at + 1));
      }
    }
    echo();
    for (ScriptedPeer peer : peers) {
      peer.expectEnd();
    }
  }

  private void echo() throws IOException {
    try (ScriptedPeer peer = ScriptedPeer.associate(node.port())) {
      peer.sendCommand(3, ScriptedPeer.echoRq(7));
      assertThat(peer.expectStatus()).isZero();
      peer.send(new Pdu.ReleaseRq());
      peer.expect(Pdu.ReleaseRp.class);
    }
  }
}
