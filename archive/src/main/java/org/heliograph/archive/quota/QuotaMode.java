package org.heliograph.archive.quota;

/** What happens to instances of a site that has used up its quota. */
public enum QuotaMode {
  /** They are stored; alerts tell persons. */
  SOFT,
  /** They are refused until there is room. */
  HARD
}
