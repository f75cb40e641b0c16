package org.heliograph.reader.cases;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The state machine of a case, as a table: a row for each event, a column for each state. {@code =}
 * stays in the state, {@code .} is refused, a word is the next state.
 */
public final class CaseTransitions {
  private static final String TABLE =
      """
                     DRAFT     SUBMITTED RECEIVING WAITING   CLAIMED    NEEDS_INFO REPORTED FINAL     DELIVERED    ACKNOWLEDGED AMENDED   REJECTED CANCELLED
      REQUEST_EDITED =         =         =         =         =          =          .        .         .            .            .         .        .
      SUBMITTED      SUBMITTED .         .         .         .          .          .        .         .            .            .         .        .
      IMAGES_ARRIVED =         RECEIVING =         =         =          =          =        =         =            =            =         =        =
      COMPLETED      .         WAITING   WAITING   .         .          .          .        .         .            .            .         .        .
      PREVIEWS_ARRIVED =       WAITING   WAITING   =         =          =          =        =         =            =            =         =        =
      PARCEL_COMPLETE =        =         =         =         =          =          =        =         =            =            =         =        =
      URGENCY_RAISED =         =         =         =         =          =          .        .         .            .            .         .        .
      PARCEL_RELEASED =        =         =         =         =          =          =        =         =            =            =         =        =
      CLAIMED        .         .         .         CLAIMED   .          .          .        .         .            .            .         .        .
      RELEASED       .         .         .         .         WAITING    .          .        .         .            .            .         .        .
      LEASE_EXPIRED  .         .         .         .         WAITING    .          .        .         .            .            .         .        .
      INFO_REQUESTED .         .         .         .         NEEDS_INFO .          .        .         .            .            .         .        .
      ANSWERED       .         .         .         .         .          WAITING    .        .         .            .            .         .        .
      REJECTED       .         .         .         .         REJECTED   .          .        .         .            .            .         .        .
      CANCELLED      CANCELLED CANCELLED CANCELLED CANCELLED .          CANCELLED  .        .         .            .            .         .        .
      MESSAGE        =         =         =         =         =          =          =        =         =            =            =         =        =
      MISMATCH_FOUND =         =         =         =         =          =          =        =         =            =            =         =        =
      REPORTED       .         .         .         .         REPORTED   .          =        .         .            .            .         .        .
      FINAL          .         .         .         .         FINAL      .          FINAL    .         .            .            .         .        .
      AMENDED        .         .         .         .         .          .          .        AMENDED   AMENDED      AMENDED      =         .        .
      DELIVERED      .         .         .         .         .          .          .        DELIVERED .            .            DELIVERED .        .
      ACKNOWLEDGED   .         .         .         .         .          .          .        .         ACKNOWLEDGED .            .         .        .
      """;

  private static final Map<CaseEventKind, Map<CaseState, CaseState>> NEXT = parse(TABLE);

  private CaseTransitions() {}

  /** The state a case is born into. */
  public static CaseState birth(CaseEventKind kind) {
    return switch (kind) {
      case CREATED -> CaseState.DRAFT;
      case OPENED_BY_STUDY -> CaseState.RECEIVING;
      default -> throw new IllegalArgumentException("no case begins with " + kind);
    };
  }

  /** The state after the event, or empty if the event is refused in this state. */
  public static Optional<CaseState> next(CaseState state, CaseEventKind kind) {
    return Optional.ofNullable(requireNonNull(NEXT.getOrDefault(kind, Map.of())).get(state));
  }

  private static Map<CaseEventKind, Map<CaseState, CaseState>> parse(String table) {
    var lines = table.lines().toList();
    var columns = words(lines.getFirst());
    var next = new EnumMap<CaseEventKind, Map<CaseState, CaseState>>(CaseEventKind.class);
    for (var line : lines.subList(1, lines.size())) {
      var cells = words(line);
      if (cells.length != columns.length + 1) {
        throw new IllegalStateException("row with a missing cell: " + cells[0]);
      }
      var row = new EnumMap<CaseState, CaseState>(CaseState.class);
      for (int i = 0; i < columns.length; i++) {
        var state = CaseState.valueOf(columns[i]);
        switch (cells[i + 1]) {
          case "." -> {}
          case "=" -> row.put(state, state);
          default -> row.put(state, CaseState.valueOf(cells[i + 1]));
        }
      }
      next.put(CaseEventKind.valueOf(cells[0]), row);
    }
    return next;
  }

  private static String[] words(String line) {
    return line.trim().split(" +", -1);
  }
}
