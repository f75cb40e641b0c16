package org.heliograph.reader.access;

import java.util.Locale;

/** What a program may do with its token, within what the token's person may do. */
public enum TokenRight {
  /** QIDO-RS, WADO-RS and WADO-URI. */
  DICOMWEB_READ,
  /** STOW-RS. */
  DICOMWEB_STORE,
  /** UPS-RS. */
  DICOMWEB_WORKLIST;

  private static final String WORKLIST = "/dicomweb/workitems";
  private static final String SUBSCRIBERS = "/dicomweb/subscribers/";

  /** As the command line says it: {@code dicomweb-read}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The right that a request under {@code /dicomweb} needs. */
  static TokenRight of(String method, String path) {
    if (path.equals(WORKLIST) || path.startsWith(WORKLIST + "/") || path.startsWith(SUBSCRIBERS)) {
      return DICOMWEB_WORKLIST;
    }
    return switch (method) {
      case "GET", "HEAD", "OPTIONS" -> DICOMWEB_READ;
      default -> DICOMWEB_STORE;
    };
  }
}
