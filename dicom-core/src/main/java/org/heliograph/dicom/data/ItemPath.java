package org.heliograph.dicom.data;

import org.jspecify.annotations.Nullable;

/**
 * Where an item lies in a data set: the sequences and the items in them that lead to it.
 *
 * @param outer the path of the data set that holds the sequence; null for the data set itself
 * @param sequence the sequence's tag, 0 for the data set itself
 * @param index the item's number in the sequence, counted from 0
 */
public record ItemPath(@Nullable ItemPath outer, int sequence, int index) {
  /** The data set itself, not an item of it. */
  public static final ItemPath ROOT = new ItemPath(null, 0, 0);

  /** The path of an item of a sequence at this path. */
  public ItemPath item(int sequence, int index) {
    return new ItemPath(this, sequence, index);
  }

  /** Whether this is the data set itself. */
  public boolean isRoot() {
    return outer == null;
  }

  /** How many sequences lead here: 0 for the data set itself. */
  public int depth() {
    int depth = 0;
    for (ItemPath p = this; p.outer != null; p = p.outer) {
      depth++;
    }
    return depth;
  }

  /** {@code (0040,A730)[0].(0040,A168)[2]}; nothing for the data set itself. */
  @Override
  public String toString() {
    if (outer == null) {
      return "";
    }
    String step = Tags.toString(sequence) + "[" + index + "]";
    return outer.isRoot() ? step : outer + "." + step;
  }
}
