package org.heliograph.node.prepare;

import org.heliograph.node.spool.Prepared;

/** What came of preparing an instance. */
public sealed interface Preparation {
  /** It can be sent on; the files that it names are complete, though not forced. */
  record Ready(Prepared prepared) implements Preparation {}

  /**
   * Its file is not what was received: it must not be sent on.
   *
   * @param code one of {@link org.heliograph.node.spool.SpoolCode}
   */
  record Damaged(String code) implements Preparation {}
}
