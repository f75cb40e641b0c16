package org.heliograph.node.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.heliograph.node.link.HubMessage;
import org.jspecify.annotations.Nullable;

/**
 * A report in the inbox.
 *
 * @param id our own; its files lie in a folder of this name
 * @param told what the hub said of it; patient data
 * @param code why it waits for a person; empty if it does not
 * @param arrivedAt when its files were whole; null before
 * @param readAt when somebody opened it; null before
 */
public record InboxReport(
    UUID id,
    HubMessage.ReportReady told,
    State state,
    String code,
    Instant announcedAt,
    @Nullable Instant arrivedAt,
    @Nullable Instant readAt,
    List<Delivery> deliveries) {
  public InboxReport {
    deliveries = List.copyOf(deliveries);
  }

  /** How far it is. */
  public enum State {
    /** The hub has it. */
    ANNOUNCED,
    /** Its files are whole and durable. */
    HERE,
    /** It cannot be fetched. */
    PARKED
  }

  /** The forms that there are and that this version knows. */
  public List<ReportForm> forms() {
    return told.forms().stream()
        .map(each -> ReportForm.of(each.form()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Whether something waits for a person. */
  public boolean isParked() {
    return state == State.PARKED
        || deliveries.stream().anyMatch(each -> each.state() == Delivery.State.PARKED);
  }

  /** Whether it is on its way to somewhere, or waits for a person. */
  boolean isUnfinished() {
    return state != State.HERE
        || deliveries.stream().anyMatch(each -> each.state() != Delivery.State.DONE);
  }

  InboxReport announced() {
    return new InboxReport(id, told, State.ANNOUNCED, "", announcedAt, null, readAt, deliveries);
  }

  InboxReport parked(String why) {
    return new InboxReport(id, told, State.PARKED, why, announcedAt, null, readAt, deliveries);
  }

  InboxReport here(Instant now, List<Delivery> all) {
    return new InboxReport(id, told, State.HERE, "", announcedAt, now, readAt, all);
  }

  InboxReport read(Instant now) {
    return new InboxReport(id, told, state, code, announcedAt, arrivedAt, now, deliveries);
  }

  InboxReport with(Delivery.Place place, UnaryOperator<Delivery> change) {
    return new InboxReport(
        id,
        told,
        state,
        code,
        announcedAt,
        arrivedAt,
        readAt,
        deliveries.stream()
            .map(each -> each.place() == place ? change.apply(each) : each)
            .toList());
  }

  /** It is of a patient. */
  @Override
  public String toString() {
    return "InboxReport[" + id + " " + state + "]";
  }
}
