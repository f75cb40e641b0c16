package org.heliograph.dicom.net.dimse;

/** The standard's tables of statuses: service, code or range, words. */
final class StatusTable {
  /** PS3.7 Annex C. */
  static final String GENERAL =
      """
      ANY 0000 Success
      ANY 0001 Requested optional Attributes are not supported
      ANY 0105 No such attribute
      ANY 0106 Invalid attribute value
      ANY 0107 Attribute list error
      ANY 0110 Processing failure
      ANY 0111 Duplicate SOP Instance
      ANY 0112 No such SOP Instance
      ANY 0113 No such event type
      ANY 0114 No such argument
      ANY 0115 Invalid argument value
      ANY 0116 Attribute Value Out of Range
      ANY 0117 Invalid SOP Instance
      ANY 0118 No such SOP Class
      ANY 0119 Class-Instance conflict
      ANY 0120 Missing attribute
      ANY 0121 Missing attribute value
      ANY 0122 Refused: SOP Class not supported
      ANY 0123 No such action
      ANY 0124 Refused: Not authorized
      ANY 0210 Duplicate invocation
      ANY 0211 Unrecognized operation
      ANY 0212 Mistyped argument
      ANY 0213 Resource limitation
      ANY FE00 Cancel
      ANY FF00 Pending
      ANY FF01 Pending
      """;

  /** PS3.4 Annexes B, C, K and Y. */
  static final String COMPOSITE =
      """
      STORAGE A700-A7FF Refused: Out of Resources
      STORAGE A900-A9FF Error: Data Set does not match SOP Class
      STORAGE B000 Coercion of Data Elements
      STORAGE B006 Elements Discarded
      STORAGE B007 Data Set does not match SOP Class
      STORAGE C000-CFFF Error: Cannot understand
      FIND 0000 Matching is complete - No final Identifier is supplied
      FIND A700 Refused: Out of Resources
      FIND A900 Error: Data Set does not match SOP Class
      FIND C000-CFFF Failed: Unable to process
      FIND FE00 Matching terminated due to Cancel request
      FIND FF00 Matches are continuing - Current Match is supplied and any Optional Keys were supported in the same manner as Required Keys
      FIND FF01 Matches are continuing - Warning that one or more Optional Keys were not supported for existence and/or matching for this Identifier
      MOVE 0000 Sub-operations Complete - No Failures
      MOVE A701 Refused: Out of Resources - Unable to calculate number of matches
      MOVE A702 Refused: Out of Resources - Unable to perform sub-operations
      MOVE A801 Refused: Move Destination unknown
      MOVE A900 Error: Data Set does not match SOP Class
      MOVE AA00 Failed: None of the frames requested were found in the SOP Instance
      MOVE AA01 Failed: Unable to create new object for this SOP class
      MOVE AA02 Failed: Unable to extract frames
      MOVE AA03 Failed: Time-based request received for a non-time-based original SOP Instance
      MOVE AA04 Failed: Invalid Request
      MOVE B000 Sub-operations Complete - One or more Failures
      MOVE C000-CFFF Failed: Unable to process
      MOVE FE00 Sub-operations terminated due to Cancel Indication
      MOVE FF00 Sub-operations are continuing
      GET 0000 Sub-operations Complete - No Failures or Warnings
      GET A701 Refused: Out of Resources - Unable to calculate number of matches
      GET A702 Refused: Out of Resources - Unable to perform sub-operations
      GET A900 Error: Data Set does not match SOP Class
      GET AA00 Failed: None of the frames requested were found in the SOP Instance
      GET AA01 Failed: Unable to create new object for this SOP class
      GET AA02 Failed: Unable to extract frames
      GET AA03 Failed: Time-based request received for a non-time-based original SOP Instance
      GET AA04 Failed: Invalid Request
      GET B000 Sub-operations Complete - One or more Failures or Warnings
      GET C000-CFFF Failed: Unable to process
      GET FE00 Sub-operations terminated due to Cancel Indication
      GET FF00 Sub-operations are continuing
      """;

