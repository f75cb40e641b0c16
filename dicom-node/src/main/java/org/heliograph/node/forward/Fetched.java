package org.heliograph.node.forward;

/** A document that is only sent when it changed. */
public sealed interface Fetched {
  /** It is as it was. */
  record Unchanged() implements Fetched {}

  /** How it is now. */
  record Fresh(String etag, String json) implements Fetched {
    @Override
    public String toString() {
      return "Fresh[" + etag + "]";
    }
  }
}
