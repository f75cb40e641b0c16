package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransportTest {
  private static final long SEED = 7;
  private static final int PDUS = 300;

  @Test
  void pdus_of_every_length_are_read_whole_however_they_are_cut() throws IOException {
    var random = new Random(SEED);
    var wire = new ByteArrayOutputStream();
    var lengths = new int[PDUS];
    for (var i = 0; i < PDUS; i++) {
      lengths[i] = i % 3 == 0 ? random.nextInt(200) : random.nextInt(131_073);
      wire.writeBytes(
          ByteBuffer.allocate(6).put((byte) 4).put((byte) 0).putInt(lengths[i]).array());
      for (var at = 0; at < lengths[i]; at++) {
        wire.write(at * 31 + i);
      }
    }
    var transport = new Transport(new CannedSocket(wire.toByteArray(), random));
    var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();

    for (var i = 0; i < PDUS; i++) {
      transport.awaitPdu(deadline);
      var header = transport.readHeader(deadline);
      assertThat(header).isEqualTo(new Transport.Header(4, lengths[i]));
      var body = transport.readBody(lengths[i], deadline);
      assertThat(body.remaining()).isEqualTo(lengths[i]);
      for (var at = 0; at < lengths[i]; at++) {
        if (body.get(at) != (byte) (at * 31 + i)) {
          throw new AssertionError("seed " + SEED + ", PDU " + i + ", byte " + at);
        }
      }
    }
    assertThatThrownBy(() -> transport.awaitPdu(deadline)).isInstanceOf(EOFException.class);
  }

  /** Gives its bytes in pieces of random length. */
  private static final class CannedSocket extends Socket {
    private final InputStream in;

    CannedSocket(byte[] bytes, Random random) {
      in =
          new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
              return super.read(target, offset, Math.min(length, 1 + random.nextInt(50_000)));
            }
          };
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
      return Set.of();
    }
  }
}
