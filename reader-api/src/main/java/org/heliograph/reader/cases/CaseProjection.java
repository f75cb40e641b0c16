package org.heliograph.reader.cases;

import java.time.Instant;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/** What an event does to a case besides its state: the clock, the reader, the request. */
final class CaseProjection {
  private CaseProjection() {}

  /** The case after the event, or TR-0101 if its state refuses the event. */
  static CaseFile apply(
      CaseFile before, CaseHappening happening, Instant at, CaseSettings settings) {
    var kind = happening.kind();
    var after = before.change();
    after.state =
        CaseTransitions.next(before.state(), kind)
            .orElseThrow(
                () -> new ProblemException(ProblemCode.NOT_IN_THIS_STATE, kind, before.state()));
    if (kind.changesCase() || after.state != before.state()) {
      after.version++;
    }
    switch (kind) {
      case REQUEST_EDITED -> edit(after, happening);
      case COMPLETED -> after.clock = before.clock().start(at);
      case PREVIEWS_ARRIVED -> {
        if (after.state == CaseState.WAITING) {
          after.clock = before.clock().start(at);
        }
      }
      case URGENCY_RAISED -> {
        if (happening.request() != null) {
          after.request = happening.request();
        }
      }
      case CLAIMED -> {
        after.readerId = happening.personId();
        after.claimedUntil = happening.lease() == null ? null : at.plus(happening.lease());
      }
      case RELEASED, LEASE_EXPIRED -> {
        after.readerId = null;
        after.claimedUntil = null;
      }
      case INFO_REQUESTED -> {
        after.clock = before.clock().pause(at);
        after.claimedUntil = null;
      }
      case ANSWERED -> {
        after.clock = before.clock().resume(at);
        after.readerId = null;
      }
      case REPORTED, FINAL -> {
        after.readerId = happening.personId();
        after.claimedUntil = null;
      }
      case REJECTED, CANCELLED -> after.claimedUntil = null;
      case CREATED,
          OPENED_BY_STUDY,
          SUBMITTED,
          IMAGES_ARRIVED,
          PARCEL_COMPLETE,
          PARCEL_RELEASED,
          MESSAGE,
          MISMATCH_FOUND,
          AMENDED,
          DELIVERED,
          ACKNOWLEDGED -> {}
    }
    after.deadlineAt = after.clock.deadline(settings.deadline(after.request.urgency()));
    return after.done(at, before.eventCount() + 1);
  }

  private static void edit(CaseFile.Draft after, CaseHappening happening) {
    if (happening.patient() != null) {
      after.patient = happening.patient();
    }
    if (happening.request() != null) {
      after.request = happening.request();
      after.hasRequest = true;
    }
  }
}
