package org.heliograph.archive.blob;

import java.io.IOException;

/** There is no blob under this key. Not worth a retry. */
public final class NoSuchBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  public NoSuchBlobException(BlobKey key) {
    super("no blob " + key.id());
  }
}
