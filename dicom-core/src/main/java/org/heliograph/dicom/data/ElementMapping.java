package org.heliograph.dicom.data;

import org.jspecify.annotations.Nullable;

/** Says what becomes of each element of a data set. */
@FunctionalInterface
public interface ElementMapping {
  /**
   * The element to put in place of one, which may be the same, or null to leave it out.
   *
   * @param path of the data set or item that holds the element
   */
  @Nullable Element map(ItemPath path, Element element);
}
