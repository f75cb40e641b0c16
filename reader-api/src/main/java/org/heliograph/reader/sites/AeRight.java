package org.heliograph.reader.sites;

/** What an application entity may do with the studies of its site. */
public enum AeRight {
  /** Send instances by C-STORE. */
  STORE,
  /** Search by C-FIND. */
  QUERY,
  /** Ask for instances by C-MOVE and C-GET. */
  RETRIEVE,
  /** Be the destination of a C-MOVE; it needs an address. */
  RECEIVE,
  /** Ask for the modality worklist and report performed procedure steps. */
  WORKLIST
}
