package org.heliograph.node.link;

import java.io.IOException;

/** Bytes that are no bundle, or one beyond the limits: reading them again gives the same. */
public final class BundleFormatException extends IOException {
  /** The message names lengths and limits, never content. */
  public BundleFormatException(String message) {
    super(message);
  }
}
