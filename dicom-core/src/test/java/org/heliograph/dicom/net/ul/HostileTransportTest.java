package org.heliograph.dicom.net.ul;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import javax.net.SocketFactory;
import org.heliograph.dicom.net.ul.Pdu.Pdv;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What slow, broken and hostile peers can do to a server, and what they cannot. */
@SuppressWarnings("NullAway.Init")
class HostileTransportTest {
  private static final long SEED = 20260307;
  private static final int STREAMS = Integer.getInteger("dicom.mutated.streams", 300);
  private LoopbackServer server;

  @BeforeEach
  void start() throws IOException {
    server = LoopbackServer.start(settings -> settings.timeouts(quick()));
  }

  private static AssociationTimeouts quick() {
    return LoopbackServer.QUICK.withArtim(Duration.ofMillis(400)).withPdu(Duration.ofMillis(400));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_request_byte_by_byte_ends_at_artim() throws Exception {
    try (var peer = ScriptedPeer.connect(server.port())) {
      var start = System.nanoTime();
      peer.drip(PduEncoder.encode(LoopbackServer.proposal().toRequest()), 15);

      assertThat(server.nextEnd().cause()).isInstanceOf(AssociationException.TimedOut.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void a_data_pdu_byte_by_byte_ends_at_its_deadline() throws Exception {
    try (var peer = ScriptedPeer.associate(server.port(), 16384)) {
      peer.drip(PduEncoder.encode(data(command(new byte[200], Pdv.Position.LAST))), 15);

      assertThat(server.nextEnd().cause()).isInstanceOf(AssociationException.TimedOut.class);
    }
  }

  @Test
  void one_byte_values_many_in_a_pdu_and_empty_ones_join_to_the_message() throws Exception {
    try (var peer = ScriptedPeer.associate(server.port(), 16384)) {
      var message = new byte[600];
      new Random(SEED).nextBytes(message);
      var values = new ArrayList<Pdv>();
      for (var i = 0; i < message.length; i++) {
        values.add(command(new byte[] {message[i]}, Pdv.Position.MORE));
      }
      values.add(command(new byte[0], Pdv.Position.LAST));
      peer.send(new Pdu.PData(values.subList(0, 300)));
      for (var value : values.subList(300, values.size())) {
        peer.send(data(value));
      }

      assertThat(readMessage(peer, 16384)).isEqualTo(message);
    }
  }

  @Test
  void the_end_of_a_message_and_the_next_may_share_a_pdu() throws Exception {
    try (var peer = ScriptedPeer.associate(server.port(), 0)) {
      peer.send(data(command(new byte[] {1, 2}, Pdv.Position.MORE)));
      peer.send(
          new Pdu.PData(
              List.of(
                  command(new byte[] {3, 4}, Pdv.Position.LAST),
                  command(new byte[] {5, 6}, Pdv.Position.LAST))));

      assertThat(readMessage(peer, 0)).containsExactly(1, 2, 3, 4);
      assertThat(readMessage(peer, 0)).containsExactly(5, 6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 128, 4096, 131_072})
  void answers_are_cut_to_what_the_peer_takes(int maxPduLengthBytes) throws Exception {
    try (var peer = ScriptedPeer.associate(server.port(), maxPduLengthBytes)) {
      var message = new byte[3000];
      new Random(SEED).nextBytes(message);
      peer.send(data(command(message, Pdv.Position.LAST)));

      assertThat(readMessage(peer, maxPduLengthBytes)).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 128, 4096})
  void a_server_that_takes_short_pdus_only_or_any_says_so_and_holds_to_it(int maxPdu)
      throws Exception {
    try (var small =
            LoopbackServer.start(settings -> settings.timeouts(quick()).maxPduLengthBytes(maxPdu));
        var association = small.open(null)) {
      assertThat(association.peerInformation().maxPduLengthBytes()).isEqualTo(maxPdu);
      var message = new byte[300_000];
      new Random(SEED).nextBytes(message);
      assertThat(LoopbackServer.echo(association, message)).isEqualTo(message);
      association.release();
      assertThat(small.nextEnd().cause()).isNull();
      if (maxPdu > 0) {
        try (var peer = ScriptedPeer.associate(small.port(), 0)) {
          peer.send(data(command(new byte[maxPdu], Pdv.Position.LAST)));
          assertThat(peer.read()).isInstanceOf(Pdu.Abort.class);
        }
        assertThat(small.nextEnd().cause())
            .isInstanceOf(AssociationException.ProtocolViolation.class);
      }
    }
  }

  @Test
  void a_reset_in_each_state_ends_the_connection_and_nothing_else() throws Exception {
    var request = PduEncoder.encode(LoopbackServer.proposal().toRequest());
    for (var script : List.of("Sta2", "half a request", "Sta6", "within a PDU", "Sta13")) {
      var peer =
          script.equals("Sta2") || script.equals("half a request")
              ? ScriptedPeer.connect(server.port())
              : ScriptedPeer.associate(server.port(), 16384);
      switch (script) {
        case "half a request" -> peer.sendRaw(Arrays.copyOf(request, 50));
        case "within a PDU" -> peer.sendRaw(new byte[] {4, 0, 0, 0, 1, 0, 0, 0});
        case "Sta13" -> {
          peer.send(new Pdu.ReleaseRq());
          assertThat(peer.read()).isEqualTo(new Pdu.ReleaseRp());
        }
        default -> {}
      }
      peer.reset();
      var end = server.nextEnd();
      if (script.equals("Sta13")) {
        assertThat(end.cause()).as(script).isNull();
      } else {
        assertThat(end.cause()).as(script).isInstanceOf(AssociationException.ConnectionLost.class);
      }
    }
    try (var association = server.open(null)) {
      assertThat(LoopbackServer.echo(association, new byte[] {1, 2})).containsExactly(1, 2);
    }
  }

  @Test
  void a_requestor_whose_peer_resets_or_stalls_gets_a_declared_exception() throws Exception {
    try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      for (var script : List.of("reset", "silence", "garbage", "abort")) {
        var opening =
            new FutureTask<>(() ->
                Association.open(
                    new InetSocketAddress("localhost", listener.getLocalPort()),
                    LoopbackServer.proposal().toRequest(),
                    quick(),
                    SocketFactory.getDefault()));
        Thread.startVirtualThread(opening);
        try (var peer = ScriptedPeer.accept(listener)) {
          assertThat(peer.read()).isInstanceOf(Pdu.AssociateRq.class);
          switch (script) {
            case "reset" -> peer.reset();
            case "garbage" -> peer.sendRaw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
            case "abort" -> peer.send(Pdu.Abort.byUser());
            default -> {}
          }
          assertThatThrownBy(opening::get)
              .as(script)
              .cause()
              .isInstanceOf(AssociationException.class);
        }
      }
    }
  }

  @Test
  void a_message_in_flight_is_answered_before_the_server_closes() throws Exception {
    try (var peer = ScriptedPeer.associate(server.port(), 16384)) {
      peer.send(data(command(new byte[] {1, 2}, Pdv.Position.MORE)));
      peer.send(data(command(new byte[] {3, 4}, Pdv.Position.MORE)));
      while (server.inFlight() == 0) {
        Thread.onSpinWait();
      }
      var closing = Thread.startVirtualThread(server::close);
      peer.send(data(command(new byte[] {5, 6}, Pdv.Position.LAST)));

      assertThat(readMessage(peer, 16384)).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(peer.read()).isEqualTo(Pdu.Abort.byUser());
      peer.drain();
      closing.join();
      assertThat(server.nextEnd().cause()).isInstanceOf(AssociationException.Aborted.class);
    }
  }

  @Test
  void mutated_streams_end_their_own_association_only() throws Exception {
    var random = new Random(SEED);
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(PduEncoder.encode(LoopbackServer.proposal().toRequest()));
    for (var i = 0; i < 4; i++) {
      whole.writeBytes(PduEncoder.encode(data(command(new byte[50], Pdv.Position.LAST))));
    }
    whole.writeBytes(PduEncoder.encode(new Pdu.ReleaseRq()));
    for (var i = 0; i < STREAMS; i++) {
      try (var peer = ScriptedPeer.connect(server.port())) {
        var bytes = PduMutations.mutate(whole.toByteArray(), random);
        try {
          peer.sendRaw(bytes);
          peer.shutdownOutput();
        } catch (IOException _) {
          // the server has had enough
        }
        assertThat(peer.drain()).isLessThan(10_000);
      }
      var end = server.nextEnd();
      if (end.cause() != null && !(end.cause() instanceof AssociationException)) {
        throw new AssertionError("seed " + SEED + ", stream " + i, end.cause());
      }
    }
    try (var association = server.open(null)) {
      assertThat(LoopbackServer.echo(association, new byte[] {1, 2})).containsExactly(1, 2);
    }
  }

  private static Pdv command(byte[] bytes, Pdv.Position position) {
    return new Pdv(1, Pdv.Kind.COMMAND, position, ByteBuffer.wrap(bytes));
  }

  private static Pdu data(Pdv value) {
    return new Pdu.PData(List.of(value));
  }

  private static byte[] readMessage(ScriptedPeer peer, int maxPduLengthBytes) throws IOException {
    var message = new ByteArrayOutputStream();
    while (true) {
      var values = ((Pdu.PData) peer.read()).values();
      var length = values.stream().mapToInt(value -> value.data().remaining() + 6).sum();
      if (maxPduLengthBytes > 0) {
        assertThat(length).isLessThanOrEqualTo(maxPduLengthBytes);
      }
      for (var value : values) {
        var part = new byte[value.data().remaining()];
        value.data().get(part);
        message.writeBytes(part);
        if (value.isLast()) {
          return message.toByteArray();
        }
      }
    }
  }
}
