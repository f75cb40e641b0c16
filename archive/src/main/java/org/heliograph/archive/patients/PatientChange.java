package org.heliograph.archive.patients;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of patients.
 *
 * @param patient our number of the patient that stands afterwards
 * @param other our number of the double, or of the patient under its number before
 * @param undoes the change that this one took back
 * @param undoneBy the change that took this one back
 * @param before the rows of these patients as JSON, as they were
 * @param after the same as they were afterwards
 * @param studyCount how many studies showed the patient anew
 */
public record PatientChange(
    long id,
    Kind kind,
    long patient,
    @Nullable Long other,
    @Nullable Long undoes,
    @Nullable Long undoneBy,
    String actor,
    String reason,
    String before,
    String after,
    int studyCount,
    Instant changedAt) {
  /** What was done. */
  public enum Kind {
    UPDATE,
    MERGE,
    UNDO
  }

  @Override
  public String toString() {
    return "PatientChange[" + id + "]";
  }
}
