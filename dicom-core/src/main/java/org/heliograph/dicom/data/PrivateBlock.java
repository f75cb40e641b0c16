package org.heliograph.dicom.data;

import java.util.Locale;

/**
 * Up to 256 elements of an odd group that a private creator reserved (PS3.5 7.8.1). Items have
 * blocks of their own.
 *
 * @param group the odd group
 * @param block 10 to FF: the elements are {@code (gggg,bb00)} to {@code (gggg,bbFF)}
 * @param creator the private creator's name
 */
public record PrivateBlock(int group, int block, String creator) {
  /** Refuses groups and blocks that cannot be reserved. */
  public PrivateBlock {
    // Groups 0001 to 0007 and FFFF hold no private elements (PS3.5 7.8.1).
    if ((group & 1) == 0 || group < 9 || group >= 0xFFFF || block < 0x10 || block > 0xFF) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "group %04X, block %02X cannot be reserved", group, block));
    }
  }

  /** The tag of an element of the block. */
  public int tag(int element) {
    if (element < 0 || element > 0xFF) {
      throw new IllegalArgumentException("a block has elements 0 to 255, not " + element);
    }
    return group << 16 | block << 8 | element;
  }

  /** The tag of the private creator element that reserves the block. */
  public int creatorTag() {
    return group << 16 | block;
  }

  /** Whether an element is of this block. */
  public boolean contains(int tag) {
    return tag >>> 8 == (group << 8 | block);
  }

  /** {@code (gggg,bbxx)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "(%04X,%02Xxx)", group, block);
  }
}
