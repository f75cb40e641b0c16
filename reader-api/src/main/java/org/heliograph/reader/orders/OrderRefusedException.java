package org.heliograph.reader.orders;

/** An order's message cannot be applied as the orders stand. */
public final class OrderRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public OrderRefusedException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  /** Why. */
  public enum Reason {
    /** There is no order of these numbers. */
    UNKNOWN,
    /** The order was cancelled. */
    CANCELLED,
    /** All that it asks for has been done. */
    DONE,
    /** Placer and filler order number are those of two orders. */
    AMBIGUOUS
  }

  public Reason reason() {
    return reason;
  }
}
