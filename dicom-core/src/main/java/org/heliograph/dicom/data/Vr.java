package org.heliograph.dicom.data;

import org.jspecify.annotations.Nullable;

/** Value representations (PS3.5 Section 6.2). */
public enum Vr {
  AE(Kind.ASCII, 1),
  AS(Kind.ASCII, 1),
  AT(Kind.BINARY, 2),
  CS(Kind.ASCII, 1),
  DA(Kind.ASCII, 1),
  DS(Kind.ASCII, 1),
  DT(Kind.ASCII, 1),
  FD(Kind.BINARY, 8),
  FL(Kind.BINARY, 4),
  IS(Kind.ASCII, 1),
  LO(Kind.TEXT, 1),
  LT(Kind.PARAGRAPH, 1),
  OB(Kind.BYTES, 1),
  OD(Kind.BYTES, 8),
  OF(Kind.BYTES, 4),
  OL(Kind.BYTES, 4),
  OV(Kind.BYTES, 8),
  OW(Kind.BYTES, 2),
  PN(Kind.TEXT, 1),
  SH(Kind.TEXT, 1),
  SL(Kind.BINARY, 4),
  SQ(Kind.SEQUENCE, 1),
  SS(Kind.BINARY, 2),
  ST(Kind.PARAGRAPH, 1),
  SV(Kind.BINARY, 8),
  TM(Kind.ASCII, 1),
  UC(Kind.TEXT, 1),
  UI(Kind.ASCII, 1),
  UL(Kind.BINARY, 4),
  UN(Kind.BYTES, 1),
  UR(Kind.ASCII_PARAGRAPH, 1),
  US(Kind.BINARY, 2),
  UT(Kind.PARAGRAPH, 1),
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
