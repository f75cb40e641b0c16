package org.heliograph.reader.orders;

import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.reader.orders.OrderRefusedException.Reason;
import org.heliograph.reader.orders.OrderedProcedure.OrderNumbers;
import org.heliograph.reader.sites.Sites;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Places, changes and cancels orders. Each method belongs to a transaction of the caller; orders of
 * one site are written one after the other.
 */
@Component
public class Orders {
  private final OrderRows orders;
  private final StepRows steps;
  private final Sites sites;
  private final InstantSource clock;

  Orders(JdbcClient sql, Sites sites, InstantSource clock) {
    this.orders = new OrderRows(sql);
    this.steps = new StepRows(sql);
    this.sites = sites;
    this.clock = clock;
  }

  /** For commands that run without the hub's parts. */
  public static Orders over(DataSource database, InstantSource clock) {
    return new Orders(JdbcClient.create(database), Sites.over(database), clock);
  }

  /** Whether an order may be one that was cancelled. */
  public enum Placing {
    /** A new order; one that was cancelled is placed again. */
    NEW,
    /** A change; one that is not known is new. */
    CHANGE
  }

  /**
   * Places an order, or writes over the one of these numbers. Its steps are those given.
   *
   * @return our own id of the order
   * @throws OrderRefusedException a change of a cancelled order, or numbers of two orders
   */
  public UUID place(UUID siteId, OrderedProcedure order, Placing placing) {
    orders.lockOrdersOf(siteId);
    Optional<OrderRows.Order> known = find(siteId, order.numbers());
    if (placing == Placing.CHANGE && known.filter(OrderRows.Order::cancelled).isPresent()) {
      throw new OrderRefusedException(Reason.CANCELLED);
    }
    OrderRows.Order kept;
    try {
      kept = known.isPresent() ? orders.update(known.get(), order) : orders.insert(siteId, order);
    } catch (DuplicateKeyException e) {
      throw new OrderRefusedException(Reason.AMBIGUOUS);
    }
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), sites.timeZone(siteId));
    List<UUID> staying = new ArrayList<>();
    for (OrderedStep step : order.steps()) {
      staying.add(
          steps.upsert(
              kept, step, now, WorklistItem.of(order, step, kept.requestedProcedureId()), siteId));
    }
    List<UUID> touched = new ArrayList<>(steps.withdraw(kept.id(), staying));
    touched.addAll(staying);
    steps.refresh(touched);
    return kept.id();
  }

  /**
   * Cancels an order.
   *
   * @return our own id of the order
   * @throws OrderRefusedException it is not known, or done
   */
  public UUID cancel(UUID siteId, OrderNumbers numbers) {
    orders.lockOrdersOf(siteId);
    OrderRows.Order known =
        find(siteId, numbers).orElseThrow(() -> new OrderRefusedException(Reason.UNKNOWN));
    if (orders.isDone(known.id())) {
      throw new OrderRefusedException(Reason.DONE);
    }
    orders.cancel(known.id());
    steps.refresh(steps.withdraw(known.id(), List.of()));
    return known.id();
  }

  private Optional<OrderRows.Order> find(UUID siteId, OrderNumbers numbers) {
    try {
      return orders.find(siteId, numbers);
    } catch (IncorrectResultSizeDataAccessException e) {
      throw new OrderRefusedException(Reason.AMBIGUOUS);
    }
  }
}
