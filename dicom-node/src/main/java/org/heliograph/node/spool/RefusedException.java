package org.heliograph.node.spool;

import org.heliograph.node.storage.StoreOutcome;

/** The instance is not one that can be kept. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient StoreOutcome outcome;

  RefusedException(StoreOutcome outcome) {
    super(outcome.comment());
    this.outcome = outcome;
  }

  static RefusedException cannotUnderstand(String comment) {
    return new RefusedException(new StoreOutcome.CannotUnderstand(comment));
  }

  StoreOutcome outcome() {
    return outcome;
  }
}
