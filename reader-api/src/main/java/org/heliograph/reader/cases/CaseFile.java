package org.heliograph.reader.cases;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A case as it stands: the projection of its events. {@code version} moves with every change that a
 * concurrent command must notice. {@code readerId} is who holds the case, or who read it last.
 */
public record CaseFile(
    CaseId id,
    String number,
    UUID siteId,
    CaseState state,
    long version,
    long eventCount,
    CasePatient patient,
    boolean hasRequest,
    CaseRequest request,
    CaseImages images,
    ReadingClock clock,
    @Nullable Instant deadlineAt,
    @Nullable UUID readerId,
    @Nullable Instant claimedUntil,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether this person holds or read the case. */
  public boolean isReadBy(UUID personId) {
    return personId.equals(readerId);
  }

  /** The same case with other picture counts. */
  public CaseFile with(CaseImages newImages) {
    var draft = change();
    draft.images = newImages;
    return draft.done(updatedAt, eventCount);
  }

  Draft change() {
    return new Draft(this);
  }

  /** The next projection while an event is applied. */
  static final class Draft {
    private final CaseFile before;
    CaseState state;
    long version;
    CasePatient patient;
    boolean hasRequest;
    CaseRequest request;
    CaseImages images;
    ReadingClock clock;
    @Nullable Instant deadlineAt;
    @Nullable UUID readerId;
    @Nullable Instant claimedUntil;

    private Draft(CaseFile before) {
      this.before = before;
      state = before.state;
      version = before.version;
      patient = before.patient;
      hasRequest = before.hasRequest;
      request = before.request;
      images = before.images;
      clock = before.clock;
      deadlineAt = before.deadlineAt;
      readerId = before.readerId;
      claimedUntil = before.claimedUntil;
    }

    CaseFile done(Instant at, long events) {
      return new CaseFile(
          before.id,
          before.number,
          before.siteId,
          state,
          version,
          events,
          patient,
          hasRequest,
          request,
          images,
          clock,
          deadlineAt,
          readerId,
          claimedUntil,
          before.createdAt,
          at);
    }
  }
}
