package org.heliograph.archive.ingest;

import org.heliograph.dicom.io.DicomFormatException;

/** Why nothing of an instance was kept. The comment is made for an Error Comment (≤ 64 chars). */
public enum RefusalReason {
  /** Study, series, instance or class UID is not there. */
  MISSING_UID(Retry.NEVER, "A required UID is missing"),
  /** One of them is not a UID (PS3.5 9.1). */
  INVALID_UID(Retry.NEVER, "A required UID is not valid"),
  /** The data set is of another SOP class than the command said. */
  CLASS_MISMATCH(Retry.NEVER, "Data set does not match SOP Class"),
  /** The data set is of another SOP instance than the command said. */
  INSTANCE_MISMATCH(Retry.NEVER, "Data set does not match SOP Instance"),
  /** It belongs to another study than the one that was named with it. */
  STUDY_MISMATCH(Retry.NEVER, "Data set is of another study"),
  /** It is not the one that was announced. */
  DIGEST_MISMATCH(Retry.NEVER, "Data set is not the one announced"),
  /** A directory record or another object that is no instance of a study. */
  NOT_STORABLE(Retry.NEVER, "SOP Class is not storable"),
  UNKNOWN_TRANSFER_SYNTAX(Retry.NEVER, "Transfer Syntax is not known"),
  /** The bytes are no data set, or beyond the limits of nesting or size. */
  UNREADABLE(Retry.NEVER, "Data set cannot be understood"),
  /** The data set ends too early. */
  TRUNCATED(Retry.NEVER, "Data set ends too early"),
  /** There is less Pixel Data than rows, columns and frames ask for. */
  TRUNCATED_PIXEL_DATA(Retry.NEVER, "Pixel Data is shorter than described"),
  /** The site deleted it, for a reason that keeps it away. */
  DELETED_FOR_GOOD(Retry.NEVER, "Instance was deleted here and may not return"),
  /** The site has used up its storage, and its quota is a hard one. */
  QUOTA_REACHED(Retry.LATER, "Storage quota of the site is reached"),
  /** The reserve of free space is reached. */
  OUT_OF_SPACE(Retry.LATER, "Out of storage space"),
  /** The disk, the object store or the database did not take it. */
  STORE_UNAVAILABLE(Retry.LATER, "Storage is not available");

  /** Whether sending the same bytes again can help. */
  public enum Retry {
    NEVER,
    LATER
  }

  private final Retry retry;
  private final String comment;

  RefusalReason(Retry retry, String comment) {
    this.retry = retry;
    this.comment = comment;
  }

  static RefusalReason of(DicomFormatException fault) {
    return fault.code() == DicomFormatException.Code.TRUNCATED ? TRUNCATED : UNREADABLE;
  }

  public Retry retry() {
    return retry;
  }

  public String comment() {
    return comment;
  }
}
