package org.heliograph.reader.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MllpServerTest {
  private static final MllpLimits LIMITS =
      new MllpLimits(1_000, 4, 4, Duration.ofMillis(600), Duration.ofMillis(600));

  private static MllpServer echo() throws IOException {
    return start((message, peer) -> message);
  }

  private static MllpServer start(java.util.function.BiFunction<byte[], String, byte[]> messages)
      throws IOException {
    return MllpServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), LIMITS, null, messages);
  }

  @Test
  void frames_follow_each_other_on_one_connection() throws IOException {
    try (var server = echo();
        var client = MllpClient.to(server.port())) {
      assertThat(client.exchange(bytes("one"))).isEqualTo("one");
      client.write(bytes("\r\n "));
      assertThat(client.exchange(bytes("two"))).isEqualTo("two");
      client.write(bytes("\u000bthr"));
      assertThat(client.raw(bytes("ee\u001c\r\u000bfour\u001c\r"))).isEqualTo("three");
      assertThat(client.raw(new byte[0])).isEqualTo("four");
    }
  }

  @Test
  void a_frame_that_is_too_long_or_ends_otherwise_is_refused_and_the_connection_closed()
      throws IOException {
    try (var server = echo()) {
      for (String frame :
          List.of("\u000b" + "x".repeat(1_001), "\u000bab\u001cx", "\u000bab\u000b")) {
        try (var client = MllpClient.to(server.port())) {
          assertThat(client.raw(bytes(frame))).contains("MSA|AR|");
          assertThat(ended(client)).isTrue();
        }
      }
      try (var client = MllpClient.to(server.port())) {
        assertThat(client.exchange(bytes("x".repeat(1_000)))).hasSize(1_000);
      }
    }
  }

  @Test
  void who_sends_no_frame_or_none_to_its_end_is_cut_off() throws IOException {
    try (var server = echo()) {
      try (var silent = MllpClient.to(server.port());
          var slow = MllpClient.to(server.port());
          var stranger = MllpClient.to(server.port())) {
        slow.write(bytes("\u000bhalf"));
        stranger.write(bytes("GET / HTTP/1.1\r\n\r\n"));
        assertThat(ended(stranger)).isTrue();
        assertThat(ended(silent)).isTrue();
        assertThat(ended(slow)).isTrue();
      }
    }
  }

  @Test
  void connections_are_limited_and_free_again() throws IOException {
    try (var server = echo()) {
      List<MllpClient> open = new ArrayList<>();
      try {
        for (int i = 0; i < 4; i++) {
          var client = MllpClient.to(server.port());
          open.add(client);
          assertThat(client.exchange(bytes("in"))).isEqualTo("in");
        }
        try (var one = MllpClient.to(server.port())) {
          assertThatThrownBy(() -> one.raw(bytes("\u000bmore\u001c\r")))
              .isInstanceOfAny(EOFException.class, SocketException.class);
        }
        open.removeFirst().close();
        org.awaitility.Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> {
              try (var next = MllpClient.to(server.port())) {
                return next.raw(bytes("\u000bagain\u001c\r")).equals("again");
              } catch (IOException _) {
                return false;
              }
            });
      } finally {
        open.forEach(MllpClient::close);
      }
    }
  }

  @Test
  void closing_answers_the_message_in_hand() throws Exception {
    var inHand = new CountDownLatch(1);
    var server =
        start((message, peer) -> {
          inHand.countDown();
          java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
          return message;
        });
    try (var client = MllpClient.to(server.port())) {
      client.write(bytes("\u000blast\u001c\r"));
      inHand.await();
      server.close();
      assertThat(client.raw(new byte[0])).isEqualTo("last");
      assertThat(ended(client)).isTrue();
    }
  }

  private static boolean ended(MllpClient client) {
    try {
      return client.isClosedByPeer();
    } catch (SocketException _) {
      return true; // reset, as bytes were left unread
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
