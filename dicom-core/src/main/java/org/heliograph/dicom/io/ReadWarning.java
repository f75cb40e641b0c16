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
    /** The file begins without preamble (PS3.10 7.1). */
    NO_PREAMBLE,
    /** There is no file meta information with a transfer syntax: the bytes show it. */
    NO_FILE_META,
    /** (0002,0000) is not the length of group 0002; the group ends where its elements end. */
    WRONG_META_LENGTH,
    /** File meta information is in implicit VR. */
    META_IN_IMPLICIT_VR,
    /** The data set, or an item of it, is in another syntax than the declared one. */
    SYNTAX_NOT_AS_DECLARED,
    /** A deflated data set has the header of zlib (RFC 1950) before it. */
    ZLIB_HEADER,
    /** Two characters that are no VR; read as UN. */
    UNKNOWN_VR,
    /** An item, or an element of it, is in implicit VR within explicit VR. */
    IMPLICIT_ITEM,
    /** A value of odd length; it is padded when written. */
    ODD_LENGTH,
    /** (gggg,0000) is not the length of its group; it is set right when written. */
    WRONG_GROUP_LENGTH,
    /** A tag comes twice; the last one stays. */
    DUPLICATE_ELEMENT,
    /** Tags do not ascend; they are sorted. */
    UNORDERED_ELEMENT,
    /** A delimitation item that delimits nothing; passed over. */
    STRAY_DELIMITER,
    /** An item or sequence of undefined length that another one ends. */
    MISSING_DELIMITER,
    /** A term of Specific Character Set that the standard does not have; read as ASCII. */
    UNKNOWN_CHARACTER_SET,
    /** Zeros after the last element. */
    TRAILING_PADDING,
    /** There were more than 99 warnings. */
    MORE_WARNINGS
  }

  @Override
  public String toString() {
    return code + " " + Tags.toString(tag) + " at " + offset;
  }
}
