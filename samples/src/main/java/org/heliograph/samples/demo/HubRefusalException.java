package org.heliograph.samples.demo;

import tools.jackson.databind.JsonNode;

/** The hub answered with a problem (RFC 9457) instead of what was asked for. */
public final class HubRefusalException extends RuntimeException {
  private final int status;
  private final String code;

  HubRefusalException(String what, int status, JsonNode problem) {
    super(
        what
            + ": "
            + status
            + " "
            + problem.path("code").asString("")
            + " "
            + problem.path("title").asString("")
            + ". "
            + problem.path("detail").asString(""));
    this.status = status;
    this.code = problem.path("code").asString("");
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The hub's code, such as {@code TR-0011}; empty if the answer was no problem document. */
  public String code() {
    return code;
  }
}
