package org.heliograph.archive.ingest;

/** Why an instance is kept apart from the catalog. */
public enum QuarantineReason {
  /** The SOP Instance UID is stored with other bytes. */
  DIFFERENT_BYTES_FOR_SAME_UID,
  /** The study, or the instance, belongs to another site. */
  STUDY_OF_OTHER_SITE
}
