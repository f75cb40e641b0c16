package org.heliograph.dicom.net.dimse;

import org.jspecify.annotations.Nullable;

/**
 * The DIMSE operations and notifications with their Command Field (0000,0100) (PS3.7 Table E.1-1).
 * A response has the field of its request with the highest bit set; C-CANCEL has no response.
 */
enum Operation {
  C_STORE(0x0001),
  C_GET(0x0010),
  C_FIND(0x0020),
  C_MOVE(0x0021),
  C_ECHO(0x0030),
  N_EVENT_REPORT(0x0100),
  N_GET(0x0110),
  N_SET(0x0120),
  N_ACTION(0x0130),
  N_CREATE(0x0140),
  N_DELETE(0x0150),
  C_CANCEL(0x0fff);

  static final int RESPONSE_BIT = 0x8000;

  private final int field;

  Operation(int field) {
    this.field = field;
  }

  /** Command Field of a request. */
  int request() {
    return field;
  }

  /** Command Field of a response. */
  int response() {
    return field | RESPONSE_BIT;
  }

  /** The operation that a request's Command Field names, or null. */
  static @Nullable Operation ofRequest(int field) {
    for (var operation : values()) {
      if (operation.field == field) {
        return operation;
      }
    }
    return null;
  }
}
