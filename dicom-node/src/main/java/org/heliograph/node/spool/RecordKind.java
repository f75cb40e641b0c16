package org.heliograph.node.spool;

import org.jspecify.annotations.Nullable;

/** The records of the spool's journal, by the byte that each begins with. */
enum RecordKind {
  RECEIVED(1),
  PREPARED(2),
  PARKED(3),
  RETRIED(4),
  RESTORED(5),
  RELEASED(6),
  PARCELLED(7),
  ANNOUNCED(8),
  PART(9),
  PARCEL_PARKED(10),
  DISSOLVED(11),
  CONFIRMED(12),
  PRUNED(13),
  URGENT(14),
  DOCUMENT(15),
  NOTE(16),
  REMEMBERED(17);

  private final int code;

  RecordKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Null for one of a newer version. */
  static @Nullable RecordKind of(int code) {
    for (RecordKind each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    return null;
  }
}
