package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Action;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Event;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Role;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.State;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Transition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PS3.8 Table 9-10 once more, written by state instead of by event, and compared cell by cell. */
class UpperLayerStateMachineTest {
  /** Event number, action, number of the next state; every other cell of the state is empty. */
  private static final Map<State, List<String>> EXPECTED = new EnumMap<>(State.class);

  private static final String UNEXPECTED_IN_PEER_STATES =
      "3 AA-8 13, 4 AA-8 13, 6 AA-8 13, 15 AA-1 13, 16 AA-3 1, 17 AA-4 1, 19 AA-8 13";

  static {
    expect(State.STA1_IDLE, "1 AE-1 4, 5 AE-5 2");
    expect(
        State.STA2_AWAITING_ASSOCIATE_RQ,
        "3 AA-1 13, 4 AA-1 13, 6 AE-6 3, 10 AA-1 13, 12 AA-1 13, 13 AA-1 13, 16 AA-2 1,"
            + " 17 AA-5 1, 18 AA-2 1, 19 AA-1 13");
    expect(
        State.STA3_AWAITING_LOCAL_ASSOCIATE_RESPONSE,
        UNEXPECTED_IN_PEER_STATES + ", 7 AE-7 6, 8 AE-8 13, 10 AA-8 13, 12 AA-8 13, 13 AA-8 13");
    expect(State.STA4_AWAITING_TRANSPORT, "2 AE-2 5, 15 AA-2 1, 17 AA-4 1");
    expect(
        State.STA5_AWAITING_ASSOCIATE_AC_OR_RJ,
        "3 AE-3 6, 4 AE-4 1, 6 AA-8 13, 10 AA-8 13, 12 AA-8 13, 13 AA-8 13, 15 AA-1 13,"
            + " 16 AA-3 1, 17 AA-4 1, 19 AA-8 13");
    expect(
        State.STA6_DATA_TRANSFER,
        UNEXPECTED_IN_PEER_STATES + ", 9 DT-1 6, 10 DT-2 6, 11 AR-1 7, 12 AR-2 8, 13 AA-8 13");
    expect(
        State.STA7_AWAITING_RELEASE_RP,
        UNEXPECTED_IN_PEER_STATES + ", 10 AR-6 7, 12 AR-8 9, 13 AR-3 1");
    expect(
        State.STA8_AWAITING_LOCAL_RELEASE_RESPONSE,
        UNEXPECTED_IN_PEER_STATES + ", 9 AR-7 8, 10 AA-8 13, 12 AA-8 13, 13 AA-8 13, 14 AR-4 13");
    expect(
        State.STA9_COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE,
        UNEXPECTED_IN_PEER_STATES + ", 10 AA-8 13, 12 AA-8 13, 13 AA-8 13, 14 AR-9 11");
    expect(
        State.STA10_COLLISION_ACCEPTOR_AWAITING_RELEASE_RP,
        UNEXPECTED_IN_PEER_STATES + ", 10 AA-8 13, 12 AA-8 13, 13 AR-10 12");
    expect(
        State.STA11_COLLISION_REQUESTOR_AWAITING_RELEASE_RP,
        UNEXPECTED_IN_PEER_STATES + ", 10 AA-8 13, 12 AA-8 13, 13 AR-3 1");
    expect(
        State.STA12_COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE,
        UNEXPECTED_IN_PEER_STATES + ", 10 AA-8 13, 12 AA-8 13, 13 AA-8 13, 14 AR-4 13");
    expect(
        State.STA13_AWAITING_TRANSPORT_CLOSE,
        "3 AA-6 13, 4 AA-6 13, 6 AA-7 13, 10 AA-6 13, 12 AA-6 13, 13 AA-6 13, 16 AA-2 1,"
            + " 17 AR-5 1, 18 AA-2 1, 19 AA-7 13");
  }

  private static void expect(State state, String cells) {
    EXPECTED.put(state, List.of(cells.split(", *", -1)));
  }

  @ParameterizedTest
  @EnumSource
  void every_cell_of_the_state_is_as_in_the_standard(State state) {
    var states = List.of(State.values());
    var events = List.of(Event.values());
    var cells = new EnumMap<Event, Transition>(Event.class);
    for (var cell : EXPECTED.getOrDefault(state, List.of())) {
      var part = cell.split(" ", -1);
      var action = Action.valueOf(part[1].replace('-', '_'));
      var next = states.get(Integer.parseInt(part[2]) - 1);
      cells.put(events.get(Integer.parseInt(part[0]) - 1), new Transition(action, next));
    }

    for (var event : Event.values()) {
      assertThat(UpperLayerStateMachine.transition(state, event, Role.REQUESTOR))
          .as(event + " in " + state)
          .isEqualTo(Optional.ofNullable(cells.get(event)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_acceptor_differs_only_in_a_release_collision(State state) {
    for (var event : Event.values()) {
      var requestor = UpperLayerStateMachine.transition(state, event, Role.REQUESTOR);
      var acceptor = UpperLayerStateMachine.transition(state, event, Role.ACCEPTOR);
      if (state == State.STA7_AWAITING_RELEASE_RP && event == Event.RELEASE_RQ_PDU) {
        assertThat(acceptor)
            .contains(
                new Transition(Action.AR_8, State.STA10_COLLISION_ACCEPTOR_AWAITING_RELEASE_RP));
      } else {
        assertThat(acceptor).isEqualTo(requestor);
      }
    }
  }
}
