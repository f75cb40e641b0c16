package org.heliograph.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.PduDecoder;
import org.heliograph.dicom.net.ul.PduEncoder;
import org.heliograph.dicom.net.ul.UserInformation;

/** A peer that says byte for byte what a test tells it to, on either side of an association. */
final class ScriptedPeer implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;

  ScriptedPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  static ScriptedPeer connect(int port) throws IOException {
    return new ScriptedPeer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects and associates for Secondary Capture (context 1) and Verification (context 3). */
  static ScriptedPeer associate(int port) throws IOException {
    var peer = connect(port);
    peer.send(associateRq());
    assertThat(peer.expect(Pdu.AssociateAc.class).contexts())
        .allMatch(Pdu.ContextResult::isAccepted);
    return peer;
  }

  static Pdu.AssociateRq associateRq() {
    return new Pdu.AssociateRq(
        1,
        "HELIOGRAPH",
        "SCRIPTED",
        Pdu.APPLICATION_CONTEXT,
        List.of(
            new Pdu.ProposedContext(
                1, SampleInstance.SOP_CLASS, List.of(Uids.ExplicitVrLittleEndian)),
            new Pdu.ProposedContext(
                3, Uids.VerificationSopClass, List.of(Uids.ImplicitVrLittleEndian))),
        UserInformation.of(16384, "2.25.1", "SCRIPTED"));
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
        assertThat(never.await(everyMillis, TimeUnit.MILLISECONDS)).isFalse();
      }
    } catch (IOException _) {
      // the other side has had enough
    }
  }

  void sendCommand(int context, byte[] command) throws IOException {
    send(pdv(context, Pdu.Pdv.Kind.COMMAND, Pdu.Pdv.Position.LAST, command));
  }

  void sendDataset(int context, byte[] dataset) throws IOException {
    send(pdv(context, Pdu.Pdv.Kind.DATASET, Pdu.Pdv.Position.LAST, dataset));
  }

  void sendPartOfDataset(int context, byte[] part) throws IOException {
    send(pdv(context, Pdu.Pdv.Kind.DATASET, Pdu.Pdv.Position.MORE, part));
  }

  static Pdu pdv(int context, Pdu.Pdv.Kind kind, Pdu.Pdv.Position position, byte[] data) {
    return new Pdu.PData(List.of(new Pdu.Pdv(context, kind, position, ByteBuffer.wrap(data))));
  }

  /** A command that a data set follows. */
  static byte[] storeRq(int messageId, String sopClass, String sopInstance) {
    return command(0x0001, messageId, 0, sopClass, sopInstance);
  }

  static byte[] echoRq(int messageId) {
    return command(0x0030, messageId, 0x0101, Uids.VerificationSopClass, "");
  }

  static byte[] command(
      int field, int messageId, int dataSetType, String sopClass, String sopInstance) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(element(0x0000, new byte[] {0, 0, 0, 0}));
    out.writeBytes(element(0x0002, text(sopClass)));
    out.writeBytes(element(0x0100, us(field)));
    out.writeBytes(element(0x0110, us(messageId)));
    out.writeBytes(element(0x0800, us(dataSetType)));
    if (!sopInstance.isEmpty()) {
      out.writeBytes(element(0x1000, text(sopInstance)));
    }
    return out.toByteArray();
  }

  /** A response command. */
  static byte[] response(int field, int messageId, int status) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(element(0x0100, us(field)));
    out.writeBytes(element(0x0120, us(messageId)));
    out.writeBytes(element(0x0800, us(0x0101)));
    out.writeBytes(element(0x0900, us(status)));
    return out.toByteArray();
  }

  private static byte[] element(int element, byte[] value) {
    return ByteBuffer.allocate(8 + value.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0)
        .putShort((short) element)
        .putInt(value.length)
        .put(value)
        .array();
  }

  private static byte[] us(int value) {
    return new byte[] {(byte) value, (byte) (value >>> 8)};
  }

  private static byte[] text(String value) {
    var bytes = value.getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
  }

  Pdu read() throws IOException {
    var type = in.readUnsignedByte();
    in.readUnsignedByte();
    var body = new byte[in.readInt()];
    in.readFully(body);
    return PduDecoder.decode(type, ByteBuffer.wrap(body));
  }

  <T extends Pdu> T expect(Class<T> type) throws IOException {
    var pdu = read();
    assertThat(pdu).isInstanceOf(type);
    return type.cast(pdu);
  }

  /** Reads a response and gives its status. */
  int expectStatus() throws IOException {
    var value = expect(Pdu.PData.class).values().getFirst();
    var command = value.data().order(ByteOrder.LITTLE_ENDIAN);
    while (command.hasRemaining()) {
      var tag = command.getInt();
      var length = command.getInt();
      if (tag == 0x09000000) {
        return command.getShort() & 0xffff;
      }
      command.position(command.position() + length);
    }
    throw new AssertionError("response without status");
  }

  /** The other side aborts, or closes, or resets; the PDUs before that are given. */
  void expectEnd() throws IOException {
    try {
      while (true) {
        if (read() instanceof Pdu.Abort) {
          return;
        }
      }
    } catch (EOFException | SocketException _) {
      // closed is an end, too
    }
  }

  /** Reads until the other side has closed. */
  void expectClose() throws IOException {
    try {
      while (in.read() >= 0) {
        // skipped
      }
    } catch (SocketException _) {
      // a reset is an end, too
    }
  }

  void cut() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
