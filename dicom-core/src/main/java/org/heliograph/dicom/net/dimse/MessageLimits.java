package org.heliograph.dicom.net.dimse;

/**
 * How long the data sets of messages may be.
 *
 * @param maxDatasetBytes of anything; a longer one is taken for an attack and ends the association
 * @param maxIdentifierBytes of what is held in memory; a longer one is skipped and refused
 */
record MessageLimits(long maxDatasetBytes, int maxIdentifierBytes) {
  static MessageLimits defaults() {
    return new MessageLimits(4L << 30, 1 << 20);
  }
}
