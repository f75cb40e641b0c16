package org.heliograph.dicom.net.ul;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * PS3.8 Table 9-10, the DICOM upper layer protocol state transition table.
 *
 * <pre>
 *                      Sta1  Sta2  Sta3  Sta4  Sta5  Sta6  Sta7  Sta8  Sta9  Sta10 Sta11 Sta12 Sta13
 * ASSOCIATE request    AE-1
 * Transport confirm                      AE-2
 * A-ASSOCIATE-AC             AA-1  AA-8        AE-3  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
 * A-ASSOCIATE-RJ             AA-1  AA-8        AE-4  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
 * Transport indication AE-5
 * A-ASSOCIATE-RQ             AE-6  AA-8        AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
 * Response (accept)                AE-7
 * Response (reject)                AE-8
 * P-DATA request                                     DT-1        AR-7
 * P-DATA-TF                  AA-1  AA-8        AA-8  DT-2  AR-6  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
 * RELEASE request                                    AR-1
 * A-RELEASE-RQ               AA-1  AA-8        AA-8  AR-2  AR-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
 * A-RELEASE-RP               AA-1  AA-8        AA-8  AA-8  AR-3  AA-8  AA-8  AR-10 AR-3  AA-8  AA-6
 * RELEASE response                                               AR-4  AR-9              AR-4
 * ABORT request                    AA-1  AA-2  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1
 * A-ABORT                    AA-2  AA-3        AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-2
 * Transport closed           AA-5  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AR-5
 * ARTIM expired              AA-2                                                              AA-2
 * Invalid PDU                AA-1  AA-8        AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
 * </pre>
 */
public final class UpperLayerStateMachine {
  /** PS3.8 Tables 9-1 to 9-5. */
  public enum State {
    STA1_IDLE,
    STA2_AWAITING_ASSOCIATE_RQ,
    STA3_AWAITING_LOCAL_ASSOCIATE_RESPONSE,
    STA4_AWAITING_TRANSPORT,
    STA5_AWAITING_ASSOCIATE_AC_OR_RJ,
    STA6_DATA_TRANSFER,
    STA7_AWAITING_RELEASE_RP,
    STA8_AWAITING_LOCAL_RELEASE_RESPONSE,
    STA9_COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE,
    STA10_COLLISION_ACCEPTOR_AWAITING_RELEASE_RP,
    STA11_COLLISION_REQUESTOR_AWAITING_RELEASE_RP,
    STA12_COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE,
    STA13_AWAITING_TRANSPORT_CLOSE
  }

  /** The rows of Table 9-10, in its order. */
  public enum Event {
    ASSOCIATE_REQUEST,
    TRANSPORT_CONFIRM,
    ASSOCIATE_AC_PDU,
    ASSOCIATE_RJ_PDU,
    TRANSPORT_INDICATION,
    ASSOCIATE_RQ_PDU,
    ASSOCIATE_RESPONSE_ACCEPT,
    ASSOCIATE_RESPONSE_REJECT,
    P_DATA_REQUEST,
    P_DATA_TF_PDU,
    RELEASE_REQUEST,
    RELEASE_RQ_PDU,
    RELEASE_RP_PDU,
    RELEASE_RESPONSE,
    ABORT_REQUEST,
    ABORT_PDU,
    TRANSPORT_CLOSED,
    ARTIM_EXPIRED,
    INVALID_PDU
  }

