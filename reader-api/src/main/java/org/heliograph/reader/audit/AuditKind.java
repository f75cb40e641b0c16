package org.heliograph.reader.audit;

/** Event identification of PS3.15 A.5.3 (codes of DCM, PS3.16 Annex D). */
public enum AuditKind {
  APPLICATION_ACTIVITY("110100"),
  AUDIT_LOG_USED("110101"),
  BEGIN_TRANSFERRING_INSTANCES("110102"),
  INSTANCES_ACCESSED("110103"),
  INSTANCES_TRANSFERRED("110104"),
  STUDY_DELETED("110105"),
  EXPORT("110106"),
  IMPORT("110107"),
  NETWORK_ENTRY("110108"),
  ORDER_RECORD("110109"),
  PATIENT_RECORD("110110"),
  PROCEDURE_RECORD("110111"),
  QUERY("110112"),
  SECURITY_ALERT("110113"),
  USER_AUTHENTICATION("110114");

  private final String code;

  AuditKind(String code) {
    this.code = code;
  }

  /** The code value of DCM. */
  public String code() {
    return code;
  }
}
