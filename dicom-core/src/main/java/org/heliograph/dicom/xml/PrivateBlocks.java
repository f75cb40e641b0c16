package org.heliograph.dicom.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one data set. The model writes a private attribute as {@code gggg00ee} and its
 * creator beside it: the block comes back from the creator's element in the document, or is
 * reserved where a writer left that out (PS3.5 7.8.1).
 */
final class PrivateBlocks {
  private record Unplaced(Element element, String creator) {}

  private final TreeMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);
  private final List<Unplaced> unplaced = new ArrayList<>();

  /** Adds an element; false when there is one with its tag. */
  boolean add(Element element, @Nullable String creator) {
    if (creator != null && !creator.isBlank() && Tags.isPrivate(element.tag())) {
      unplaced.add(new Unplaced(element, creator.strip()));
      return true;
    }
    return elements.put(element.tag(), element) == null;
  }

  /** Places the private attributes; false when two are the same or a group has no block left. */
  boolean place() {
    for (Unplaced u : unplaced) {
      int tag = u.element.tag();
      int block = Tags.element(tag) >>> 8;
      if (block == 0) {
        block = block(tag & 0xFFFF0000, u.creator);
        if (block < 0) {
          return false;
        }
        tag |= block << 8;
      }
      int creator = (tag & 0xFFFF0000) | block;
      if (block >= 0x10 && !elements.containsKey(creator)) {
        elements.put(creator, creatorElement(creator, u.creator));
      }
      if (elements.put(tag, moved(u.element, tag)) != null) {
        return false;
      }
    }
    return true;
  }

  private static Element creatorElement(int tag, String name) {
    return Dataset.builder().text(tag, Vr.LO, name).build().get(tag).orElseThrow();
  }

  /** The block that a creator has in a group, or the first free one; -1 when there is none. */
  private int block(int group, String creator) {
    int free = -1;
    for (int block = 0xFF; block >= 0x10; block--) {
      Element e = elements.get(group | block);
      if (e instanceof ValueElement v && v.string().orElse("").equals(creator)) {
        return block;
      }
      if (e == null
          && elements.subMap(group | (block << 8), group | (block << 8) | 0xFF).isEmpty()) {
        free = block;
      }
    }
    return free;
  }

  private static Element moved(Element element, int tag) {
    if (element.tag() == tag) {
      return element;
    }
    return switch (element) {
      case SequenceElement s -> SequenceElement.of(tag, s.items(), s.encoding());
      case BulkElement b -> new BulkElement(tag, b.vr(), b.offset(), b.length(), b.byteOrder());
      case EncapsulatedElement p -> p; // pixel data is not private
      case ValueElement v -> ValueElement.wrap(tag, v.vr(), v.bytes(), v.characterSet());
    };
  }

  Dataset build() {
    Dataset.Builder builder = Dataset.builder();
    elements.values().forEach(builder::element);
    return builder.build();
  }
}
