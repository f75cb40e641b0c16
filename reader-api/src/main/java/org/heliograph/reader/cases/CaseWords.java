package org.heliograph.reader.cases;

import org.heliograph.reader.access.Specialty;

/** States and events in plain words. */
final class CaseWords {
  private CaseWords() {}

  static String state(CaseState state, Specialty specialty) {
    var reader =
        switch (specialty) {
          case RADIOLOGY -> "a radiologist";
          case DERMATOLOGY -> "a dermatologist";
        };
    return switch (state) {
      case DRAFT -> "Not sent yet";
      case SUBMITTED -> "Sent; the pictures are still to come";
      case RECEIVING -> "Pictures are arriving";
      case WAITING -> "Waiting for " + reader;
      case CLAIMED -> "Being read by " + reader;
      case NEEDS_INFO -> "The reader asks the clinic";
      case REPORTED -> "Preliminary report ready";
      case FINAL -> "Report signed";
      case DELIVERED -> "Report delivered";
      case ACKNOWLEDGED -> "Report received and confirmed";
      case AMENDED -> "Report signed, with an addition";
      case REJECTED -> "Returned without a report";
      case CANCELLED -> "Withdrawn by the clinic";
    };
  }

  /** What the person wrote, or what happened if they wrote nothing. */
  static String event(CaseEvent event) {
    if (!event.text().isEmpty()) {
      return event.text();
    }
    return switch (event.kind()) {
      case CREATED -> "Case begun";
      case OPENED_BY_STUDY -> "Opened by a study that came without a request";
      case REQUEST_EDITED -> "Request written";
      case SUBMITTED -> "Sent";
      case IMAGES_ARRIVED -> "Pictures arrived";
      case COMPLETED -> "All pictures are here";
      case PREVIEWS_ARRIVED -> "Previews arrived; the pictures themselves follow";
      case PARCEL_COMPLETE -> "All pictures that the clinic announced are here";
      case URGENCY_RAISED -> "More urgent, says the clinic";
      case PARCEL_RELEASED -> "To be reported without the pictures that did not come";
      case CLAIMED ->
          event.reason().equals("BACK") ? "Back to the reader who asked" : "Taken by a reader";
      case RELEASED -> "Given back to the worklist";
      case LEASE_EXPIRED -> "Back to the worklist: the reader's time ran out";
      case INFO_REQUESTED -> "The reader asks the clinic";
      case ANSWERED -> "Answered";
      case REJECTED -> "Returned without a report";
      case CANCELLED -> "Withdrawn";
      case MESSAGE -> "Message";
      case MISMATCH_FOUND ->
          event.reason().isEmpty()
              ? "Request and image header agree on the patient"
              : "Request and image header disagree on the patient: " + event.reason();
      case REPORTED -> "Preliminary report";
      case FINAL -> "Report signed";
      case AMENDED -> "Addition to the report signed";
      case DELIVERED -> "Report delivered";
      case ACKNOWLEDGED -> "Report received and confirmed";
    };
  }
}
