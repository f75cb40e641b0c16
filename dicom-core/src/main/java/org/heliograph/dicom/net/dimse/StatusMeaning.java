package org.heliograph.dicom.net.dimse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a status code means in a service, in the standard's words (PS3.7 Annex C; PS3.4 B.2.3,
 * C.4.1.1.4, C.4.2.1.5, C.4.3.1.4, F.7.2, H.4, J.3, K.4.1.1.4, CC.2). Codes with a range mean the
 * same throughout it.
 *
 * @param service where the code has this meaning
 * @param first the lowest code
 * @param last the highest code
 * @param name the standard's words
 */
public record StatusMeaning(Service service, int first, int last, String name) {
  /** Where statuses have meanings of their own. */
  public enum Service {
    /** PS3.7 Annex C: every service. */
    ANY,
    /** C-STORE, PS3.4 Table B.2-1. */
    STORAGE,
    /** C-FIND, PS3.4 Tables C.4-1 and K.4-1. */
    FIND,
    /** C-MOVE, PS3.4 Table C.4-2. */
    MOVE,
    /** C-GET, PS3.4 Table C.4-3. */
    GET,
    /** Modality Performed Procedure Step, PS3.4 Annex F. */
    PERFORMED_PROCEDURE_STEP,
    /** Print Management, PS3.4 Annex H. */
    PRINT,
    /** Failure Reason (0008,1197) of Storage Commitment, PS3.3 C.14. */
    STORAGE_COMMITMENT,
    /** Unified Procedure Step, PS3.4 Annex CC. */
    UNIFIED_PROCEDURE_STEP
  }

  private static final List<StatusMeaning> ALL = read();

  /** Every meaning in the tables. */
  public static List<StatusMeaning> all() {
    return ALL;
  }

  /** The meaning of a code in a service: its own, or else that of every service. */
  public static Optional<StatusMeaning> of(Service service, int code) {
    for (var meaning : ALL) {
      if (meaning.service == service && meaning.first <= code && code <= meaning.last) {
        return Optional.of(meaning);
      }
    }
    return service == Service.ANY ? Optional.empty() : of(Service.ANY, code);
  }

  /** Success, warning, failure, cancel or pending. */
  public DimseStatus.Category category() {
    return DimseStatus.of(first).category();
  }

  private static List<StatusMeaning> read() {
    var meanings = new ArrayList<StatusMeaning>();
    for (var block : List.of(StatusTable.GENERAL, StatusTable.COMPOSITE, StatusTable.NORMALIZED)) {
      for (var line : block.lines().toList()) {
        var fields = line.split(" +", 3);
        var codes = fields[1].split("-", 2);
        var first = Integer.parseInt(codes[0], 16);
        var last = codes.length == 1 ? first : Integer.parseInt(codes[1], 16);
        meanings.add(new StatusMeaning(Service.valueOf(fields[0]), first, last, fields[2]));
      }
    }
    return List.copyOf(meanings);
  }
}
