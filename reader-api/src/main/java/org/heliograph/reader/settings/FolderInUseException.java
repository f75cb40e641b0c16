package org.heliograph.reader.settings;

/** The data folder cannot be had; the message is for the operator. */
public final class FolderInUseException extends RuntimeException {
  FolderInUseException(String message) {
    super(message);
  }
}
