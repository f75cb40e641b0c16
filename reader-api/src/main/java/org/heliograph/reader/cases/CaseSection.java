package org.heliograph.reader.cases;

import org.heliograph.reader.access.Person;
import org.jspecify.annotations.Nullable;

/**
 * A part of the case's JSON that another capability owns, for example {@code photos} or {@code
 * report}. It is asked inside the transaction that reads the case, after visibility was checked.
 */
public interface CaseSection {
  /** The field in the case's JSON: {@code studies}, {@code photos} or {@code report}. */
  String name();

  /** The field's value for this person. */
  @Nullable Object of(CaseFile file, Person person);
}
