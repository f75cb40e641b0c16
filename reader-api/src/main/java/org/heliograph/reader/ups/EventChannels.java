package org.heliograph.reader.ups;

import jakarta.servlet.http.HttpSession;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.postgres.Notifications;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The open notification connections (PS3.18 8.10.4): {@code /dicomweb/subscribers/{aetitle}}. There
 * is one for each AE title of a person in a process; a newer one ends the older. Clients only
 * listen: whatever they send ends the connection.
 */
@Component
class EventChannels extends AbstractWebSocketHandler implements SmartLifecycle {
  /** Where the handshake leaves who asked, for {@link EventChannel} to ask again. */
  static final String CONTEXT = "securityContext";

  /** And the session it came with, if any. */
  static final String SESSION = "httpSession";

  private static final Logger log = LoggerFactory.getLogger(EventChannels.class);
  private static final int LARGEST_MESSAGE_BYTES = 1024;
  private static final CloseStatus REPLACED = new CloseStatus(4000, "opened again");
  private static final CloseStatus NOT_ALLOWED = CloseStatus.POLICY_VIOLATION;

  private final Map<String, EventChannel> bySession = new ConcurrentHashMap<>();
  private final Map<Long, EventChannel> bySubscriber = new HashMap<>();
  private final Subscribers subscribers;
  private final EventRows events;
  private final CurrentPerson currentPerson;
  private volatile boolean running;

  EventChannels(
      Subscribers subscribers,
      EventRows events,
      CurrentPerson currentPerson,
      Notifications notifications) {
    this.subscribers = subscribers;
    this.events = events;
    this.currentPerson = currentPerson;
    notifications.listen("heliograph_ups", this::wake);
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) throws Exception {
    session.setTextMessageSizeLimit(LARGEST_MESSAGE_BYTES);
    session.setBinaryMessageSizeLimit(LARGEST_MESSAGE_BYTES);
    var context = (SecurityContext) session.getAttributes().get(CONTEXT);
    var person = EventChannel.in(context, () -> currentPerson.find().orElse(null));
    AeTitle aeTitle = aeTitle(session);
    if (person == null || aeTitle == null || !running) {
      session.close(running ? NOT_ALLOWED : CloseStatus.SERVICE_RESTARTED);
      return;
    }
    try {
      long subscriber = subscribers.enter(person, aeTitle);
      subscribers.catchUp(subscriber, person.id());
      var channel =
          new EventChannel(
              session,
              subscriber,
              events,
              () ->
                  !isEnded(session.getAttributes().get(SESSION))
                      && EventChannel.in(context, () -> currentPerson.find().isPresent()));
      bySession.put(session.getId(), channel);
      EventChannel older;
      synchronized (bySubscriber) {
        older = bySubscriber.put(subscriber, channel);
      }
      if (older != null) {
        older.close(REPLACED);
      }
      channel.start();
    } catch (ProblemException refused) {
      session.close(NOT_ALLOWED);
    } catch (org.springframework.dao.DataAccessException away) {
      log.warn("event=ups.channel.failed fault={}", away.getClass().getSimpleName());
      session.close(CloseStatus.SERVICE_OVERLOAD);
    }
  }

  /**
   * The container closes connections of a session that ends; this sees one that had ended before.
   */
  private static boolean isEnded(@Nullable Object session) {
    try {
      return session instanceof HttpSession http && http.getCreationTime() < 0;
    } catch (IllegalStateException ended) {
      return true;
    }
  }

  private static @Nullable AeTitle aeTitle(WebSocketSession session) {
    var address = session.getUri();
    if (address == null) {
      return null;
    }
    try {
      var steps = UriComponentsBuilder.fromUri(address).build().getPathSegments();
      return new AeTitle(
          java.net.URLDecoder.decode(
              steps.getLast().replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  protected void handlePongMessage(WebSocketSession session, PongMessage message) {
    var channel = bySession.get(session.getId());
    if (channel != null) {
      channel.pong(message.getPayload());
    }
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
    session.close(CloseStatus.NOT_ACCEPTABLE);
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    var channel = bySession.remove(session.getId());
    if (channel != null) {
      channel.stop();
      synchronized (bySubscriber) {
        bySubscriber.remove(channel.subscriber(), channel);
      }
    }
  }

  @Override
  public void handleTransportError(WebSocketSession session, Throwable fault) {
    // The connection is closed next.
  }

  private void wake(@Nullable String payload) {
    synchronized (bySubscriber) {
      if (payload == null) {
        bySubscriber.values().forEach(EventChannel::wake);
      } else {
        var channel = bySubscriber.get(Long.valueOf(payload));
        if (channel != null) {
          channel.wake();
        }
      }
    }
  }

  @Override
  public void start() {
    running = true;
  }

  /** Clients learn that the service goes down; what they have not got stays for the next time. */
  @Override
  public void stop() {
    running = false;
    bySession.values().forEach(EventChannel::goingDown);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
