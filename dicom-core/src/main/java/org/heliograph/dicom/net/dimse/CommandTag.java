package org.heliograph.dicom.net.dimse;

/** Elements of group 0000 in use (PS3.7 Table E.1-1); the retired ones of E.2 are passed over. */
final class CommandTag {
  /** UL. */
  static final int COMMAND_GROUP_LENGTH = 0x0000;

  /** UI. */
  static final int AFFECTED_SOP_CLASS_UID = 0x0002;

  /** UI. */
  static final int REQUESTED_SOP_CLASS_UID = 0x0003;

  /** US. */
  static final int COMMAND_FIELD = 0x0100;

  /** US. */
  static final int MESSAGE_ID = 0x0110;

  /** US. */
  static final int MESSAGE_ID_BEING_RESPONDED_TO = 0x0120;

  /** AE. */
  static final int MOVE_DESTINATION = 0x0600;

  /** US. */
  static final int PRIORITY = 0x0700;

  /** US. */
  static final int COMMAND_DATA_SET_TYPE = 0x0800;

  /** US. */
  static final int STATUS = 0x0900;

  /** AT, 1-n. */
  static final int OFFENDING_ELEMENT = 0x0901;

  /** LO. */
  static final int ERROR_COMMENT = 0x0902;

  /** US. */
  static final int ERROR_ID = 0x0903;

  /** UI. */
  static final int AFFECTED_SOP_INSTANCE_UID = 0x1000;

  /** UI. */
  static final int REQUESTED_SOP_INSTANCE_UID = 0x1001;

  /** US. */
  static final int EVENT_TYPE_ID = 0x1002;

  /** AT, 1-n. */
  static final int ATTRIBUTE_IDENTIFIER_LIST = 0x1005;

  /** US. */
  static final int ACTION_TYPE_ID = 0x1008;

  /** US. */
  static final int NUMBER_OF_REMAINING_SUBOPERATIONS = 0x1020;

  /** US. */
  static final int NUMBER_OF_COMPLETED_SUBOPERATIONS = 0x1021;

  /** US. */
  static final int NUMBER_OF_FAILED_SUBOPERATIONS = 0x1022;

  /** US. */
  static final int NUMBER_OF_WARNING_SUBOPERATIONS = 0x1023;

  /** AE. */
  static final int MOVE_ORIGINATOR_AE_TITLE = 0x1030;

  /** US. */
  static final int MOVE_ORIGINATOR_MESSAGE_ID = 0x1031;

  private CommandTag() {}
}
