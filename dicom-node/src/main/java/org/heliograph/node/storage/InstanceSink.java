package org.heliograph.node.storage;

import java.io.IOException;
import java.util.Set;

/**
 * Where the Storage SCP hands each received instance: the archive at the hub, the spool at a
 * gateway. Called on the association's own virtual thread, for many associations at once.
 */
@FunctionalInterface
public interface InstanceSink {
  /**
   * Keeps one instance. The stream blocks while the peer is slow, and the peer blocks while the
   * sink is slow; what the sink leaves unread is drained by the caller.
   *
   * @return only when the outcome is durable
   * @throws IOException if reading failed (the association ends) or storing failed (answered A700H,
   *     worth another try)
   */
  StoreOutcome receive(IncomingInstance instance) throws IOException;

  /**
   * SOP classes that are taken though they are no Storage SOP Classes of the standard: those of
   * makers. Asked for each association that proposes a class unknown to the standard.
   */
  default Set<String> furtherSopClasses() {
    return Set.of();
  }
}
