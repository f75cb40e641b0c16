package org.heliograph.dicom.io;

import org.heliograph.dicom.data.Tags;

/**
 * Something that the standard forbids and that was read all the same.
 *
 * @param tag the element concerned, 0 where there is none
 * @param offset where, counted from the first byte given to the reader
 */
public record ReadWarning(Code code, int tag, long offset) {
  /** Kinds of leniency; names are stable. */
  public enum Code {
    NO_PREAMBLE,
    NO_FILE_META,
    WRONG_META_LENGTH,
    META_IN_IMPLICIT_VR,
    SYNTAX_NOT_AS_DECLARED,
    UNKNOWN_VR,
    IMPLICIT_ITEM,
    ODD_LENGTH,
    DUPLICATE_ELEMENT,
    UNORDERED_ELEMENT,
    STRAY_DELIMITER,
    MISSING_DELIMITER,
    UNKNOWN_CHARACTER_SET,
    TRAILING_PADDING,
    MORE_WARNINGS
  }

  @Override
  public String toString() {
    return code + " " + Tags.toString(tag) + " at " + offset;
  }
}
