package org.heliograph.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.ul.Pdu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the sink does, and what the sender hears of it. */
@Timeout(60)
class SinkOutcomeIT {
  private final SampleInstance sample = SampleInstance.ofSide(300);

  static Stream<Arguments> sinks() {
    InstanceSink failing =
        _ -> {
          throw new IOException("/var/secret/path is full");
        };
    InstanceSink buggy =
        _ -> {
          throw new IllegalStateException("Sample^Synthetic");
        };
    return Stream.of(
        Arguments.of(answering(new StoreOutcome.Stored()), 0x0000),
        Arguments.of(answering(new StoreOutcome.AlreadyStored()), 0x0000),
        Arguments.of(answering(new StoreOutcome.Quarantined("HG-1")), 0xb000),
        Arguments.of(answering(new StoreOutcome.OutOfResources("HG-2")), 0xa700),
        Arguments.of(answering(new StoreOutcome.DoesNotMatchSopClass("HG-3")), 0xa900),
        Arguments.of(answering(new StoreOutcome.CannotUnderstand("HG-4")), 0xc000),
        Arguments.of(failing, 0xa700),
        Arguments.of(buggy, 0x0110));
  }

  /** Answers without reading a byte. */
  private static InstanceSink answering(StoreOutcome outcome) {
    return _ -> outcome;
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void a_sink_that_leaves_the_data_set_unread_is_answered_for_and_the_association_goes_on(
      InstanceSink sink, int status) throws IOException {
    try (var node = start(sink);
        var peer = ScriptedPeer.associate(node.port())) {
      for (var messageId = 1; messageId <= 3; messageId++) {
        store(peer, messageId);
        assertThat(peer.expectStatus()).isEqualTo(status);
      }
      peer.send(new Pdu.ReleaseRq());
      peer.expect(Pdu.ReleaseRp.class);
    }
  }

  @Test
  void closing_the_node_finishes_the_instance_in_flight() throws Exception {
    var arrived = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    InstanceSink slow =
        instance -> {
          instance.dataset().skipNBytes(100);
          arrived.countDown();
          try {
            assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return new StoreOutcome.Stored();
        };
    try (var node = start(slow);
        var busy = ScriptedPeer.associate(node.port());
        var idle = ScriptedPeer.associate(node.port());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      store(busy, 1);
      assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

      var closing = threads.submit(node::close);
      idle.expect(Pdu.Abort.class);
      idle.cut();
      goOn.countDown();

      assertThat(busy.expectStatus()).isZero();
      busy.expect(Pdu.Abort.class);
      busy.cut();
      closing.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void associations_above_the_limit_are_rejected_as_transient() throws IOException {
    var settings = NodeSettings.of(new AeTitle("HELIOGRAPH")).maxAssociations(10, 2).build();
    try (var node = DicomNode.start(settings, CallerPolicy.everyone(), new MemorySink());
        var first = ScriptedPeer.associate(node.port());
        var _ = ScriptedPeer.associate(node.port())) {
      try (var third = ScriptedPeer.connect(node.port())) {
        third.send(ScriptedPeer.associateRq());
        assertThat(third.read()).isEqualTo(new Pdu.AssociateRj(2, 3, 2));
      }
      first.sendCommand(3, ScriptedPeer.echoRq(1));
      assertThat(first.expectStatus()).isZero();
    }
  }

  private void store(ScriptedPeer peer, int messageId) throws IOException {
    peer.sendCommand(
        1, ScriptedPeer.storeRq(messageId, SampleInstance.SOP_CLASS, sample.sopInstanceUid()));
    peer.sendDataset(1, sample.dataset());
  }

  private static DicomNode start(InstanceSink sink) throws IOException {
    return DicomNode.start(
        NodeSettings.of(new AeTitle("HELIOGRAPH")).build(), CallerPolicy.everyone(), sink);
  }
}
