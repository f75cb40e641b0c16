package org.heliograph.reader.ups;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.reader.ups.EventRows.Waiting;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * One open notification connection. Reports are sent in batches, each followed by a ping; the pong
 * says that the client's end has got what was sent before it, and only then are they deleted. A
 * report whose pong did not come is sent again over the next connection: at least once, in order.
 * After a quarter of an hour a connection ends and the client opens the next one, so that an ended
 * session or a revoked token is noticed.
 */
final class EventChannel {
  private static final Logger log = LoggerFactory.getLogger(EventChannel.class);
  private static final int BATCH = 100;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST_MESSAGE_ID = 0xFFFF;

  private enum Signal {
    WAKE,
    STOP
  }

  private final WebSocketSession session;
  private final long subscriber;
  private final EventRows events;
  private final BooleanSupplier mayListen;
  private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(4);
  private final BlockingQueue<Long> pongs = new ArrayBlockingQueue<>(16);
  private volatile boolean open = true;
  private long pings;

  EventChannel(
      WebSocketSession session, long subscriber, EventRows events, BooleanSupplier mayListen) {
    this.session = session;
    this.subscriber = subscriber;
    this.events = events;
    this.mayListen = mayListen;
  }

  /** Does something as the one who opened the connection. */
  static <T extends @Nullable Object> T in(@Nullable SecurityContext context, Supplier<T> work) {
    var before = SecurityContextHolder.getContext();
    try {
      SecurityContextHolder.setContext(
          context == null ? SecurityContextHolder.createEmptyContext() : context);
      return work.get();
    } finally {
      SecurityContextHolder.setContext(before);
    }
  }

  long subscriber() {
    return subscriber;
  }

  void start() {
    Thread.ofVirtual().name("ups-channel").start(this::run);
  }

  /** There may be something to send. */
  void wake() {
    signals.offer(Signal.WAKE);
  }

  void stop() {
    open = false;
    signals.offer(Signal.STOP);
    pongs.offer(-1L);
  }

  void pong(ByteBuffer payload) {
    if (payload.remaining() == Long.BYTES) {
      pongs.offer(payload.getLong());
    }
  }

  private void run() {
    long end = System.nanoTime() + LONGEST.toNanos();
    try {
      while (open) {
        if (System.nanoTime() > end) {
          close(CloseStatus.GOING_AWAY);
          return;
        }
        if (!mayListen.getAsBoolean()) {
          close(CloseStatus.POLICY_VIOLATION);
          return;
        }
        while (open && sendWaiting()) {
          // until nothing waits
        }
        if (signals.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS) == null && open) {
          requirePong();
        }
      }
    } catch (IOException | IllegalStateException e) {
      // The client is gone; what it has not got waits for its next connection.
      close(CloseStatus.SESSION_NOT_RELIABLE);
    } catch (DataAccessException | TransactionException e) {
      log.warn("event=ups.channel.failed fault={}", e.getClass().getSimpleName());
      close(CloseStatus.SERVICE_OVERLOAD);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends one batch; whether there was any. */
  private boolean sendWaiting() throws IOException, InterruptedException {
    List<Waiting> batch = events.waiting(subscriber, BATCH);
    if (batch.isEmpty()) {
      return false;
    }
    for (Waiting report : batch) {
      session.sendMessage(new TextMessage(text(report)));
    }
    requirePong();
    events.delete(batch);
    return true;
  }

  private void requirePong() throws IOException, InterruptedException {
    long number = ++pings;
    session.sendMessage(new PingMessage(ByteBuffer.allocate(Long.BYTES).putLong(number).flip()));
    long end = System.nanoTime() + PATIENCE.toNanos();
    Long heard = null;
    while (heard == null || heard < number) {
      heard = pongs.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (heard == null || heard < 0) {
        throw new IOException("no pong");
      }
    }
  }

  /** The Workitem Event Report of PS3.18 11.13. */
  private static String text(Waiting report) {
    return json(
        report.workitemUid(),
        (int) (report.id() & LARGEST_MESSAGE_ID),
        report.type(),
        report.information());
  }

  private static String json(String uid, int messageId, int type, Dataset information) {
    return DicomJson.write(
        information.toBuilder()
            .string(Tag.AffectedSOPClassUID, Uids.UnifiedProcedureStepPush)
            .integer(Tag.MessageID, messageId)
            .string(Tag.AffectedSOPInstanceUID, uid)
            .integer(Tag.EventTypeID, type)
            .build(),
        _ -> null);
  }

  /** The service stops: said once, without waiting for an answer. */
  void goingDown() {
    open = false;
    try {
      session.sendMessage(
          new TextMessage(
              json(
                  Uids.UpsGlobalSubscriptionInstance,
                  0,
                  EventReport.SCP_STATUS,
                  Dataset.builder()
                      .string(Tag.SCPStatus, "GOING DOWN")
                      .string(Tag.SubscriptionListStatus, "WARM START")
                      .string(Tag.UnifiedProcedureStepListStatus, "WARM START")
                      .build())));
    } catch (IOException | IllegalStateException e) {
      log.debug("event=ups.channel.gone");
    }
    close(CloseStatus.SERVICE_RESTARTED);
  }

  void close(CloseStatus status) {
    stop();
    try {
      session.close(status);
    } catch (IOException | IllegalStateException e) {
      log.debug("event=ups.channel.gone");
    }
  }
}
