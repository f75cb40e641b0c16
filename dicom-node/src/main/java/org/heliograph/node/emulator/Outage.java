package org.heliograph.node.emulator;

/** How a link fails. */
public enum Outage {
  /** Connections are reset and new ones too: both ends are told at once. */
  RESET,

  /**
   * Connections there are go silent for ever though the link comes back: no end is told. New ones
   * are accepted by the first router and lead nowhere until the link is back.
   */
  SILENT,

  /** Connections are reset; new ones lead nowhere and stay so. */
  BLACK_HOLE,

  /** Nothing passes, nothing is lost: afterwards everything flows again. */
  STALL
}
