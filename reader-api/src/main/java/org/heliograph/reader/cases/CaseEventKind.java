package org.heliograph.reader.cases;

/** What can happen to a case. Each happening is one row of {@code reading.case_event}. */
public enum CaseEventKind {
  /** The clinic began a case: a birth, into DRAFT. */
  CREATED,
  /** A study came without any request and opened a case of its own: a birth, into RECEIVING. */
  OPENED_BY_STUDY,
  /** The clinic wrote or changed the request or the patient. */
  REQUEST_EDITED,
  /** The clinic handed the case over. */
  SUBMITTED,
  /** Pictures were stored for the case. */
  IMAGES_ARRIVED,
  /** Every picture that is expected is here. */
  COMPLETED,
  /** Previews of what a gateway announced can be looked at; the pictures themselves follow. */
  PREVIEWS_ARRIVED,
  /** All that gateways announced is here. */
  PARCEL_COMPLETE,
  /** A gateway announced pictures that are more urgent than the case was. */
  URGENCY_RAISED,
  /** A coordinator let the case go on without what a gateway announced. */
  PARCEL_RELEASED,
  /** A reader took the case. */
  CLAIMED,
  /** The reader gave the case back unread. */
  RELEASED,
  /** The reader's lease ran out. */
  LEASE_EXPIRED,
  /** The reader asks the clinic; the clock is paused. */
  INFO_REQUESTED,
  /** The clinic answered; the clock goes on. */
  ANSWERED,
  /** The reader refused the case for a coded reason. */
  REJECTED,
  /** The clinic withdrew the case. */
  CANCELLED,
  /** Somebody wrote in the conversation. */
  MESSAGE,
  /** The patient of the request is not the patient of an image header. */
  MISMATCH_FOUND,
  /** A preliminary report was made visible to the clinic. */
  REPORTED,
  /** The report was signed. */
  FINAL,
  /** A signed addendum or correction followed. */
  AMENDED,
  /** The signed report is in the receiver's inbox. */
  DELIVERED,
  /** The receiver confirmed to have read it. */
  ACKNOWLEDGED;

  /** Whether a case begins with it. */
  public boolean isBirth() {
    return this == CREATED || this == OPENED_BY_STUDY;
  }

  /** Whether it changes what a concurrent command was decided on, so that the version must move. */
  public boolean changesCase() {
    return switch (this) {
      case MESSAGE,
          IMAGES_ARRIVED,
          MISMATCH_FOUND,
          PREVIEWS_ARRIVED,
          PARCEL_COMPLETE,
          PARCEL_RELEASED ->
          false;
      case CREATED,
          OPENED_BY_STUDY,
          REQUEST_EDITED,
          SUBMITTED,
          COMPLETED,
          URGENCY_RAISED,
          CLAIMED,
          RELEASED,
          LEASE_EXPIRED,
          INFO_REQUESTED,
          ANSWERED,
          REJECTED,
          CANCELLED,
          REPORTED,
          FINAL,
          AMENDED,
          DELIVERED,
          ACKNOWLEDGED ->
          true;
    };
  }
}
