package org.heliograph.node.link;

import org.jspecify.annotations.Nullable;

/**
 * One image or other DICOM object of a parcel.
 *
 * @param part the part that carries it
 * @param sizeBytes of the data set as sent, without group 0002
 * @param digest SHA-256 of the data set as sent, without group 0002, hexadecimal
 * @param receivedTransferSyntaxUid as the modality sent it
 * @param receivedDigest of the data set as the modality sent it; the same as {@code digest} if it
 *     was not recoded
 * @param pixelDigest SHA-256 of the decoded frames, little endian; null without pixels or if not
 *     recoded
 * @param rows null if it is no image
 */
public record ManifestInstance(
    int part,
    String sopInstanceUid,
    String sopClassUid,
    String studyInstanceUid,
    String seriesInstanceUid,
    String transferSyntaxUid,
    long sizeBytes,
    String digest,
    String receivedTransferSyntaxUid,
    String receivedDigest,
    @Nullable String pixelDigest,
    String callingAe,
    @Nullable Integer rows,
    @Nullable Integer columns,
    int numberOfFrames,
    boolean hasPreview) {
  /** UIDs identify a patient's study, so they are not shown. */
  @Override
  public String toString() {
    return "ManifestInstance[part=" + part + "]";
  }
}
