package org.heliograph.dicom.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.heliograph.dicom.charset.SpecificCharacterSet;
import org.heliograph.dicom.data.DatasetVisitor.Next;

/** Goes through the elements of data sets and of the items in them. */
final class DatasetTraversal {
  private DatasetTraversal() {}

  /** False when the visitor stopped. */
  static boolean walk(Dataset dataset, ItemPath path, DatasetVisitor visitor) {
    for (Element e : dataset) {
      Next next = visitor.visit(path, e);
      if (next == Next.STOP) {
        return false;
      }
      if (next == Next.ENTER && e instanceof SequenceElement s) {
        List<Dataset> items = s.items();
        for (int i = 0; i < items.size(); i++) {
          if (!walk(items.get(i), path.item(s.tag(), i), visitor)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  static Dataset map(Dataset dataset, ElementMapping mapping) {
    Dataset mapped = map(dataset, ItemPath.ROOT, mapping);
    if (isSame(mapped, dataset)) {
      return dataset;
    }
    // Elements made anew may be in another character set than those that stayed.
    boolean sameSet =
        mapped.get(Tag.SpecificCharacterSet).equals(dataset.get(Tag.SpecificCharacterSet));
    return sameSet && agrees(mapped, mapped.characterSet()) ? mapped : mapped.toBuilder().build();
  }

  private static Dataset map(Dataset dataset, ItemPath path, ElementMapping mapping) {
    List<Element> out = new ArrayList<>(dataset.size());
    boolean changed = false;
    for (Element e : dataset) {
      Element mapped = mapping.map(path, e);
      if (mapped == null) {
        changed = true;
        continue;
      }
      if (mapped.tag() != e.tag()) {
        throw new IllegalArgumentException(
            Tags.toString(e.tag()) + " cannot become " + Tags.toString(mapped.tag()));
      }
      if (mapped instanceof SequenceElement s) {
        mapped = items(s, path, mapping);
      }
      changed |= !isSame(mapped, e);
      out.add(mapped);
    }
    if (!changed) {
      return dataset;
    }
    SpecificCharacterSet set = dataset.characterSet();
    for (Element e : out) {
      if (e.tag() == Tag.SpecificCharacterSet && e instanceof ValueElement v) {
        set = SpecificCharacterSet.of(v.strings());
      }
    }
    return new Dataset(out.toArray(Element[]::new), set, dataset.isCharacterSetAssumed());
  }

  private static SequenceElement items(SequenceElement s, ItemPath path, ElementMapping mapping) {
    List<Dataset> items = new ArrayList<>(s.items().size());
    boolean changed = false;
    for (int i = 0; i < s.items().size(); i++) {
      Dataset item = s.items().get(i);
      Dataset mapped = map(item, path.item(s.tag(), i), mapping);
      changed |= !isSame(mapped, item);
      items.add(mapped);
    }
    return changed ? SequenceElement.of(s.tag(), items, s.encoding()) : s;
  }

  /** The very same object: what is equal may still be encoded otherwise. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Object a, Object b) {
    return a == b;
  }

  static Dataset filter(Dataset dataset, Predicate<Element> test) {
    List<Element> out = new ArrayList<>(dataset.size());
    Element characterSet = null;
    for (Element e : dataset) {
      boolean taken = test.test(e);
      if (taken) {
        out.add(e);
      } else if (e.tag() == Tag.SpecificCharacterSet) {
        characterSet = e;
      }
    }
    if (characterSet != null && !isAscii(out)) {
      int at = 0;
      while (at < out.size()
          && Integer.compareUnsigned(out.get(at).tag(), characterSet.tag()) < 0) {
        at++;
      }
      out.add(at, characterSet);
    }
    return out.size() == dataset.size()
        ? dataset
        : new Dataset(
            out.toArray(Element[]::new), dataset.characterSet(), dataset.isCharacterSetAssumed());
  }

  private static boolean isAscii(Iterable<Element> elements) {
    for (Element e : elements) {
      boolean ascii =
          switch (e) {
            case ValueElement v -> !v.vr().isText() || v.isAscii();
            case SequenceElement s -> isAsciiInItems(s);
            case BulkElement b -> !b.vr().isText();
            case EncapsulatedElement _ -> true;
          };
      if (!ascii) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAsciiInItems(SequenceElement s) {
    for (Dataset item : s.items()) {
      if (!item.contains(Tag.SpecificCharacterSet) && !isAscii(item)) {
        return false;
      }
    }
    return true;
  }

  private static boolean agrees(SequenceElement s, SpecificCharacterSet set) {
    for (Dataset item : s.items()) {
      boolean own = item.contains(Tag.SpecificCharacterSet);
      if (!agrees(item, own ? item.characterSet() : set)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all text is in the set, or in one that an item declares. */
  private static boolean agrees(Dataset dataset, SpecificCharacterSet set) {
    for (Element e : dataset) {
      boolean agrees =
          switch (e) {
            case ValueElement v -> !v.vr().isText() || v.isAscii() || v.characterSet().equals(set);
            case SequenceElement s -> agrees(s, set);
            case BulkElement _, EncapsulatedElement _ -> true;
          };
      if (!agrees) {
        return false;
      }
    }
    return true;
  }
}
