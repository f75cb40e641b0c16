package org.heliograph.reader.hl7;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends HL7 v2 messages over a socket, as a hospital's information system does. */
public final class MllpClient implements Closeable {
  private final Socket socket;
  private final InputStream in;

  private MllpClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  public static MllpClient to(int port) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(30_000);
      return new MllpClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends one message on a connection of its own and returns the answer. */
  static String send(int port, String message) {
    try (var client = to(port)) {
      return client.exchange(message.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Sends a message and waits for its answer. */
  public String exchange(byte[] message) {
    try {
      var frame = new ByteArrayOutputStream();
      frame.write(0x0b);
      frame.write(message);
      frame.write(0x1c);
      frame.write(0x0d);
      return raw(frame.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends bytes and waits for an answer. */
  String raw(byte[] bytes) throws IOException {
    write(bytes);
    var answer = new ByteArrayOutputStream();
    for (int next = in.read(); ; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed without an answer");
      }
      if (next == 0x1c) {
        if (in.read() != 0x0d) {
          throw new IOException("the answer ends in another way");
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
      }
      if (next != 0x0b) {
        answer.write(next);
      }
    }
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Whether the other side has closed. */
  boolean isClosedByPeer() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
