package org.heliograph.archive.patients;

import org.heliograph.archive.catalog.HeaderText;

/**
 * Who changes something and why; both go on the history.
 *
 * @param actor a name or login, at most 128 characters
 * @param reason at most 1024 characters
 */
public record ChangeOrder(String actor, String reason) {
  private static final int ACTOR_LENGTH = 128;
  private static final int REASON_LENGTH = 1024;

  /**
   * @throws IllegalArgumentException one of them is blank
   */
  public ChangeOrder {
    actor = HeaderText.column(actor, ACTOR_LENGTH);
    reason = HeaderText.column(reason, REASON_LENGTH);
    if (actor.isEmpty() || reason.isEmpty()) {
      throw new IllegalArgumentException(actor.isEmpty() ? "actor" : "reason");
    }
  }
}
