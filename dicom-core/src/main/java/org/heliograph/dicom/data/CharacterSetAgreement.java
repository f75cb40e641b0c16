package org.heliograph.dicom.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.heliograph.dicom.charset.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings the elements of a data set to one character set: the given one where it can hold all text,
 * else ISO_IR 192. Items follow their data set, but for those that came with a set of their own.
 */
final class CharacterSetAgreement {
  private final SpecificCharacterSet target;

  private CharacterSetAgreement(SpecificCharacterSet target) {
    this.target = target;
  }

  static Dataset agree(SortedMap<Integer, Element> elements) {
    SpecificCharacterSet given = given(elements);
    SpecificCharacterSet target = given == null ? SpecificCharacterSet.DEFAULT : given;
    if (!fits(elements.values(), target)) {
      target = SpecificCharacterSet.UTF_8;
    }
    CharacterSetAgreement agreement = new CharacterSetAgreement(target);
    List<Element> agreed = new ArrayList<>(elements.size() + 1);
    boolean changed = target.equals(SpecificCharacterSet.UTF_8) && !target.equals(given);
    if (changed) {
      elements.put(
          Tag.SpecificCharacterSet,
          ValueFactory.ofStrings(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192"));
    }
    for (Element e : elements.values()) {
      agreed.add(agreement.element(e));
    }
    return new Dataset(agreed.toArray(Element[]::new), target, changed && given == null);
  }

  private static @Nullable SpecificCharacterSet given(SortedMap<Integer, Element> elements) {
    return elements.get(Tag.SpecificCharacterSet) instanceof ValueElement v
        ? SpecificCharacterSet.of(v.strings())
        : null;
  }

  private static boolean fits(Iterable<Element> elements, SpecificCharacterSet target) {
    for (Element e : elements) {
      boolean fits =
          switch (e) {
            case ValueElement v -> isSettled(v, target) || target.canEncode(text(v));
            case SequenceElement s -> fitsItems(s, target);
            case BulkElement _, EncapsulatedElement _ -> true;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  // Loops, not streams: these methods call each other as deep as sequences nest.
  private static boolean fitsItems(SequenceElement s, SpecificCharacterSet target) {
    for (Dataset item : s.items()) {
      if (!hasOwnSet(item) && !fits(item, target)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasOwnSet(Dataset item) {
    return item.contains(Tag.SpecificCharacterSet) && !item.isCharacterSetAssumed();
  }

  private static boolean isSettled(ValueElement v, SpecificCharacterSet target) {
    return !v.vr().isText() || v.characterSet().equals(target) || v.isAscii();
  }

  private static String text(ValueElement v) {
    byte[] raw = v.raw();
    return v.characterSet().decode(raw, 0, raw.length, ValueCodec.delimiters(v.vr()));
  }

  private Element element(Element e) {
    return switch (e) {
      case ValueElement v -> isSettled(v, target) ? v : recoded(v);
      case SequenceElement s -> sequence(s);
      case BulkElement b -> b;
      case EncapsulatedElement p -> p;
    };
  }

  private ValueElement recoded(ValueElement v) {
    String text = text(v).stripTrailing();
    byte[] bytes = target.encode(text, ValueCodec.delimiters(v.vr()));
    return ValueElement.wrap(v.tag(), v.vr(), ValueCodec.padded(bytes, v.vr()), target);
  }

  private SequenceElement sequence(SequenceElement s) {
    boolean same = true;
    for (Dataset item : s.items()) {
      same &= hasOwnSet(item) || item.characterSet().equals(target);
    }
    if (same) {
      return s;
    }
    List<Dataset> items = new ArrayList<>(s.items().size());
    for (Dataset item : s.items()) {
      items.add(item(item));
    }
    return SequenceElement.of(s.tag(), items, s.encoding());
  }

  private Dataset item(Dataset item) {
    if (hasOwnSet(item)) {
      return item;
    }
    Collection<Element> elements = new ArrayList<>(item.size());
    for (Element e : item) {
      if (e.tag() != Tag.SpecificCharacterSet) {
        elements.add(element(e));
      }
    }
    return new Dataset(elements.toArray(Element[]::new), target, false);
  }
}
