package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.PduDecoder;
import org.heliograph.dicom.net.ul.PduEncoder;
import org.heliograph.dicom.net.ul.UserInformation;

/** A requestor that says message by message what a test tells it to. */
final class RawPeer implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;

  private RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(15_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Associates; the abstract syntaxes get the context ids 1, 3, 5 and so on. */
  static RawPeer associate(int port, String transferSyntax, String... abstractSyntaxes)
      throws IOException {
    var peer = new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
    var contexts = new ArrayList<Pdu.ProposedContext>();
    for (var syntax : abstractSyntaxes) {
      contexts.add(
          new Pdu.ProposedContext(contexts.size() * 2 + 1, syntax, List.of(transferSyntax)));
    }
    peer.send(
        PduEncoder.encode(
            new Pdu.AssociateRq(
                1,
                "TESTSCP",
                "RAW",
                Pdu.APPLICATION_CONTEXT,
                contexts,
                UserInformation.of(16384, "2.25.1", "RAW"))));
    assertThat(peer.read()).isInstanceOf(Pdu.AssociateAc.class);
    return peer;
  }

  /** Sends bytes, if the other side still listens. */
  void send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException _) {
      // it has had enough
    }
  }

  /** One message in one PDU for the command and one for the data set. */
  void message(int context, CommandSet command, byte... dataset) throws IOException {
    send(encoded(context, command, dataset));
  }

  static byte[] encoded(int context, CommandSet command, byte... dataset) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(pdv(context, Pdu.Pdv.Kind.COMMAND, command.encode()));
    if (dataset.length > 0) {
      out.writeBytes(pdv(context, Pdu.Pdv.Kind.DATASET, dataset));
    }
    return out.toByteArray();
  }

  static byte[] pdv(int context, Pdu.Pdv.Kind kind, byte[] content) {
    return PduEncoder.encode(
        new Pdu.PData(
            List.of(new Pdu.Pdv(context, kind, Pdu.Pdv.Position.LAST, ByteBuffer.wrap(content)))));
  }

  Pdu read() throws IOException {
    var type = in.readUnsignedByte();
    in.readUnsignedByte();
    var body = new byte[in.readInt()];
    in.readFully(body);
    return PduDecoder.decode(type, ByteBuffer.wrap(body));
  }

  /** The next command; data sets in between are passed over. */
  CommandSet expectCommand() throws Exception {
    while (true) {
      var pdu = read();
      assertThat(pdu).isInstanceOf(Pdu.PData.class);
      for (var value : ((Pdu.PData) pdu).values()) {
        if (value.kind() == Pdu.Pdv.Kind.COMMAND) {
          return CommandSet.decode(value.data());
        }
      }
    }
  }

  int expectStatus() throws Exception {
    return expectCommand().status().code();
  }

  void expectAbort() throws IOException {
    while (true) {
      var pdu = read();
      if (pdu instanceof Pdu.Abort) {
        return;
      }
      assertThat(pdu).isInstanceOf(Pdu.PData.class);
    }
  }

  /** Says no more. */
  void endOfOutput() throws IOException {
    try {
      socket.shutdownOutput();
    } catch (SocketException _) {
      // the other side has closed already
    }
  }

  /** Reads until the other side closes or resets. */
  void readToEnd() throws IOException {
    try {
      while (in.read() >= 0) {
        // whatever it says
      }
    } catch (SocketException _) {
      // a reset is an end, too
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
