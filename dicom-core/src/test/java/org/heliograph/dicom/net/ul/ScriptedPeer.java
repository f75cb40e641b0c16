package org.heliograph.dicom.net.ul;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A peer that says byte for byte what a test tells it to. */
final class ScriptedPeer implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;

  private ScriptedPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  static ScriptedPeer connect(int port) throws IOException {
    return new ScriptedPeer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  static ScriptedPeer accept(ServerSocket listener) throws IOException {
    return new ScriptedPeer(listener.accept());
  }

  /** Associates for Verification in context 1. */
  static ScriptedPeer associate(int port, int maxPduLengthBytes) throws IOException {
    var peer = connect(port);
    peer.send(LoopbackServer.proposal().maxPduLengthBytes(maxPduLengthBytes).toRequest());
    if (!(peer.read() instanceof Pdu.AssociateAc)) {
      throw new AssertionError("not accepted");
    }
    return peer;
  }

  void send(Pdu pdu) throws IOException {
    sendRaw(PduEncoder.encode(pdu));
  }

  void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** One byte at a time, until the other side has had enough. */
  void drip(byte[] bytes, long everyMillis) throws InterruptedException {
    var never = new CountDownLatch(1);
    try {
      for (var value : bytes) {
        sendRaw(new byte[] {value});
        if (never.await(everyMillis, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (IOException _) {
      // the other side has had enough
    }
  }

  Pdu read() throws IOException {
    var type = in.readUnsignedByte();
    in.readUnsignedByte();
    var body = new byte[in.readInt()];
    in.readFully(body);
    return PduDecoder.decode(type, ByteBuffer.wrap(body));
  }

  /** Whatever comes until the other side closes. */
  long drain() {
    var count = 0L;
    try {
      while (in.read() >= 0) {
        count++;
      }
    } catch (IOException _) {
      // closed the hard way
    }
    return count;
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Cuts the connection by RST. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
