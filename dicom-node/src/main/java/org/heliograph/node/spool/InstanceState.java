package org.heliograph.node.spool;

/** How far an instance or a document has come. */
public enum InstanceState {
  /** Durable, acknowledged, not yet looked at. */
  RECEIVED,
  /** Verified, recoded if that helps, with a preview: ready for a parcel. */
  PREPARED,
  /** In a parcel that is on its way. */
  PARCELLED,
  /** The hub has signed for exactly these bytes: the file may be pruned. */
  CONFIRMED,
  /** Something is wrong that a person has to look at; see the code. Never pruned. */
  PARKED,
  /** Another content under a SOP Instance UID that is known: kept apart for a person. */
  QUARANTINED
}
