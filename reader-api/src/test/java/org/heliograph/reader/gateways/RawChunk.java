package org.heliograph.reader.gateways;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.heliograph.node.link.LinkPaths;

/** A chunk on a connection that is cut, or that stays silent. */
public final class RawChunk {
  private RawChunk() {}

  /** Sends a chunk's head and some of its bytes, and closes the connection. */
  static void cut(
      int port, TestGateway gateway, UUID parcel, int part, long offset, byte[] chunk, int sent) {
    try (Socket socket = begin(port, gateway, parcel, part, offset, chunk, sent)) {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a chunk's head and some of its bytes, and says no more. */
  public static Socket begin(
      int port, TestGateway gateway, UUID parcel, int part, long offset, byte[] chunk, int sent) {
    String head =
        """
        PATCH %s HTTP/1.1
        Host: hub
        Authorization: Bearer %s
        Tus-Resumable: 1.0.0
        Upload-Offset: %d
        Upload-Checksum: %s
        Content-Type: application/offset+octet-stream
        Content-Length: %d

        """
            .formatted(
                LinkPaths.part(parcel, part),
                gateway.token(),
                offset,
                TestGateway.checksum(chunk),
                chunk.length);
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket
          .getOutputStream()
          .write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(chunk, 0, sent);
      socket.getOutputStream().flush();
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
