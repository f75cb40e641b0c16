package org.heliograph.node.inbox;

import java.time.Instant;

/**
 * How a report comes to one of its places at the clinic.
 *
 * @param failures attempts in a row
 * @param dueAt when it is tried again
 * @param code why the last attempt failed, or why it waits for a person; empty if it did not
 */
public record Delivery(Place place, State state, int failures, Instant dueAt, String code) {
  /** A place for reports. */
  public enum Place {
    /** The structured report, in the clinic's PACS. */
    PACS_SR,
    /** The report as Encapsulated PDF, in the clinic's PACS. */
    PACS_PDF,
    /** A folder from which somebody prints. */
    PRINT
  }

  /** How far it is. */
  public enum State {
    WAITING,
    /** It gets its name in the folder at the next moment, or has just got it. */
    PLACING,
    DONE,
    PARKED
  }

  static Delivery waiting(Place place, Instant now) {
    return new Delivery(place, State.WAITING, 0, now, "");
  }

  /** Whether something is to be done still without a person. */
  public boolean isOpen() {
    return state == State.WAITING || state == State.PLACING;
  }

  Delivery placing() {
    return new Delivery(place, State.PLACING, failures, dueAt, code);
  }

  Delivery done(Instant now) {
    return new Delivery(place, State.DONE, 0, now, "");
  }

  Delivery later(Instant at, String why) {
    return new Delivery(place, state, failures + 1, at, why);
  }

  Delivery parked(Instant now, String why) {
    return new Delivery(place, State.PARKED, failures + 1, now, why);
  }
}
