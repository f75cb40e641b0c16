package org.heliograph.reader.hl7;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One sender's connection: frames of the Minimal Lower Layer Protocol (HL7 v2 Appendix C), one
 * answered before the next is read. Whoever owns it closes it when its time is over.
 */
final class MllpConnection implements Closeable {
  private static final int START = 0x0b;
  private static final int END = 0x1c;
  private static final int CARRIAGE_RETURN = 0x0d;
  private static final int MOST_BETWEEN_FRAMES = 1_024;

  private final Socket socket;
  private final MllpLimits limits;
  private final BiFunction<byte[], String, byte[]> messages;
  private final String peer;
  private final byte[] buffer = new byte[8_192];
  private int read;
  private int filled;
  private volatile long deadlineNanos;
  private volatile boolean busy;
  private volatile boolean stopping;

  /**
   * A connection that is not served yet.
   *
   * @param messages takes a content and the peer's address and gives the answer
   */
  MllpConnection(Socket socket, MllpLimits limits, BiFunction<byte[], String, byte[]> messages) {
    this.socket = socket;
    this.limits = limits;
    this.messages = messages;
    this.peer = socket.getInetAddress().getHostAddress();
    within(limits.exchange());
  }

  String peer() {
    return peer;
  }

  /** Serves until the peer closes, breaks the protocol, or is cut off. */
  void serve(Socket secured) throws IOException {
    try (InputStream in = secured.getInputStream();
        OutputStream out = secured.getOutputStream()) {
      while (!stopping && awaitFrame(in)) {
        busy = true;
        within(limits.exchange());
        Optional<byte[]> content = content(in);
        if (content.isEmpty()) {
          answer(out, Acknowledgement.malformed());
          return;
        }
        deadlineNanos = Long.MAX_VALUE; // what the database takes is not the peer's fault
        byte[] answer = messages.apply(content.get(), peer);
        within(limits.exchange());
        answer(out, answer);
        busy = false;
      }
    }
  }

  /** Whether its time is over at this moment of {@link System#nanoTime}. */
  boolean isOverdue(long nanos) {
    long deadline = deadlineNanos;
    return deadline != Long.MAX_VALUE && nanos - deadline > 0;
  }

  /** Ends it after the frame in hand, or now if there is none. */
  void stop() {
    stopping = true;
    if (!busy) {
      close();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // already closing
    }
  }

  private boolean awaitFrame(InputStream in) throws IOException {
    within(limits.idle());
    for (int i = 0; i < MOST_BETWEEN_FRAMES; i++) {
      int next = next(in);
      if (next == START) {
        return true;
      }
      if (next != CARRIAGE_RETURN && next != '\n' && next != ' ') {
        return false;
      }
    }
    return false;
  }

  /** The content, or empty if the frame is longer than allowed or does not end as a frame does. */
  private Optional<byte[]> content(InputStream in) throws IOException {
    var content = new ByteArrayOutputStream();
    while (true) {
      int next = next(in);
      if (next < 0) {
        throw new IOException("the connection ended within a frame");
      }
      if (next == END) {
        return next(in) == CARRIAGE_RETURN ? Optional.of(content.toByteArray()) : Optional.empty();
      }
      if (next == START || content.size() == limits.frameBytes()) {
        return Optional.empty();
      }
      content.write(next);
    }
  }

  private int next(InputStream in) throws IOException {
    if (read == filled) {
      read = 0;
      filled = Math.max(0, in.read(buffer));
      if (filled == 0) {
        return -1;
      }
    }
    return buffer[read++] & 0xff;
  }

  private static void answer(OutputStream out, byte[] answer) throws IOException {
    var frame = new byte[answer.length + 3];
    frame[0] = START;
    System.arraycopy(answer, 0, frame, 1, answer.length);
    frame[answer.length + 1] = END;
    frame[answer.length + 2] = CARRIAGE_RETURN;
    out.write(frame);
    out.flush();
  }

  private void within(Duration time) {
    deadlineNanos = System.nanoTime() + time.toNanos();
  }
}
