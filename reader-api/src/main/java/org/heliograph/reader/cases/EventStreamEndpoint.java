package org.heliograph.reader.cases;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.cases.CaseChanges.Anything;
import org.heliograph.reader.cases.CaseChanges.CaseChange;
import org.heliograph.reader.cases.CaseChanges.Change;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * {@code /api/events}: tells a page that a case it may see has changed, or that its list is stale.
 * A stream ends after some minutes and the browser opens the next one, so that an ended session is
 * noticed. Each stream has a bounded queue; a page that reads too slowly is told to load anew.
 */
@RestController
class EventStreamEndpoint {
  private static final Duration LONGEST = Duration.ofMinutes(9);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int QUEUE = 256;

  /** Of one person; the oldest ends when there are more. */
  private static final int STREAMS = 16;

  private final Map<UUID, Deque<AtomicBoolean>> open = new HashMap<>();
  private final CaseChanges changes;
  private final CaseAccess access;
  private final CurrentPerson currentPerson;

  EventStreamEndpoint(CaseChanges changes, CaseAccess access, CurrentPerson currentPerson) {
    this.changes = changes;
    this.access = access;
    this.currentPerson = currentPerson;
  }

  @GetMapping(path = "/api/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events() {
    Person person = currentPerson.require();
    var emitter = new SseEmitter(LONGEST.plusSeconds(30).toMillis());
    var wanted = enter(person.id());
    Thread.ofVirtual().name("events").start(() -> stream(person, emitter, wanted));
    return emitter;
  }

  private AtomicBoolean enter(UUID person) {
    var wanted = new AtomicBoolean(true);
    synchronized (open) {
      var streams = open.computeIfAbsent(person, id -> new ArrayDeque<>());
      streams.addLast(wanted);
      if (streams.size() > STREAMS) {
        streams.removeFirst().set(false);
      }
    }
    return wanted;
  }

  private void leave(UUID person, AtomicBoolean stream) {
    synchronized (open) {
      open.computeIfPresent(
          person,
          (id, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
          });
    }
  }

  private void stream(Person person, SseEmitter emitter, AtomicBoolean wanted) {
    BlockingQueue<Change> queue = new ArrayBlockingQueue<>(QUEUE);
    Consumer<Change> subscriber =
        change -> {
          if (!queue.offer(change)) {
            queue.clear();
            queue.offer(CaseChanges.ANYTHING);
          }
        };
    changes.subscribe(subscriber);
    long end = System.nanoTime() + LONGEST.toNanos();
    try {
      emitter.send(SseEmitter.event().comment("open"));
      while (changes.isRunning() && wanted.get() && System.nanoTime() < end) {
        var change = queue.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        if (change == null) {
          emitter.send(SseEmitter.event().comment("alive"));
        } else {
          send(person, emitter, change);
        }
      }
      emitter.complete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      emitter.complete();
    } catch (IOException | IllegalStateException e) {
      // The page is gone.
      emitter.completeWithError(e);
    } finally {
      changes.unsubscribe(subscriber);
      leave(person.id(), wanted);
    }
  }

  private void send(Person person, SseEmitter emitter, Change change) throws IOException {
    switch (change) {
      case Anything ignored -> emitter.send(worklist(Map.of()));
      case CaseChange changed -> {
        if (access.maySee(person.id(), changed.caseId())) {
          var data = Map.of("caseId", changed.caseId().value(), "version", changed.version());
          emitter.send(SseEmitter.event().name("case").data(data, MediaType.APPLICATION_JSON));
          emitter.send(worklist(data));
        } else if (person.role() == Role.READER) {
          // A case may just have left this reader's list; which one is not said.
          emitter.send(worklist(Map.of()));
        }
      }
    }
  }

  private static SseEmitter.SseEventBuilder worklist(Map<String, ?> data) {
    return SseEmitter.event().name("worklist").data(data, MediaType.APPLICATION_JSON);
  }
}
