package org.heliograph.dicom.deid;

/** What happens to an attribute (PS3.15 Table E.1-1a). */
enum Action {
  /** D: a dummy value. */
  DUMMY,
  /** Z: no value. */
  EMPTY,
  /** X. */
  REMOVE,
  /** K: as it is; the items of a sequence are gone through. */
  KEEP,
  /** C: what identifies is taken out of the value. */
  CLEAN,
  /** U: another UID, the same for the same one; the items of a sequence are gone through. */
  UID;

  /**
   * The action of a code. Where it depends on the attribute's type in the IOD, which no table of
   * ours knows, the one is taken that conforms to each type: a dummy where type 1 is possible, an
   * empty value where type 2 is.
   */
  static Action of(String code) {
    return switch (code) {
      case "D", "Z/D", "X/D", "X/Z/D" -> DUMMY;
      case "Z", "X/Z" -> EMPTY;
      case "X" -> REMOVE;
      case "K" -> KEEP;
      case "C" -> CLEAN;
      case "U", "X/Z/U*" -> UID;
      default -> throw new IllegalArgumentException("action code " + code);
    };
  }
}
