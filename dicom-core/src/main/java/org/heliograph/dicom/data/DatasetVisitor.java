package org.heliograph.dicom.data;

/**
 * Sees the elements of a data set and of its items, in the order in which they would be written.
 */
@FunctionalInterface
public interface DatasetVisitor {
  /** What comes after an element. */
  enum Next {
    /** The items of the element if it is a sequence, then the next element. */
    ENTER,
    /** The next element of the same data set. */
    PASS,
    /** Nothing more. */
    STOP
  }

  /**
   * Sees one element.
   *
   * @param path of the data set or item that holds the element
   */
  Next visit(ItemPath path, Element element);
}