  /** PS3.4 Annexes F, H and CC, PS3.3 C.14. */
  static final String NORMALIZED =
      """
      PERFORMED_PROCEDURE_STEP 0110 Performed Procedure Step Object may no longer be updated
      PRINT B600 Memory allocation not supported
      PRINT B601 Film session printing (collation) is not supported
      PRINT B602 Film session SOP Instance hierarchy does not contain Image Box SOP Instances (empty page)
      PRINT B603 Film Box SOP Instance hierarchy does not contain Image Box SOP Instances (empty page)
      PRINT B604 Image size is larger than Image Box size, the image has been demagnified
      PRINT B605 Requested Min Density or Max Density outside of printer's operating range
      PRINT B609 Image size is larger than the Image Box size, the image has been cropped to fit
      PRINT B60A Image size or Combined Print Image size is larger than the Image Box size, the image has been decimated to fit
      PRINT C600 Film Session SOP Instance hierarchy does not contain Film Box SOP Instances
      PRINT C601 Unable to create Print Job SOP Instance, print queue is full
      PRINT C602 Unable to create Print Job SOP Instance, print queue is full
      PRINT C603 Image size is larger than Image Box size
      PRINT C605 Insufficient memory in printer to store the image
      PRINT C613 Combined Print Image size is larger than the Image Box size
      PRINT C616 There is an existing Film Box that has not been printed and N-ACTION at the Film Session level is not supported
      STORAGE_COMMITMENT 0110 Processing failure
      STORAGE_COMMITMENT 0112 No such object instance
      STORAGE_COMMITMENT 0119 Class / Instance conflict
      STORAGE_COMMITMENT 0122 Referenced SOP Class not supported
      STORAGE_COMMITMENT 0131 Duplicate transaction UID
      STORAGE_COMMITMENT 0213 Resource limitation
      UNIFIED_PROCEDURE_STEP B300 The UPS was created with modifications
      UNIFIED_PROCEDURE_STEP B301 Deletion Lock not granted
      UNIFIED_PROCEDURE_STEP B304 The UPS is already in the requested state of CANCELED
      UNIFIED_PROCEDURE_STEP B305 Coerced invalid values to valid values
      UNIFIED_PROCEDURE_STEP B306 The UPS is already in the requested state of COMPLETED
      UNIFIED_PROCEDURE_STEP C300 The UPS may no longer be updated
      UNIFIED_PROCEDURE_STEP C301 The correct Transaction UID was not provided
      UNIFIED_PROCEDURE_STEP C302 The UPS is already IN PROGRESS
      UNIFIED_PROCEDURE_STEP C303 The UPS may only become SCHEDULED via N-CREATE, not N-SET or N-ACTION
      UNIFIED_PROCEDURE_STEP C304 The UPS has not met final state requirements for the requested state change
      UNIFIED_PROCEDURE_STEP C307 Specified SOP Instance UID does not exist or is not a UPS Instance managed by this SCP
      UNIFIED_PROCEDURE_STEP C308 Receiving AE-TITLE is Unknown to this SCP
      UNIFIED_PROCEDURE_STEP C309 The provided value of UPS State was not SCHEDULED
      UNIFIED_PROCEDURE_STEP C310 The UPS is not yet in the IN PROGRESS state
      UNIFIED_PROCEDURE_STEP C311 The UPS is already COMPLETED
      UNIFIED_PROCEDURE_STEP C312 The performer cannot be contacted
      UNIFIED_PROCEDURE_STEP C313 Performer chooses not to cancel
      UNIFIED_PROCEDURE_STEP C314 Specified action not appropriate for specified instance
      UNIFIED_PROCEDURE_STEP C315 SCP does not support Event Reports
      """;

  private StatusTable() {}
}
