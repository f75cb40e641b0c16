package org.heliograph.reader.cases;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.heliograph.reader.postgres.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Hears of every committed case event, whichever hub process wrote it. After a lost connection the
 * subscribers are told that anything may have changed.
 */
@Component
class CaseChanges {
  /** A change of a case, or {@link #ANYTHING}. */
  sealed interface Change permits CaseChange, Anything {}

  record CaseChange(CaseId caseId, long version) implements Change {}

  record Anything() implements Change {}

  static final Anything ANYTHING = new Anything();

  private final Notifications notifications;
  private final Set<Consumer<Change>> subscribers = ConcurrentHashMap.newKeySet();

  CaseChanges(Notifications notifications) {
    this.notifications = notifications;
    notifications.listen("heliograph_case", this::tell);
  }

  void subscribe(Consumer<Change> subscriber) {
    subscribers.add(subscriber);
  }

  void unsubscribe(Consumer<Change> subscriber) {
    subscribers.remove(subscriber);
  }

  /** False once the hub is stopping. */
  boolean isRunning() {
    return notifications.isRunning();
  }

  private void tell(@Nullable String payload) {
    Change change = parse(payload);
    for (var subscriber : subscribers) {
      subscriber.accept(change);
    }
  }

  private static Change parse(@Nullable String payload) {
    int space = payload == null ? -1 : payload.indexOf(' ');
    return payload == null || space < 0
        ? ANYTHING
        : new CaseChange(
            CaseId.of(payload.substring(0, space)),
            Long.parseLong(payload, space + 1, payload.length(), 10));
  }
}
