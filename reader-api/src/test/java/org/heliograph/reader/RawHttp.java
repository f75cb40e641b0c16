package org.heliograph.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Says over a plain socket what no client library would, and reads what comes back. */
public final class RawHttp {
  private static final int PATIENCE_MILLIS = 30_000;

  private final int port;

  public RawHttp(int port) {
    this.port = port;
  }

  /** The status of the answer, or 0 if the hub closed the connection without one. */
  public static int status(String answer) {
    return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  /** Sends a request line with its headers and the body, and reads until the hub closes. */
  public String send(String head, byte @Nullable [] body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var out = socket.getOutputStream();
      var text = head + "Host: 127.0.0.1\r\nConnection: close\r\n" + length(head, body) + "\r\n";
      Thread sender = Thread.ofVirtual().start(() -> write(out, text, body));
      var answer = read(socket.getInputStream());
      sender.interrupt();
      return answer;
    }
  }

  private static String length(String head, byte @Nullable [] body) {
    if (body == null || head.contains("Content-Length") || head.contains("chunked")) {
      return "";
    }
    return "Content-Length: " + body.length + "\r\n";
  }

  private static void write(OutputStream out, String head, byte @Nullable [] body) {
    try {
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      if (body != null) {
        out.write(body);
      }
      out.flush();
    } catch (IOException e) {
      // The hub has heard enough; what it said is read by the caller.
    }
  }

  private static String read(InputStream in) {
    var all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (IOException e) {
      // Cut off after the answer.
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
