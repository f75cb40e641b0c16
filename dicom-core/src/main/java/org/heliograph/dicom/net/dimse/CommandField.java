package org.heliograph.dicom.net.dimse;

/** Values of Command Field (0000,0100) that we act upon (PS3.7 Annex E.1). */
final class CommandField {
  static final int C_STORE_RQ = 0x0001;
  static final int C_STORE_RSP = 0x8001;
  static final int C_ECHO_RQ = 0x0030;
  static final int C_ECHO_RSP = 0x8030;
  static final int C_CANCEL_RQ = 0x0fff;
  static final int RESPONSE_BIT = 0x8000;

  private CommandField() {}
}
