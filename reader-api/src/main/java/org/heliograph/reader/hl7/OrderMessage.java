package org.heliograph.reader.hl7;

import java.util.List;
import org.heliograph.reader.orders.OrderedProcedure;
import org.heliograph.reader.orders.Orders.Placing;

/** What a message says is to be done: one action for each order in it. */
record OrderMessage(List<Action> actions) {
  OrderMessage {
    actions = List.copyOf(actions);
  }

  /** One order's part. */
  sealed interface Action {}

  /** The order is placed, or changed to this. */
  record Place(OrderedProcedure order, Placing placing) implements Action {}

  /** The order is cancelled. */
  record Cancel(OrderedProcedure.OrderNumbers numbers) implements Action {}

  /** A message about an order in hand that changes nothing of it. */
  record Nothing() implements Action {}
}
