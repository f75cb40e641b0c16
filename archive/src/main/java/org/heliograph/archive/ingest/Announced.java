package org.heliograph.archive.ingest;

import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;

/**
 * What a gateway announced of an instance before it sent it. Digests are SHA-256 of the data set
 * without group 0002, hexadecimal.
 *
 * @param digest of the instance as it is sent; another one is refused
 * @param receivedDigest of the instance as the modality made it, before the gateway recoded it
 *     without loss: where it is stored already, it is the same instance
 */
public record Announced(
    SopInstanceUid instance, StudyInstanceUid study, String digest, String receivedDigest) {
  @Override
  public String toString() {
    return "Announced[***]";
  }
}
