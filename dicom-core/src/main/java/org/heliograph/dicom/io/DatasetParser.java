package org.heliograph.dicom.io;

import java.io.IOException;
import java.nio.ByteOrder;
import org.heliograph.dicom.charset.SpecificCharacterSet;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.DicomFormatException.Code;
import org.heliograph.dicom.io.ValuePlacement.Place;
import org.jspecify.annotations.Nullable;

/** Parses the elements of data sets of one syntax; values are copied, not decoded. */
final class DatasetParser {
  private static final long TO_THE_END = SequenceParser.TO_THE_END;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final DicomInput in;
  private final ReadOptions options;
  private final Warnings warnings;
  private final MemoryBudget budget;
  private final ElementHeader header;
  private final SequenceParser sequences;
  private boolean stopped;

  DatasetParser(
      DicomInput in, ReadOptions options, Warnings warnings, boolean explicit, boolean bigEndian) {
    this(
        in,
        options,
        warnings,
        new MemoryBudget(options.maxTotalInMemoryBytes()),
        explicit,
        bigEndian);
  }

  private DatasetParser(
      DicomInput in,
      ReadOptions options,
      Warnings warnings,
      MemoryBudget budget,
      boolean explicit,
      boolean bigEndian) {
    this.in = in;
    this.options = options;
    this.warnings = warnings;
    this.budget = budget;
    this.header = new ElementHeader(in, warnings, budget, explicit, bigEndian);
    this.sequences = new SequenceParser(this, in, header, options, warnings);
  }

  /** Parses elements of group 0002 only, however long the group says it is. */
  Dataset parseFileMeta() throws IOException {
    ElementList elements = new ElementList(warnings);
    GroupLength length = new GroupLength(warnings);
    while (in.ensure(8) && in.peekShort(0, false) == 2) {
      header.read(TO_THE_END);
      Element e = readValue(TO_THE_END, 1, SpecificCharacterSet.DEFAULT);
      if (e != null) {
        elements.add(e, in.position());
        length.see(e, in.position());
      }
    }
    length.leave(in.position());
    return elements.build(SpecificCharacterSet.DEFAULT);
  }

  /** Parses the data set to the end of the stream, or to where the options stop. */
  Dataset parseToEnd() throws IOException {
    return parse(TO_THE_END, false, 0, SpecificCharacterSet.DEFAULT);
  }

  /** Whether the options ended the data set before its end. */
  boolean isStopped() {
    return stopped;
  }

  Dataset parse(long end, boolean undefinedLength, int depth, SpecificCharacterSet inherited)
      throws IOException {
    SpecificCharacterSet set = inherited;
    ElementList elements = new ElementList(warnings);
    GroupLength groupLength = null;
    while (in.position() < end) {
      if (!in.ensure(8)) {
        if (depth == 0 && !undefinedLength) {
          endOfStream();
          break;
        }
        throw in.truncated(8);
      }
      int upcoming = in.peekTag(0, header.bigEndian);
      if (upcoming >>> 16 == 0xFFFE) {
        if (endsItem(upcoming, undefinedLength)) {
          break;
        }
        continue;
      }
      if (depth == 0) {
        if (upcoming == 0 && !elements.isEmpty()) {
          trailingZeros();
          break;
        }
        if (options.stopsAt(upcoming)) {
          stopped = true;
          groupLength = null;
          break;
        }
      }
      if (groupLength != null && groupLength.isOver(upcoming)) {
        groupLength.leave(in.position());
        groupLength = null;
      }
      header.read(end);
      Element e = readValue(end, depth, set);
      if (e == null) {
        continue;
      }
      elements.add(e, in.position());
      if (e instanceof ValueElement v) {
        if (v.tag() == Tag.SpecificCharacterSet) {
          set = characterSet(v);
        } else if (v.tag() == Tag.PixelRepresentation) {
          header.signedPixels = v.length() > 0 && v.buffer().get(0) == 1;
        } else if (Tags.isGroupLength(v.tag())) {
          groupLength = new GroupLength(warnings);
          groupLength.see(v, in.position());
        }
      }
    }
    if (groupLength != null) {
      groupLength.leave(in.position());
    }
    return elements.build(set);
  }

  private SpecificCharacterSet characterSet(ValueElement v) {
    SpecificCharacterSet set = SpecificCharacterSet.of(v.strings());
    if (!set.isKnown()) {
      warnings.add(ReadWarning.Code.UNKNOWN_CHARACTER_SET, v.tag(), in.position());
    }
    return set;
  }

