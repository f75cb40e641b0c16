package org.heliograph.dicom.deid;

/**
 * An option of the Basic Application Level Confidentiality Profile (PS3.15 Section E.3), with its
 * code of CID 7050.
 */
public enum Option {
  /**
   * No instance with identification in its pixels passes (E.3.1): those that say so, or whose kind
   * often has it, are refused, unless regions to blank are given. The code is claimed only where
   * regions were blanked.
   */
  CLEAN_PIXEL_DATA("113101", "Clean Pixel Data Option"),
  /** Graphic annotations stay, their text cleaned; overlays go (E.3.3). */
  CLEAN_GRAPHICS("113103", "Clean Graphics Option"),
  /** Content trees stay, names replaced and text cleaned (E.3.4). */
  CLEAN_STRUCTURED_CONTENT("113104", "Clean Structured Content Option"),
  /** Descriptions stay, reduced to the words of the profile's {@link Vocabulary} (E.3.5). */
  CLEAN_DESCRIPTORS("113105", "Clean Descriptors Option"),
  /** Dates and times stay (E.3.6). */
  RETAIN_FULL_DATES("113106", "Retain Longitudinal Temporal Information Full Dates Option"),
  /** Dates move by a number of days that is the patient's own; intervals stay (E.3.6). */
  RETAIN_MODIFIED_DATES("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
  /** Age, sex, size, weight and the like stay (E.3.7). */
  RETAIN_PATIENT_CHARACTERISTICS("113108", "Retain Patient Characteristics Option"),
  /** Names and numbers of devices stay (E.3.8). */
  RETAIN_DEVICE_IDENTITY("113109", "Retain Device Identity Option"),
  /** UIDs stay (E.3.9). */
  RETAIN_UIDS("113110", "Retain UIDs Option"),
  /** Private attributes stay that are known to be safe by their creator (E.3.10). */
  RETAIN_SAFE_PRIVATE("113111", "Retain Safe Private Option"),
  /** Name and address of the institution stay (E.3.11). */
  RETAIN_INSTITUTION_IDENTITY("113112", "Retain Institution Identity Option");

  private final String code;
  private final String meaning;

  Option(String code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The code value in the scheme DCM. */
  public String code() {
    return code;
  }

  /** The code meaning. */
  public String meaning() {
    return meaning;
  }
}
