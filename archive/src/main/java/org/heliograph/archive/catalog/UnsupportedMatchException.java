package org.heliograph.archive.catalog;

/** The search names an attribute that is not matched, or a value that its attribute cannot have. */
public final class UnsupportedMatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int tag;

  UnsupportedMatchException(int tag, String why) {
    super(String.format("(%04X,%04X) %s", tag >>> 16, tag & 0xFFFF, why));
    this.tag = tag;
  }

  /** The attribute; the value is never repeated. */
  public int tag() {
    return tag;
  }
}
