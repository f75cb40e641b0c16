package org.heliograph.node.forward;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Makes lines, and keeps the one in use. */
final class Lines implements AutoCloseable {
  /** The JDK's client reads it for each new connection. */
  private static final String SEND_BUFFER = "jdk.httpclient.sendBufferSize";

  private static final int SMALLEST_BUFFER = 8 << 10;
  private static final int LARGEST_BUFFER = 4 << 20;
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private final SSLContext tls;
  private volatile int bufferBytes = 16 << 10;
  private volatile Line current;

  Lines(HubAccess access) {
    tls = HubTls.context(access);
    current = open(access.routes().getFirst(), Duration.ofSeconds(4));
  }

  Line current() {
    return current;
  }

  /** From now on requests go this way. */
  void use(Line line) {
    Line before = current;
    current = line;
    if (!before.equals(line)) {
      before.drop();
    }
  }

  /** A line without connections yet. */
  Line open(Route route, Duration connectTimeout) {
    int buffer = bufferBytes;
    System.setProperty(SEND_BUFFER, Integer.toString(buffer));
    HttpClient.Builder http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .sslContext(tls)
            .executor(THREADS);
    if (route.localAddress() != null) {
      http.localAddress(route.localAddress());
    }
    return new Line(route, http.build(), buffer);
  }

  /**
   * A second of the link's rate may wait in the system's buffer: enough to keep the link busy,
   * little enough that an emergency need not queue behind it.
   *
   * @return whether the line in use has so much less that a new one is worth its handshake
   */
  boolean fit(double bytesPerSecond) {
    long wanted = Math.clamp((long) bytesPerSecond, SMALLEST_BUFFER, LARGEST_BUFFER);
    bufferBytes = (int) Long.highestOneBit(wanted);
    return bufferBytes >= 2 * current.sendBufferBytes();
  }

  @Override
  public void close() {
    current.drop();
  }
}
