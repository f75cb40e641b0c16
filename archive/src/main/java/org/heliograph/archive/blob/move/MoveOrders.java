package org.heliograph.archive.blob.move;

import java.time.InstantSource;
import org.heliograph.archive.blob.move.MoveStatus.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What an operator may ask of a move; the hub that runs on the database does it. */
public final class MoveOrders {
  private final MoveRows rows;
  private final StoreRows stores;

  public MoveOrders(JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
    this.rows = new MoveRows(jdbc, clock);
    this.stores = new StoreRows(jdbc, transaction);
  }

  public MoveStatus status() {
    return rows.status(stores);
  }

  /**
   * Begins the move, or sets the rate of one that has begun.
   *
   * @return false if there is no source to move from
   */
  public boolean begin(long bytesPerSecond) {
    if (stores.source().isEmpty()) {
      return false;
    }
    rows.begin(bytesPerSecond);
    return true;
  }

  /**
   * Asks the hub to stop reading the source.
   *
   * @return false if not everything is in the store in use, whole
   */
  public boolean dropSource() {
    MoveStatus status = status();
    return status.damaged() == 0
        && status.waiting() == 0
        && rows.change(State.DONE, State.DROPPING);
  }
}
