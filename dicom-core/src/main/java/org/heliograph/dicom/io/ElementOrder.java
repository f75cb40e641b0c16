package org.heliograph.dicom.io;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.heliograph.dicom.data.Element;

/** Puts elements in order that came out of it. */
final class ElementOrder {
  private ElementOrder() {}

  /** By tag; of elements with one tag the last stays. */
  static Collection<Element> sorted(List<Element> elements) {
    TreeMap<Integer, Element> sorted = new TreeMap<>(Integer::compareUnsigned);
    for (Element e : elements) {
      sorted.put(e.tag(), e);
    }
    return new ArrayList<>(sorted.values());
  }
}
