package org.heliograph.dicom.io;

import org.heliograph.dicom.io.DicomFormatException.Code;

/** What a data set has cost in memory so far; refuses to go beyond the limit. */
final class MemoryBudget {
  static final int ELEMENT_BYTES = 64;
  static final int FRAGMENT_BYTES = 16;

  private final long limit;
  private long spent;

  MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** Spends before the memory is taken. */
  void spend(long bytes, long at) throws DicomFormatException {
    spent += bytes;
    if (spent > limit) {
      throw new DicomFormatException(
          Code.TOO_LARGE, at, "the header needs more than " + limit + " bytes in memory");
    }
  }
}
