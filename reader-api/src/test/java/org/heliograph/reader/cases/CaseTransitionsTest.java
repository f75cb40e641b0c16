package org.heliograph.reader.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.reader.cases.CaseState.*;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Written from the product's text, not from the table: each event with every state it may happen
 * in.
 */
class CaseTransitionsTest {
  private static final Set<CaseState> ALL = EnumSet.allOf(CaseState.class);

  private static Map<CaseState, CaseState> expected(CaseEventKind kind) {
    return switch (kind) {
      case CREATED, OPENED_BY_STUDY -> Map.of();
      case REQUEST_EDITED ->
          stays(EnumSet.of(DRAFT, SUBMITTED, RECEIVING, WAITING, CLAIMED, NEEDS_INFO));
      case SUBMITTED -> Map.of(DRAFT, CaseState.SUBMITTED);
      case IMAGES_ARRIVED -> {
        var next = stays(ALL);
        next.put(CaseState.SUBMITTED, RECEIVING);
        yield next;
      }
      case COMPLETED -> Map.of(CaseState.SUBMITTED, WAITING, RECEIVING, WAITING);
      case PREVIEWS_ARRIVED -> {
        var next = stays(ALL);
        next.put(CaseState.SUBMITTED, WAITING);
        next.put(RECEIVING, WAITING);
        yield next;
      }
      case PARCEL_COMPLETE, PARCEL_RELEASED -> stays(ALL);
      case URGENCY_RAISED ->
          stays(EnumSet.of(DRAFT, SUBMITTED, RECEIVING, WAITING, CLAIMED, NEEDS_INFO));
      case CLAIMED -> Map.of(WAITING, CaseState.CLAIMED);
      case RELEASED, LEASE_EXPIRED -> Map.of(CaseState.CLAIMED, WAITING);
      case INFO_REQUESTED -> Map.of(CaseState.CLAIMED, NEEDS_INFO);
      case ANSWERED -> Map.of(NEEDS_INFO, WAITING);
      case REJECTED -> Map.of(CaseState.CLAIMED, CaseState.REJECTED);
      case CANCELLED ->
          leadsTo(
              EnumSet.of(DRAFT, CaseState.SUBMITTED, RECEIVING, WAITING, NEEDS_INFO),
              CaseState.CANCELLED);
      case MESSAGE, MISMATCH_FOUND -> stays(ALL);
      case REPORTED ->
          leadsTo(EnumSet.of(CaseState.CLAIMED, CaseState.REPORTED), CaseState.REPORTED);
      case FINAL -> leadsTo(EnumSet.of(CaseState.CLAIMED, CaseState.REPORTED), CaseState.FINAL);
      case AMENDED ->
          leadsTo(
              EnumSet.of(
                  CaseState.FINAL, CaseState.DELIVERED, CaseState.ACKNOWLEDGED, CaseState.AMENDED),
              CaseState.AMENDED);
      case DELIVERED ->
          leadsTo(EnumSet.of(CaseState.FINAL, CaseState.AMENDED), CaseState.DELIVERED);
      case ACKNOWLEDGED -> Map.of(CaseState.DELIVERED, CaseState.ACKNOWLEDGED);
    };
  }

  static List<Arguments> cells() {
    var cells = new ArrayList<Arguments>();
    for (var kind : CaseEventKind.values()) {
      for (var state : CaseState.values()) {
        cells.add(Arguments.of(state, kind));
      }
    }
    return cells;
  }

  @ParameterizedTest(name = "{1} in {0}")
  @MethodSource("cells")
  void every_cell_of_the_table_is_as_the_product_says(CaseState state, CaseEventKind kind) {
    assertThat(CaseTransitions.next(state, kind))
        .isEqualTo(Optional.ofNullable(expected(kind).get(state)));
  }

  @ParameterizedTest
  @EnumSource(CaseEventKind.class)
  void a_case_is_born_by_two_events_only(CaseEventKind kind) {
    switch (kind) {
      case CREATED -> assertThat(CaseTransitions.birth(kind)).isEqualTo(DRAFT);
      case OPENED_BY_STUDY -> assertThat(CaseTransitions.birth(kind)).isEqualTo(RECEIVING);
      default ->
          assertThatThrownBy(() -> CaseTransitions.birth(kind))
              .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void the_usual_way_leads_from_draft_to_acknowledged() {
    var state = DRAFT;
    for (var kind :
        List.of(
            CaseEventKind.SUBMITTED,
            CaseEventKind.IMAGES_ARRIVED,
            CaseEventKind.COMPLETED,
            CaseEventKind.CLAIMED,
            CaseEventKind.INFO_REQUESTED,
            CaseEventKind.ANSWERED,
            CaseEventKind.CLAIMED,
            CaseEventKind.REPORTED,
            CaseEventKind.FINAL,
            CaseEventKind.DELIVERED,
            CaseEventKind.ACKNOWLEDGED)) {
      state = CaseTransitions.next(state, kind).orElseThrow();
    }

    assertThat(state).isEqualTo(CaseState.ACKNOWLEDGED);
  }

  private static Map<CaseState, CaseState> stays(Set<CaseState> states) {
    var next = new EnumMap<CaseState, CaseState>(CaseState.class);
    states.forEach(state -> next.put(state, state));
    return next;
  }

  private static Map<CaseState, CaseState> leadsTo(Set<CaseState> states, CaseState target) {
    var next = new EnumMap<CaseState, CaseState>(CaseState.class);
    states.forEach(state -> next.put(state, target));
    return next;
  }
}
