package org.heliograph.node.prepare;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.io.BulkSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether two data sets say the same but for the form of their pixels. Value representations are
 * left out, because Implicit VR has none for private elements.
 */
final class SameHeader {
  private static final Set<Integer> FORM_OF_PIXELS =
      Set.of(
          Tag.PixelData,
          Tag.ExtendedOffsetTable,
          Tag.ExtendedOffsetTableLengths,
          Tag.PlanarConfiguration);

  private final BulkSource oneSource;
  private final BulkSource otherSource;

  private SameHeader(BulkSource oneSource, BulkSource otherSource) {
    this.oneSource = oneSource;
    this.otherSource = otherSource;
  }

  static boolean of(StoredObject one, StoredObject other) throws IOException {
    return new SameHeader(one.source(), other.source())
        .same(one.object().dataset(), other.object().dataset(), FORM_OF_PIXELS::contains);
  }

  private boolean same(Dataset one, Dataset other, IntPredicate passedOver) throws IOException {
    Iterator<Element> left = one.iterator();
    Iterator<Element> right = other.iterator();
    Element a = next(left, passedOver);
    Element b = next(right, passedOver);
    while (a != null && b != null) {
      if (a.tag() != b.tag() || !same(a, b)) {
        return false;
      }
      a = next(left, passedOver);
      b = next(right, passedOver);
    }
    return a == null && b == null;
  }

  private static @Nullable Element next(Iterator<Element> elements, IntPredicate passedOver) {
    while (elements.hasNext()) {
      Element element = elements.next();
      // Group lengths count bytes, which another encoding changes.
      if (!passedOver.test(element.tag()) && !Tags.isGroupLength(element.tag())) {
        return element;
      }
    }
    return null;
  }

  private boolean same(Element a, Element b) throws IOException {
    return switch (a) {
      case ValueElement one ->
          b instanceof ValueElement other && Arrays.equals(even(one.bytes()), even(other.bytes()));
      case BulkElement one -> b instanceof BulkElement other && same(one, other);
      case SequenceElement one ->
          b instanceof SequenceElement other && same(one.items(), other.items());
      case EncapsulatedElement _ -> false; // Nested ones are never recoded.
    };
  }

  /** Values of odd length are padded when they are written. */
  private static byte[] even(byte[] value) {
    if ((value.length & 1) == 0) {
      return value;
    }
    return Arrays.copyOf(value, value.length + 1);
  }

  private boolean same(List<Dataset> one, List<Dataset> other) throws IOException {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!same(one.get(i), other.get(i), tag -> false)) {
        return false;
      }
    }
    return true;
  }

  private boolean same(BulkElement one, BulkElement other) throws IOException {
    if (one.length() != other.length() || !one.byteOrder().equals(other.byteOrder())) {
      return false;
    }
    try (InputStream left =
            new BufferedInputStream(oneSource.open(one.offset(), one.length()), 1 << 16);
        InputStream right =
            new BufferedInputStream(otherSource.open(other.offset(), other.length()), 1 << 16)) {
      for (long i = 0; i < one.length(); i++) {
        int a = left.read();
        if (a < 0 || a != right.read()) {
          return false;
        }
      }
      return true;
    }
  }
}
