package org.heliograph.dicom.io;

import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;

/**
 * Says what becomes of a value before it is read. Called once for each element that is not a
 * sequence of undefined length or encapsulated; must be quick and thread-safe.
 */
@FunctionalInterface
public interface ValuePlacement {
  /** What becomes of a value. */
  enum Place {
    /** In memory up to {@link ReadOptions#maxInMemoryValueBytes}, else left in its source. */
    BY_LENGTH,
    /** In memory whatever its length, as far as the limit for the whole data set allows. */
    IN_MEMORY,
    /** Left in its source, known by its offset. */
    IN_SOURCE,
    /** Passed over: the data set will not have the element. */
    SKIPPED
  }

  /** Every value by its length. */
  ValuePlacement BY_LENGTH = (tag, vr, length, depth) -> Place.BY_LENGTH;

  /** Pixel data of the object itself, not of an icon in it, stays in its source. */
  ValuePlacement PIXEL_DATA_IN_SOURCE =
      (tag, vr, length, depth) ->
          depth == 0
                  && (tag == Tag.PixelData
                      || tag == Tag.FloatPixelData
                      || tag == Tag.DoubleFloatPixelData)
              ? Place.IN_SOURCE
              : Place.BY_LENGTH;

  /**
   * Places a value.
   *
   * @param length of the value in bytes
   * @param depth how many sequences the element is in
   */
  Place place(int tag, Vr vr, long length, int depth);
}
