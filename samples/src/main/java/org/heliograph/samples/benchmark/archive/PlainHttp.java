package org.heliograph.samples.benchmark.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * HTTP/1.1 over one connection that is kept where the server keeps it, as cheap as a client can be:
 * what is measured shares the machine with it. For one thread.
 */
final class PlainHttp implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final long UNTIL_CLOSED = -1;
  private static final int PATIENCE_MILLIS = 120_000;

  private final int port;
  private final String cookies;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  PlainHttp(int port, String cookies) throws IOException {
    this.port = port;
    this.cookies = cookies;
    this.socket = connect(port);
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    this.out = socket.getOutputStream();
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Reads and counts the body of an answer that must be 200 or 204. */
  long get(String path, String accept) throws IOException {
    send("GET", path, "Accept: " + accept + "\r\n", new byte[0]);
    return receive(OutputStream.nullOutputStream());
  }

  String text(String path) throws IOException {
    send("GET", path, "Accept: application/json\r\n", new byte[0]);
    var body = new ByteArrayOutputStream();
    receive(body);
    return body.toString(StandardCharsets.UTF_8);
  }

  void post(String path, byte[] body) throws IOException {
    send("POST", path, "Content-Length: " + body.length + "\r\nExpect:\r\n", body);
    receive(OutputStream.nullOutputStream());
  }

  private void send(String method, String path, String headers, byte[] body) throws IOException {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\n"
            + headers
            + (cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n")
            + "\r\n";
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = java.util.Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    out.write(whole);
  }

  private long receive(OutputStream body) throws IOException {
    String status = line();
    boolean good = status.contains(" 200") || status.contains(" 204");
    long length = status.contains(" 204") ? 0 : UNTIL_CLOSED;
    boolean chunked = false;
    boolean last = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
      last |= lower.startsWith("connection:") && lower.contains("close");
    }
    long count =
        chunked ? chunks(body) : length == UNTIL_CLOSED ? untilClosed(body) : copy(length, body);
    if (last || (length == UNTIL_CLOSED && !chunked)) {
      reconnect();
    }
    if (!good) {
      throw new IOException("answered " + status);
    }
    return count;
  }

  private long untilClosed(OutputStream body) throws IOException {
    long count = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      body.write(buffer, 0, n);
      count += n;
    }
    return count;
  }

  private void reconnect() throws IOException {
    socket.close();
    socket = connect(port);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    out = socket.getOutputStream();
  }

  private long chunks(OutputStream body) throws IOException {
    long count = 0;
    while (true) {
      long size = Long.parseLong(line().replaceFirst(";.*", "").strip(), 16);
      if (size == 0) {
        while (!line().isEmpty()) {
          // trailers
        }
        return count;
      }
      count += copy(size, body);
      line();
    }
  }

  private long copy(long length, OutputStream body) throws IOException {
    for (long left = length; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw new EOFException("the answer ends early");
      }
      body.write(buffer, 0, n);
      left -= n;
    }
    return length;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ends early");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
