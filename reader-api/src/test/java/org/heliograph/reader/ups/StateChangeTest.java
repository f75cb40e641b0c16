package org.heliograph.reader.ups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.ups.StateChange.Lock;
import org.junit.jupiter.api.Test;

/** PS3.4 Table CC.1.1-2, cell by cell, and what must hold of any run of requests. */
class StateChangeTest {
  private static final String TABLE =
      """
                            SCHEDULED           IN_PROGRESS         COMPLETED         CANCELED
      IN_PROGRESS CORRECT   ALLOWED             ALREADY_IN_PROGRESS NO_LONGER_CHANGED NO_LONGER_CHANGED
      COMPLETED   CORRECT   NOT_YET_IN_PROGRESS ALLOWED             ALREADY_COMPLETED NO_LONGER_CHANGED
      CANCELED    CORRECT   NOT_YET_IN_PROGRESS ALLOWED             NO_LONGER_CHANGED ALREADY_CANCELED
      """;

  @Test
  void every_cell_of_the_standards_table_is_kept() {
    var lines = TABLE.lines().toList();
    var states = lines.getFirst().strip().split(" +", -1);
    for (var line : lines.subList(1, lines.size())) {
      var cells = line.strip().split(" +", -1);
      for (int i = 0; i < states.length; i++) {
        var now = WorkitemState.valueOf(states[i]);
        var requested = WorkitemState.valueOf(cells[0]);
        assertThat(StateChange.of(now, requested, Lock.CORRECT))
            .as(requested + " of " + now)
            .isEqualTo(StateChange.valueOf(cells[i + 2]));
        assertThat(StateChange.of(now, requested, Lock.INCORRECT))
            .isEqualTo(StateChange.TRANSACTION_UID_INCORRECT);
        assertThat(StateChange.of(now, requested, Lock.MISSING))
            .isEqualTo(StateChange.TRANSACTION_UID_MISSING);
      }
    }
    for (var now : WorkitemState.values()) {
      for (var lock : Lock.values()) {
        assertThat(StateChange.of(now, WorkitemState.SCHEDULED, lock))
            .isEqualTo(StateChange.SCHEDULED_ONLY_WHEN_CREATED);
      }
    }
  }

  @Test
  void no_run_of_requests_leaves_a_final_state_or_takes_a_lock_from_its_holder() {
    long seed = 20_260_101;
    var random = new Random(seed);
    var locks = new String[] {Uid.create().value(), Uid.create().value(), Uid.create().value()};
    for (int run = 0; run < 2000; run++) {
      var now = WorkitemState.SCHEDULED;
      String held = null;
      for (int step = 0; step < 12; step++) {
        int choice = random.nextInt(locks.length + 1);
        String given = choice == locks.length ? null : locks[choice];
        var requested = List.of(WorkitemState.values()).get(random.nextInt(4));
        var change = StateChange.of(now, requested, Lock.of(now, held, given));
        if (change != StateChange.ALLOWED) {
          continue;
        }
        assertThat(now.isFinal()).as("seed " + seed + " run " + run).isFalse();
        assertThat(given).isNotNull();
        if (now == WorkitemState.SCHEDULED) {
          assertThat(requested).isEqualTo(WorkitemState.IN_PROGRESS);
          held = given;
        } else {
          assertThat(requested.isFinal()).isTrue();
          assertThat(given).isEqualTo(held);
        }
        now = requested;
      }
    }
  }

  @Test
  void a_case_taken_in_the_reading_room_has_a_lock_that_nobody_knows() {
    assertThat(Lock.of(WorkitemState.IN_PROGRESS, null, "1.2.3")).isEqualTo(Lock.INCORRECT);
    assertThat(Lock.of(WorkitemState.IN_PROGRESS, null, null)).isEqualTo(Lock.MISSING);
  }

  @Test
  void wild_cards_match_in_linear_time() {
    var hostile = "*a".repeat(2000) + "b";
    assertThat(Wildcard.matches(hostile, "a".repeat(4000))).isFalse();
    Map.of("*", "", "a*c", "abbc", "?b*", "ab", "a*b*c", "a-b-b-c")
        .forEach(
            (pattern, text) -> assertThat(Wildcard.matches(pattern, text)).as(pattern).isTrue());
    Map.of("?", "", "a*c", "abbcd", "ab", "abc")
        .forEach(
            (pattern, text) -> assertThat(Wildcard.matches(pattern, text)).as(pattern).isFalse());
  }
}
