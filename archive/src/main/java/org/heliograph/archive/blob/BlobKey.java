package org.heliograph.archive.blob;

import java.util.UUID;

/**
 * Names one stored blob. It is made of an id of our own, never of anything a peer sent, so that no
 * UID or file name can become a path.
 */
public record BlobKey(UUID id) {
  /** A key that no other blob has. */
  public static BlobKey create() {
    return new BlobKey(UUID.randomUUID());
  }
}
