package org.heliograph.reader.audit;

/** Event action code of PS3.15 A.5.1. */
public enum AuditAction {
  CREATE("C"),
  READ("R"),
  UPDATE("U"),
  DELETE("D"),
  EXECUTE("E");

  private final String code;

  AuditAction(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
