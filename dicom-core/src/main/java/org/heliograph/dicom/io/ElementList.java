package org.heliograph.dicom.io;

import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.charset.SpecificCharacterSet;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;

/** Collects the elements of a data set, in order as they should come or not. */
final class ElementList {
  private final List<Element> list = new ArrayList<>();
  private final Warnings warnings;
  private int lastTag;
  private boolean ordered = true;

  ElementList(Warnings warnings) {
    this.warnings = warnings;
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  void add(Element e, long at) {
    int tag = e.tag();
    if (!list.isEmpty()) {
      int order = Integer.compareUnsigned(lastTag, tag);
      if (order >= 0) {
        ordered = false;
        warnings.add(
            order == 0 ? ReadWarning.Code.DUPLICATE_ELEMENT : ReadWarning.Code.UNORDERED_ELEMENT,
            tag,
            at);
      }
    }
    lastTag = tag;
    list.add(e);
  }

  Dataset build(SpecificCharacterSet set) {
    return Dataset.ofSorted(ordered ? list : ElementOrder.sorted(list), set);
  }
}
