package org.heliograph.dicom.net.ul;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection, plain or with TLS on it, that reads and writes whole PDUs, each within a
 * deadline: a peer that sends one byte at a time gains nothing by it. Reading is for one thread;
 * {@link #wake} and {@link #cut} may come from any.
 */
final class Transport {
  private static final int HEADER_BYTES = 6;
  private static final int READ_BYTES = 32 * 1024;
  private static final int IDLE_BYTES = 512;
  private static final Duration SILENCE_BEFORE_RELEASE = Duration.ofSeconds(1);
  private static final Duration CLOSE_NOTIFY = Duration.ofSeconds(1);
  private static final int SOCKET_BUFFER_BYTES = 512 * 1024;

  /** The header of a PDU. */
  record Header(int type, long length) {}

  private final Socket socket;
  private final @Nullable SSLSocket tls;
  private final Caller caller;
  private final InputStream in;
  private final OutputStream out;
  private final boolean quickAck;
  private byte[] read = new byte[IDLE_BYTES];
  private int position;
  private int limit;
  private byte[] body = new byte[0];

  /** A plain connection. */
  Transport(Socket socket) throws IOException {
    this(socket, null);
  }

  /**
   * A connection with TLS on it after its handshake. Time limits, options and the hard end are the
   * TCP socket's: closing the TLS one may have to wait.
   */
  Transport(Socket socket, @Nullable SSLSocket tls) throws IOException {
    this.socket = socket;
    this.tls = tls;
    caller = new Caller(socket.getInetAddress(), tls == null ? null : TlsSettings.peerOf(tls));
    socket.setTcpNoDelay(true);
    // Nagle's algorithm at the peer (dcmtk leaves it on) waits for our acknowledgement of each
    // small PDU, and a
    // delayed one costs 40 ms; Linux forgets this option, so it is renewed with each read.
    quickAck = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    in = tls == null ? socket.getInputStream() : tls.getInputStream();
    out = tls == null ? socket.getOutputStream() : tls.getOutputStream();
  }

  static void tune(Socket socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
    socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
  }

  static int socketBufferBytes() {
    return SOCKET_BUFFER_BYTES;
  }

  Caller caller() {
    return caller;
  }

  /** Waits for the first byte of a PDU. Buffers are given back while the peer is silent. */
  void awaitPdu(long deadlineNanos) throws IOException {
    if (position < limit) {
      return;
    }
    position = 0;
    limit = 0;
    if (read.length > IDLE_BYTES || body.length > 0) {
      var soon = System.nanoTime() + SILENCE_BEFORE_RELEASE.toNanos();
      if (soon - deadlineNanos < 0) {
        try {
          limit = receive(read, 0, read.length, soon);
          return;
        } catch (SocketTimeoutException _) {
          read = new byte[IDLE_BYTES];
          body = new byte[0];
        }
      }
    }
    limit = receive(read, 0, read.length, deadlineNanos);
  }

  /**
   * Whether bytes are there to be read without waiting. A TLS socket shows what it has decrypted
   * only, and what came may be no data, so it is asked by a read that waits a millisecond.
   */
  boolean hasIncoming() throws IOException {
    if (position < limit || in.available() > 0) {
      return true;
    }
    if (tls == null || socket.getInputStream().available() == 0) {
      return false;
    }
    position = 0;
    limit = 0;
    socket.setSoTimeout(1);
    try {
      var count = in.read(read, 0, read.length);
      limit = Math.max(0, count);
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    }
  }

  /** Reads a header; its first byte is there or must come by the deadline. */
  Header readHeader(long deadlineNanos) throws IOException {
    while (limit - position < HEADER_BYTES) {
      fill(deadlineNanos);
    }
    var header = ByteBuffer.wrap(read, position, HEADER_BYTES);
    position += HEADER_BYTES;
    var type = header.get() & 0xff;
    header.get();
    return new Header(type, header.getInt() & 0xffff_ffffL);
  }

  /** Reads a body whose length has been checked. The buffer is used again by the next PDU. */
  ByteBuffer readBody(int length, long deadlineNanos) throws IOException {
    if (length <= limit - position) {
      var view = ByteBuffer.wrap(read, position, length).slice();
      position += length;
      return view;
    }
    // A buffer as long as the header claims is made only as the bytes come.
    if (body.length < length) {
      body = new byte[Math.min(length, Math.max(READ_BYTES, body.length))];
    }
    var have = 0;
    while (have < length) {
      if (have == body.length) {
        body = Arrays.copyOf(body, Math.min(length, body.length * 2));
      }
      var room = Math.min(length, body.length) - have;
      if (position < limit) {
        var part = Math.min(room, limit - position);
        System.arraycopy(read, position, body, have, part);
        position += part;
        have += part;
      } else if (room >= READ_BYTES / 2) {
        have += receive(body, have, room, deadlineNanos);
      } else {
        fill(deadlineNanos);
      }
    }
    return ByteBuffer.wrap(body, 0, length).slice();
  }

  private void fill(long deadlineNanos) throws IOException {
    if (read.length < READ_BYTES) {
      read = Arrays.copyOf(read, READ_BYTES);
    }
    if (position == limit) {
      position = 0;
      limit = 0;
    } else if (limit == read.length) {
      System.arraycopy(read, position, read, 0, limit - position);
      limit -= position;
      position = 0;
    }
    limit += receive(read, limit, read.length - limit, deadlineNanos);
  }

  private int receive(byte[] target, int offset, int length, long deadlineNanos)
      throws IOException {
    var millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("the peer was too slow");
    }
    if (quickAck) {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
    socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    var count = in.read(target, offset, length);
    if (count < 0) {
      throw new EOFException("the peer closed the connection");
    }
    return count;
  }

  /** Writes within a deadline: a peer that stops reading is cut off. */
  void write(byte[] bytes, int offset, int length, Duration within) throws IOException {
    try (var _ = WriteDeadlines.watch(socket, within)) {
      out.write(bytes, offset, length);
    }
  }

  /**
   * After our last word: waits for the peer to close, skipping what it still sends, so that it can
   * read that word.
   */
  void drainUntilClosed(Duration within, long maxBytes) throws IOException {
    var deadline = System.nanoTime() + within.toNanos();
    shutdownOutput();
    var left = maxBytes;
    try {
      while (left > 0) {
        left -= receive(read, 0, read.length, deadline);
      }
    } finally {
      position = 0;
      limit = 0;
    }
  }

  /** Ends a read that another thread waits in, as if the peer had closed. */
  void wake() {
    try {
      socket.shutdownInput();
    } catch (IOException _) {
      cut();
    }
  }

  /** FIN, or close_notify and then FIN. */
  private void shutdownOutput() throws IOException {
    if (tls == null) {
      if (!socket.isOutputShutdown()) {
        socket.shutdownOutput();
      }
      return;
    }
    try (var _ = WriteDeadlines.watch(socket, CLOSE_NOTIFY)) {
      if (!tls.isOutputShutdown()) {
        tls.shutdownOutput();
      }
    }
  }

  /** The owner: ends the connection in order as far as that is possible at once. */
  void close() {
    if (tls != null && !socket.isClosed()) {
      try {
        shutdownOutput();
      } catch (IOException _) {
        // the peer need not be told any more
      }
    }
    cut();
  }

  /** Any thread: ends the connection. */
  void cut() {
    try {
      socket.close();
    } catch (IOException _) {
      // already closing
    }
  }
}
