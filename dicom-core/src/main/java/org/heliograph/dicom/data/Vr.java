package org.heliograph.dicom.data;

import org.jspecify.annotations.Nullable;

/** Value representations (PS3.5 Section 6.2). */
public enum Vr {
  /** Application Entity. */
  AE(Kind.ASCII, 1),
  /** Age String. */
  AS(Kind.ASCII, 1),
  /** Attribute Tag. */
  AT(Kind.BINARY, 2),
  /** Code String. */
  CS(Kind.ASCII, 1),
  /** Date. */
  DA(Kind.ASCII, 1),
  /** Decimal String. */
  DS(Kind.ASCII, 1),
  /** Date Time. */
  DT(Kind.ASCII, 1),
  /** Floating Point Double. */
  FD(Kind.BINARY, 8),
  /** Floating Point Single. */
  FL(Kind.BINARY, 4),
  /** Integer String. */
  IS(Kind.ASCII, 1),
  /** Long String. */
  LO(Kind.TEXT, 1),
  /** Long Text. */
  LT(Kind.PARAGRAPH, 1),
  /** Other Byte. */
  OB(Kind.BYTES, 1),
  /** Other Double. */
  OD(Kind.BYTES, 8),
  /** Other Float. */
  OF(Kind.BYTES, 4),
  /** Other Long. */
  OL(Kind.BYTES, 4),
  /** Other 64-bit Very Long. */
  OV(Kind.BYTES, 8),
  /** Other Word. */
  OW(Kind.BYTES, 2),
  /** Person Name. */
  PN(Kind.TEXT, 1),
  /** Short String. */
  SH(Kind.TEXT, 1),
  /** Signed Long. */
  SL(Kind.BINARY, 4),
  /** Sequence of Items. */
  SQ(Kind.SEQUENCE, 1),
  /** Signed Short. */
  SS(Kind.BINARY, 2),
  /** Short Text. */
  ST(Kind.PARAGRAPH, 1),
  /** Signed 64-bit Very Long. */
  SV(Kind.BINARY, 8),
  /** Time. */
  TM(Kind.ASCII, 1),
  /** Unlimited Characters. */
  UC(Kind.TEXT, 1),
  /** Unique Identifier. */
  UI(Kind.ASCII, 1),
  /** Unsigned Long. */
  UL(Kind.BINARY, 4),
  /** Unknown. */
  UN(Kind.BYTES, 1),
  /** Universal Resource Identifier or Locator. */
  UR(Kind.ASCII_PARAGRAPH, 1),
  /** Unsigned Short. */
  US(Kind.BINARY, 2),
  /** Unlimited Text. */
  UT(Kind.PARAGRAPH, 1),
  /** Unsigned 64-bit Very Long. */
  UV(Kind.BINARY, 8);

  private enum Kind {
    ASCII,
    ASCII_PARAGRAPH,
    TEXT,
    PARAGRAPH,
    BINARY,
    BYTES,
    SEQUENCE
  }

  private static final @Nullable Vr[] BY_CODE = new Vr[26 * 26];

  static {
    for (Vr vr : values()) {
      BY_CODE[(vr.name().charAt(0) - 'A') * 26 + vr.name().charAt(1) - 'A'] = vr;
    }
  }

  private final Kind kind;
  private final int unitBytes;

  Vr(Kind kind, int unitBytes) {
    this.kind = kind;
    this.unitBytes = unitBytes;
  }

  /** The VR of two bytes on the wire, or null when they are not one. */
  public static @Nullable Vr of(int first, int second) {
    if (first < 'A' || first > 'Z' || second < 'A' || second > 'Z') {
      return null;
    }
    return BY_CODE[(first - 'A') * 26 + second - 'A'];
  }

  /** Values are character strings. */
  public boolean isString() {
    return kind == Kind.ASCII
        || kind == Kind.ASCII_PARAGRAPH
        || kind == Kind.TEXT
        || kind == Kind.PARAGRAPH;
  }

  /** Values are text in the Specific Character Set (PS3.5 6.1.2.2). */
  public boolean isText() {
    return kind == Kind.TEXT || kind == Kind.PARAGRAPH;
  }

  /** One value only: a backslash is a character (LT, ST, UT, UR). */
  public boolean isSingleValued() {
    return kind == Kind.PARAGRAPH || kind == Kind.ASCII_PARAGRAPH;
  }

  /** Numbers or tags of a fixed size. */
  public boolean isBinaryNumber() {
    return kind == Kind.BINARY;
  }

  /** A string of bytes or words: OB, OD, OF, OL, OV, OW, UN. */
  public boolean isBytes() {
    return kind == Kind.BYTES;
  }

  /** The unit in which bytes swap for big endian, and of which a value's length is a multiple. */
  public int unitBytes() {
    return unitBytes;
  }

  /** Explicit VR has a 16 bit length field (PS3.5 7.1.2). */
  public boolean hasShortLength() {
    return switch (this) {
      case AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, PN, SH, SL, SS, ST, TM, UI, UL, US ->
          true;
      case OB, OD, OF, OL, OV, OW, SQ, SV, UC, UN, UR, UT, UV -> false;
    };
  }

  /** The byte that makes a value's length even: NUL for UI and bytes, space for other strings. */
  public byte padding() {
    return isString() && this != UI ? (byte) ' ' : 0;
  }
}
