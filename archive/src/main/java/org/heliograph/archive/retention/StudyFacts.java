package org.heliograph.archive.retention;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the archive does not know of a study itself, as names of SQL functions in the same database
 * that take its UID. They are asked in the transaction that decides. Null where nobody knows.
 *
 * @param specialty gives the specialty as text, or null
 * @param lastUse gives when somebody looked at it, as timestamptz, or null
 * @param held gives whether a case that it belongs to is under legal hold
 */
public record StudyFacts(
    @Nullable String specialty, @Nullable String lastUse, @Nullable String held) {
  private static final Pattern NAME = Pattern.compile("[a-z_]+\\.[a-z_]+");
  public static final StudyFacts NONE = new StudyFacts(null, null, null);

  public StudyFacts {
    for (String name : new String[] {specialty, lastUse, held}) {
      if (name != null && !NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("not the name of a function");
      }
    }
  }

  String specialtyOf(String study) {
    return specialty == null
        ? "cast(null as text)"
        : "cast(" + call(specialty, study) + " as text)";
  }

  String lastUseOf(String study) {
    return lastUse == null
        ? "cast(null as timestamptz)"
        : "cast(" + call(lastUse, study) + " as timestamptz)";
  }

  /** Whether a study row {@code s} is under any hold. */
  String heldCondition() {
    return """
    (exists (
      select 1 from archive.legal_hold h
      where h.released_at is null and h.scope = 'STUDY'
        and h.study_instance_uid = s.study_instance_uid)
    or exists (
      select 1 from archive.legal_hold h
      where h.released_at is null and h.scope = 'PATIENT'
        and archive.standing_patient(h.patient_ref) = s.patient_ref)
    %s)
    """
        .formatted(held == null ? "" : "or " + call(held, "s.study_instance_uid"));
  }

  private static String call(String function, String study) {
    return function + "(" + study + ")";
  }
}
