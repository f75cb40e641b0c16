package org.heliograph.dicom.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.heliograph.dicom.charset.SpecificCharacterSet;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.SequenceEncoding;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.DicomFormatException.Code;
import org.jspecify.annotations.Nullable;

/** Parses sequences and their items (PS3.5 7.5), as deep as the options allow. */
final class SequenceParser {
  static final long TO_THE_END = Long.MAX_VALUE;

  private final DatasetParser datasets;
  private final DicomInput in;
  private final ElementHeader header;
  private final ReadOptions options;
  private final Warnings warnings;

  SequenceParser(
      DatasetParser datasets,
      DicomInput in,
      ElementHeader header,
      ReadOptions options,
      Warnings warnings) {
    this.datasets = datasets;
    this.in = in;
    this.header = header;
    this.options = options;
    this.warnings = warnings;
  }

  /**
   * Parses the items of the sequence at hand.
   *
   * @param end where the sequence ends, {@link #TO_THE_END} for undefined length
   * @param outerEnd where what surrounds the sequence ends
   * @param asUnknown VR UN: the items are Implicit VR Little Endian (PS3.5 6.2.2)
   */
  SequenceElement parse(
      long end, long outerEnd, int depth, SpecificCharacterSet set, boolean asUnknown)
      throws IOException {
    int tag = header.tag;
    if (depth >= options.maxDepth()) {
      throw new DicomFormatException(
          Code.TOO_DEEP, in.position(), "sequences nest deeper than " + options.maxDepth());
    }
    boolean undefined = end == TO_THE_END;
    boolean outerExplicit = header.explicit;
    boolean outerBigEndian = header.bigEndian;
    boolean outerSigned = header.signedPixels;
    if (asUnknown) {
      header.explicit = false;
      header.bigEndian = false;
    }
    List<Dataset> items = new ArrayList<>(2);
    BitSet undefinedItems = null;
    long bound = undefined ? outerEnd : end;
    boolean delimited = false;
    while (in.position() < bound) {
      int itemTag = header.readItem(bound, undefined, tag);
      if (itemTag == ElementHeader.SEQUENCE_END) {
        delimited = true;
        break;
      }
      if (itemTag == ElementHeader.ITEM) {
        boolean undefinedItem = header.length == ElementHeader.UNDEFINED;
        if (undefinedItem) {
          undefinedItems = undefinedItems == null ? new BitSet() : undefinedItems;
          undefinedItems.set(items.size());
        }
        long itemEnd = undefinedItem ? bound : in.position() + header.length;
        items.add(item(itemEnd, undefinedItem, depth, set));
      }
    }
    if (undefined && !delimited) {
      warnings.add(ReadWarning.Code.MISSING_DELIMITER, tag, in.position());
    }
    header.explicit = outerExplicit;
    header.bigEndian = outerBigEndian;
    header.signedPixels = outerSigned;
    return SequenceElement.of(tag, items, encoding(undefined, asUnknown, undefinedItems));
  }

  private static SequenceEncoding encoding(
      boolean undefined, boolean asUnknown, @Nullable BitSet undefinedItems) {
    if (!undefined && !asUnknown && undefinedItems == null) {
      return SequenceEncoding.DEFINED;
    }
    return new SequenceEncoding(
        undefined, asUnknown, undefinedItems == null ? new BitSet(0) : undefinedItems);
  }

  private Dataset item(long end, boolean undefinedLength, int depth, SpecificCharacterSet set)
      throws IOException {
    boolean outer = header.explicit;
    if (end - in.position() >= 8 && in.ensure(8) && in.peekShort(0, header.bigEndian) != 0xFFFE) {
      boolean looksExplicit = Vr.of(in.peek(4), in.peek(5)) != null;
      if (outer && !looksExplicit && !ElementHeader.isLetter(in.peek(4))) {
        // Explicit VR with items in implicit VR: written by some converters.
        warnings.add(
            ReadWarning.Code.IMPLICIT_ITEM, in.peekTag(0, header.bigEndian), in.position());
        header.explicit = false;
      } else if (!outer && looksExplicit && isExplicitLength(end)) {
        warnings.add(
            ReadWarning.Code.SYNTAX_NOT_AS_DECLARED,
            in.peekTag(0, header.bigEndian),
            in.position());
        header.explicit = true;
      }
    }
    Dataset item = datasets.parse(end, undefinedLength, depth + 1, set);
    header.explicit = outer;
    return item;
  }

  /** An implicit length that spells a VR is megabytes long: it cannot be when the item is not. */
  private boolean isExplicitLength(long end) {
    long implicitLength = Integer.toUnsignedLong(in.peekInt(4, header.bigEndian));
    Vr spelt = Vr.of(in.peek(4), in.peek(5));
    int tag = in.peekTag(0, header.bigEndian);
    return implicitLength > end - in.position()
        || (end == TO_THE_END && spelt == Dictionary.implicitVrOf(tag, header.signedPixels));
  }
}
