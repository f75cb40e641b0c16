package org.heliograph.reader.ups;

import org.jspecify.annotations.Nullable;

/**
 * What a Change Workitem State request leads to: the table of PS3.4 CC.1.1-2. Whether the final
 * state requirements are met is asked only of what this table allows.
 */
enum StateChange {
  ALLOWED,
  /** B304. */
  ALREADY_CANCELED,
  /** B306. */
  ALREADY_COMPLETED,
  /** C300. */
  NO_LONGER_CHANGED,
  /** C301. */
  TRANSACTION_UID_MISSING,
  /** C301. */
  TRANSACTION_UID_INCORRECT,
  /** C302. */
  ALREADY_IN_PROGRESS,
  /** C303. */
  SCHEDULED_ONLY_WHEN_CREATED,
  /** C310. */
  NOT_YET_IN_PROGRESS;

  /** How the Transaction UID of the request compares with the workitem's. */
  enum Lock {
    MISSING,
    INCORRECT,
    CORRECT;

    /**
     * @param held null where the workitem has no lock that a program could know
     */
    static Lock of(WorkitemState now, @Nullable String held, @Nullable String given) {
      if (given == null) {
        return MISSING;
      }
      // Nobody holds a SCHEDULED workitem: the request brings the lock along.
      return now == WorkitemState.SCHEDULED || given.equals(held) ? CORRECT : INCORRECT;
    }
  }

  static StateChange of(WorkitemState now, WorkitemState requested, Lock lock) {
    if (requested == WorkitemState.SCHEDULED) {
      return SCHEDULED_ONLY_WHEN_CREATED;
    }
    return switch (lock) {
      case MISSING -> TRANSACTION_UID_MISSING;
      case INCORRECT -> TRANSACTION_UID_INCORRECT;
      case CORRECT ->
          switch (now) {
            case SCHEDULED ->
                requested == WorkitemState.IN_PROGRESS ? ALLOWED : NOT_YET_IN_PROGRESS;
            case IN_PROGRESS ->
                requested == WorkitemState.IN_PROGRESS ? ALREADY_IN_PROGRESS : ALLOWED;
            case COMPLETED ->
                requested == WorkitemState.COMPLETED ? ALREADY_COMPLETED : NO_LONGER_CHANGED;
            case CANCELED ->
                requested == WorkitemState.CANCELED ? ALREADY_CANCELED : NO_LONGER_CHANGED;
          };
    };
  }
}
