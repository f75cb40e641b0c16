package org.heliograph.node.link;

/** How soon a case must be read; the order is that of sending. */
public enum Urgency {
  EMERGENCY,
  URGENT,
  ROUTINE
}
