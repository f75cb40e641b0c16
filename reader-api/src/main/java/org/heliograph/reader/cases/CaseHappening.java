package org.heliograph.reader.cases;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is about to be appended to a case's history, and by whom. Use the factory methods; what they
 * leave out is empty.
 */
public record CaseHappening(
    CaseEventKind kind,
    @Nullable UUID personId,
    String text,
    String reason,
    @Nullable CasePatient patient,
    @Nullable CaseRequest request,
    @Nullable Duration lease) {

  /** Somebody did it. */
  public static CaseHappening by(UUID personId, CaseEventKind kind) {
    return new CaseHappening(kind, personId, "", "", null, null, null);
  }

  /** The hub did it itself. */
  public static CaseHappening byHub(CaseEventKind kind) {
    return new CaseHappening(kind, null, "", "", null, null, null);
  }

  /** With what the person wrote. */
  public CaseHappening text(String newText) {
    return new CaseHappening(kind, personId, newText, reason, patient, request, lease);
  }

  /** With a coded reason. */
  public CaseHappening reason(String newReason) {
    return new CaseHappening(kind, personId, text, newReason, patient, request, lease);
  }

  /** With what is asked, and of whom if that is new. */
  public CaseHappening request(@Nullable CasePatient newPatient, CaseRequest newRequest) {
    return new CaseHappening(kind, personId, text, reason, newPatient, newRequest, lease);
  }

  /** With the time the reader holds the case. */
  public CaseHappening lease(Duration newLease) {
    return new CaseHappening(kind, personId, text, reason, patient, request, newLease);
  }

  @Override
  public String toString() {
    return "CaseHappening[" + kind + ", " + reason + "]";
  }
}
