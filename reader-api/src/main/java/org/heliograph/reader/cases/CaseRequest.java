package org.heliograph.reader.cases;

import java.util.UUID;
import org.heliograph.reader.access.Specialty;
import org.jspecify.annotations.Nullable;

/** What the clinic asks, of whom, and how soon. Prints none of its free text. */
public record CaseRequest(
    Specialty specialty,
    Urgency urgency,
    String bodyPart,
    @Nullable Laterality laterality,
    String question,
    String history,
    @Nullable UUID referrerId,
    String accessionNumber,
    boolean expectXray) {
  /** The same with another urgency. */
  public CaseRequest withUrgency(Urgency other) {
    return new CaseRequest(
        specialty,
        other,
        bodyPart,
        laterality,
        question,
        history,
        referrerId,
        accessionNumber,
        expectXray);
  }

  @Override
  public String toString() {
    return "CaseRequest[" + specialty + ", " + urgency + ", ***]";
  }
}