  private void endOfStream() throws IOException {
    if (in.buffered() > 0) {
      long at = in.position();
      if (!in.drain()) {
        throw in.truncated(8);
      }
      warnings.add(ReadWarning.Code.TRAILING_PADDING, 0, at);
    }
  }

  private void trailingZeros() throws IOException {
    long at = in.position();
    if (!in.drain()) {
      throw new DicomFormatException(Code.BAD_VR, at, "element (0000,0000) after others");
    }
    warnings.add(ReadWarning.Code.TRAILING_PADDING, 0, at);
  }

  /** Treats an item or delimitation tag where an element should be; true when it ends the item. */
  private boolean endsItem(int delimiter, boolean undefinedLength) {
    if (undefinedLength && delimiter == ElementHeader.ITEM_END) {
      in.consume(8);
      return true;
    }
    if (undefinedLength) {
      // The item's own delimiter is missing: the next item or the sequence's end closes it.
      warnings.add(ReadWarning.Code.MISSING_DELIMITER, delimiter, in.position());
      return true;
    }
    warnings.add(ReadWarning.Code.STRAY_DELIMITER, delimiter, in.position());
    in.consume(8);
    return false;
  }

  /** The element at hand; null when the options pass it over. */
  private @Nullable Element readValue(long end, int depth, SpecificCharacterSet set)
      throws IOException {
    int tag = header.tag;
    Vr vr = header.vr;
    long length = header.length;
    if (length == ElementHeader.UNDEFINED) {
      return readUndefined(end, depth, set);
    }
    Place place = options.placement().place(tag, vr, length, depth);
    if (place == Place.SKIPPED) {
      in.skip(length);
      return null;
    }
    if (vr == Vr.SQ) {
      return sequences.parse(in.position() + length, end, depth, set, false);
    }
    if ((length & 1) != 0) {
      warnings.add(ReadWarning.Code.ODD_LENGTH, tag, in.position());
    }
    boolean inSource =
        place == Place.IN_SOURCE
            || (place == Place.BY_LENGTH && length > options.maxInMemoryValueBytes());
    if (inSource) {
      ByteOrder order = header.bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      BulkElement bulk = new BulkElement(tag, vr, in.position(), length, order);
      in.skip(length);
      return bulk;
    }
    return readInMemory(depth, set);
  }

  private Element readUndefined(long end, int depth, SpecificCharacterSet set) throws IOException {
    return switch (header.vr) {
      case SQ -> sequences.parse(TO_THE_END, end, depth, set, false);
      case OB, OW -> FragmentParser.parse(in, header, budget);
      case UN ->
          header.tag == Tag.PixelData
              ? FragmentParser.parse(in, header, budget)
              : sequences.parse(TO_THE_END, end, depth, set, header.explicit);
      default ->
          throw new DicomFormatException(
              Code.BAD_LENGTH,
              in.position(),
              Tags.toString(header.tag) + " " + header.vr + " has undefined length");
    };
  }

  private Element readInMemory(int depth, SpecificCharacterSet set) throws IOException {
    int tag = header.tag;
    Vr vr = header.vr;
    long at = in.position();
    budget.spend(header.length, at);
    if (header.length > MAX_ARRAY) {
      throw new DicomFormatException(Code.TOO_LARGE, at, "a value of " + header.length + " bytes");
    }
    byte[] value = in.read((int) header.length);
    if (vr == Vr.UN && header.explicit && value.length >= 8 && Dictionary.vrOf(tag) == Vr.SQ) {
      SequenceElement sequence = unknownSequence(tag, value, at, depth, set);
      if (sequence != null) {
        return sequence;
      }
    }
    if (header.bigEndian) {
      ByteSwap.swap(value, vr.unitBytes());
    }
    return ValueElement.wrap(tag, vr, value, set);
  }

  /** A sequence that a sender without our dictionary passed on as UN; null when it is not one. */
  private @Nullable SequenceElement unknownSequence(
      int tag, byte[] value, long at, int depth, SpecificCharacterSet set) throws IOException {
    Warnings doubts = new Warnings();
    DicomInput inner = new DicomInput(value, at);
    DatasetParser parser = new DatasetParser(inner, options, doubts, budget, false, false);
    parser.header.tag = tag;
    parser.header.signedPixels = header.signedPixels;
    try {
      SequenceElement sequence =
          parser.sequences.parse(at + value.length, TO_THE_END, depth, set, true);
      return doubts.list().isEmpty() ? sequence : null;
    } catch (DicomFormatException e) {
      if (e.code() == Code.TOO_DEEP || e.code() == Code.TOO_LARGE) {
        throw e;
      }
      return null; // not a sequence after all: its bytes are kept as they are
    }
  }
}
