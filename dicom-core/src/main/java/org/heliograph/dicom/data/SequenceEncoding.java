package org.heliograph.dicom.data;

import java.util.BitSet;

/**
 * How a sequence is delimited in a stream (PS3.5 7.5.1), kept so that an unmodified data set is
 * written back as it came.
 *
 * @param undefinedLength the sequence ends with a delimitation item
 * @param asUnknown written with VR UN and implicit items (PS3.5 6.2.2, CP-246)
 * @param undefinedItems the items that end with a delimitation item
 */
public record SequenceEncoding(boolean undefinedLength, boolean asUnknown, BitSet undefinedItems) {
  /** Every length defined, VR SQ. */
  public static final SequenceEncoding DEFINED = new SequenceEncoding(false, false, new BitSet(0));

  /** Copies the set. */
  public SequenceEncoding {
    undefinedItems = (BitSet) undefinedItems.clone();
  }

  @Override
  public BitSet undefinedItems() {
    return (BitSet) undefinedItems.clone();
  }

  /** Whether an item ends with a delimitation item. */
  public boolean hasUndefinedLength(int item) {
    return undefinedItems.get(item);
  }
}
