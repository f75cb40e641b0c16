package org.heliograph.reader.cases;

/**
 * Is told of each change of a case, its pictures included, in the transaction that makes it: what
 * the observer writes is durable with the change, and a failure undoes both.
 */
@FunctionalInterface
public interface CaseObserver {
  /**
   * A case has changed.
   *
   * @param after the case as it stands now, locked
   */
  void changed(CaseFile after);
}
