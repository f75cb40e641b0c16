package org.heliograph.reader.cases;

/** How soon the clinic needs the report; the hub's configuration gives each one its deadline. */
public enum Urgency {
  EMERGENCY,
  URGENT,
  ROUTINE
}
