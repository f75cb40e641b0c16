package org.heliograph.node.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a link does to an echo. */
class LinkEmulatorIT {
  private static final LinkShape SHAPE =
      new LinkShape(200_000, 1_000_000, Duration.ofMillis(200), Duration.ofMillis(5));

  private ServerSocket echo;
  private LinkEmulator link;

  @BeforeEach
  void open() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    link = LinkEmulator.to(echo.getLocalPort(), SHAPE, 42);
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    echo.close();
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (socket) {
                socket.getInputStream().transferTo(socket.getOutputStream());
              } catch (IOException _) {
                // the link was cut
              }
            });
      } catch (IOException _) {
        // closed
      }
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void sendAndReceive(Socket socket, int bytes) throws IOException {
    Thread.ofVirtual()
        .start(() -> {
          try {
            socket.getOutputStream().write(new byte[bytes]);
          } catch (IOException _) {
            // the reader sees it
          }
        });
    assertThat(socket.getInputStream().readNBytes(bytes)).hasSize(bytes);
  }

  @Test
  void has_a_rate_and_a_latency_and_counts() throws IOException {
    try (Socket socket = connect()) {
      sendAndReceive(socket, 1);
      long began = System.nanoTime();
      sendAndReceive(socket, 1);
      double roundTrip = (System.nanoTime() - began) / 1e9;
      began = System.nanoTime();
      sendAndReceive(socket, 300_000);
      double seconds = (System.nanoTime() - began) / 1e9;

      assertThat(roundTrip).isBetween(0.2, 1.0);
      assertThat(seconds).isBetween(1.5, 6.0);
      assertThat(link.totals()).isEqualTo(new LinkTotals(1, 300_002, 300_002));
    }
  }

  @Test
  void tells_both_ends_when_it_is_cut_and_nobody_when_it_goes_silent() throws IOException {
    try (Socket socket = connect()) {
      sendAndReceive(socket, 10);
      link.fail(Outage.RESET);
      assertThatThrownBy(() -> sendAndReceive(socket, 10)).isInstanceOf(Throwable.class);
      link.comeBack();
    }
    try (Socket socket = connect()) {
      sendAndReceive(socket, 10);
      link.fail(Outage.SILENT);
      link.comeBack();
      socket.setSoTimeout(700);
      socket.getOutputStream().write(1);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
    try (Socket socket = connect()) {
      sendAndReceive(socket, 10);
    }
  }

  @Test
  void holds_everything_back_while_it_stalls_and_loses_nothing() throws IOException {
    try (Socket socket = connect()) {
      sendAndReceive(socket, 10);
      link.fail(Outage.STALL);
      socket.setSoTimeout(500);
      socket.getOutputStream().write(7);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      link.comeBack();
      socket.setSoTimeout(10_000);

      assertThat(socket.getInputStream().read()).isEqualTo(7);
    }
  }
}
