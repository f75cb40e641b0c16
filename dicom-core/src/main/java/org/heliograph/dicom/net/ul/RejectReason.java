package org.heliograph.dicom.net.ul;

/**
 * Why an association is rejected: result, source and reason of an A-ASSOCIATE-RJ (PS3.8 9.3.4,
 * Table 9-21).
 */
public enum RejectReason {
  NO_REASON_GIVEN(1, 1, 1),
  APPLICATION_CONTEXT_NAME_NOT_SUPPORTED(1, 1, 2),
  CALLING_AE_TITLE_NOT_RECOGNIZED(1, 1, 3),
  CALLED_AE_TITLE_NOT_RECOGNIZED(1, 1, 7),
  PROTOCOL_VERSION_NOT_SUPPORTED(1, 2, 2),
  /** Try again later: the acceptor could not decide now. */
  NO_REASON_GIVEN_TRANSIENT(2, 1, 1),
  TEMPORARY_CONGESTION(2, 3, 1),
  LOCAL_LIMIT_EXCEEDED(2, 3, 2);

  private final int result;
  private final int source;
  private final int code;

  RejectReason(int result, int source, int code) {
    this.result = result;
    this.source = source;
    this.code = code;
  }

  /** The PDU that says so. */
  public Pdu.AssociateRj toPdu() {
    return new Pdu.AssociateRj(result, source, code);
  }
}