  /** PS3.8 Tables 9-6 to 9-9, each with the state it leads to. */
  public enum Action {
    /** Issue TRANSPORT CONNECT. */
    AE_1(State.STA4_AWAITING_TRANSPORT),
    /** Send A-ASSOCIATE-RQ. */
    AE_2(State.STA5_AWAITING_ASSOCIATE_AC_OR_RJ),
    /** Confirm the association as accepted. */
    AE_3(State.STA6_DATA_TRANSFER),
    /** Confirm the association as rejected, close. */
    AE_4(State.STA1_IDLE),
    /** Start ARTIM. */
    AE_5(State.STA2_AWAITING_ASSOCIATE_RQ),
    /**
     * Stop ARTIM, indicate the request; one the provider cannot accept is rejected and leads to
     * Sta13.
     */
    AE_6(State.STA3_AWAITING_LOCAL_ASSOCIATE_RESPONSE),
    /** Send A-ASSOCIATE-AC. */
    AE_7(State.STA6_DATA_TRANSFER),
    /** Send A-ASSOCIATE-RJ, start ARTIM. */
    AE_8(State.STA13_AWAITING_TRANSPORT_CLOSE),
    /** Send P-DATA-TF. */
    DT_1(State.STA6_DATA_TRANSFER),
    /** Indicate P-DATA. */
    DT_2(State.STA6_DATA_TRANSFER),
    /** Send A-RELEASE-RQ. */
    AR_1(State.STA7_AWAITING_RELEASE_RP),
    /** Indicate A-RELEASE. */
    AR_2(State.STA8_AWAITING_LOCAL_RELEASE_RESPONSE),
    /** Confirm A-RELEASE, close. */
    AR_3(State.STA1_IDLE),
    /** Send A-RELEASE-RP, start ARTIM. */
    AR_4(State.STA13_AWAITING_TRANSPORT_CLOSE),
    /** Stop ARTIM. */
    AR_5(State.STA1_IDLE),
    /** Indicate P-DATA. */
    AR_6(State.STA7_AWAITING_RELEASE_RP),
    /** Send P-DATA-TF. */
    AR_7(State.STA8_AWAITING_LOCAL_RELEASE_RESPONSE),
    /** Indicate A-RELEASE, a collision: the acceptor goes to Sta10 instead. */
    AR_8(State.STA9_COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE),
    /** Send A-RELEASE-RP. */
    AR_9(State.STA11_COLLISION_REQUESTOR_AWAITING_RELEASE_RP),
    /** Confirm A-RELEASE. */
    AR_10(State.STA12_COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE),
    /** Send A-ABORT (service user), start ARTIM. */
    AA_1(State.STA13_AWAITING_TRANSPORT_CLOSE),
    /** Stop ARTIM, close. */
    AA_2(State.STA1_IDLE),
    /** Indicate the abort, close. */
    AA_3(State.STA1_IDLE),
    /** Indicate A-P-ABORT. */
    AA_4(State.STA1_IDLE),
    /** Stop ARTIM. */
    AA_5(State.STA1_IDLE),
    /** Ignore the PDU. */
    AA_6(State.STA13_AWAITING_TRANSPORT_CLOSE),
    /** Send A-ABORT. */
    AA_7(State.STA13_AWAITING_TRANSPORT_CLOSE),
    /** Send A-ABORT (service provider), indicate A-P-ABORT, start ARTIM. */
    AA_8(State.STA13_AWAITING_TRANSPORT_CLOSE);

    private final State next;

    Action(State next) {
      this.next = next;
    }
  }

  /** Which side of the association we are: it decides a release collision. */
  public enum Role {
    REQUESTOR,
    ACCEPTOR
  }

  /** What to do, and the state after it. */
  public record Transition(Action action, State next) {}

  private static final Map<State, Map<Event, Action>> TABLE = table();

  private UpperLayerStateMachine() {}

  /** The cell of the table; empty where the standard has none, which is an error of the caller. */
  public static Optional<Transition> transition(State state, Event event, Role role) {
    var action = TABLE.getOrDefault(state, Map.of()).get(event);
    if (action == null) {
      return Optional.empty();
    }
    var next =
        action == Action.AR_8 && role == Role.ACCEPTOR
            ? State.STA10_COLLISION_ACCEPTOR_AWAITING_RELEASE_RP
            : action.next;
    return Optional.of(new Transition(action, next));
  }

  private static Map<State, Map<Event, Action>> table() {
    var table = new EnumMap<State, Map<Event, Action>>(State.class);
    var rows =
        """
        AE-1  .     .     .     .     .     .     .     .     .     .     .     .
        .     .     .     AE-2  .     .     .     .     .     .     .     .     .
        .     AA-1  AA-8  .     AE-3  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        .     AA-1  AA-8  .     AE-4  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        AE-5  .     .     .     .     .     .     .     .     .     .     .     .
        .     AE-6  AA-8  .     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
        .     .     AE-7  .     .     .     .     .     .     .     .     .     .
        .     .     AE-8  .     .     .     .     .     .     .     .     .     .
        .     .     .     .     .     DT-1  .     AR-7  .     .     .     .     .
        .     AA-1  AA-8  .     AA-8  DT-2  AR-6  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        .     .     .     .     .     AR-1  .     .     .     .     .     .     .
        .     AA-1  AA-8  .     AA-8  AR-2  AR-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        .     AA-1  AA-8  .     AA-8  AA-8  AR-3  AA-8  AA-8  AR-10 AR-3  AA-8  AA-6
        .     .     .     .     .     .     .     AR-4  AR-9  .     .     AR-4  .
        .     .     AA-1  AA-2  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  .
        .     AA-2  AA-3  .     AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-2
        .     AA-5  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AR-5
        .     AA-2  .     .     .     .     .     .     .     .     .     .     AA-2
        .     AA-1  AA-8  .     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
        """
            .lines()
            .toList();
    var states = State.values();
    var events = Event.values();
    for (var row = 0; row < events.length; row++) {
      var cells = rows.get(row).strip().split(" +", -1);
      for (var column = 0; column < states.length; column++) {
        var cell = cells[column];
        if (!cell.equals(".")) {
          table
              .computeIfAbsent(states[column], _ -> new EnumMap<>(Event.class))
              .put(events[row], Action.valueOf(cell.replace('-', '_')));
        }
      }
    }
    return table;
  }
}
