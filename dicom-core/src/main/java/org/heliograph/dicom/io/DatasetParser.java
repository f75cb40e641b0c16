package org.heliograph.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.charset.SpecificCharacterSet;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.DictionaryEntry;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.SequenceEncoding;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.DicomFormatException.Code;
import org.jspecify.annotations.Nullable;

/** Parses data sets of one syntax, nested ones by recursion as deep as the options allow. */
final class DatasetParser {
  static final long TO_THE_END = Long.MAX_VALUE;
  private static final int UNDEFINED = -1;
  private static final int ITEM = 0xFFFEE000;
  private static final int ITEM_END = 0xFFFEE00D;
  private static final int SEQUENCE_END = 0xFFFEE0DD;
  private static final int ELEMENT_COST = 64;

  private final DicomInput in;
  private final ReadOptions options;
  private final Warnings warnings;
  private boolean bigEndian;
  private boolean explicit;
  private boolean signedPixels;
  private long cost;

  // The header of the element at hand.
  private int tag;
  private Vr vr = Vr.UN;
  private long length;

  DatasetParser(
      DicomInput in, ReadOptions options, Warnings warnings, boolean explicit, boolean bigEndian) {
    this.in = in;
    this.options = options;
    this.warnings = warnings;
    this.explicit = explicit;
    this.bigEndian = bigEndian;
  }

  /** Parses elements of group 0002 only; {@code end} is where the group should end, if known. */
  Dataset parseFileMeta() throws IOException {
    Elements elements = new Elements();
    while (in.ensure(8) && in.peekShort(0, false) == 2) {
      readHeader(TO_THE_END);
      elements.add(readValue(TO_THE_END, 0, SpecificCharacterSet.DEFAULT));
    }
    return elements.build(SpecificCharacterSet.DEFAULT);
  }

  /** Parses the data set to the end of the stream. */
  Dataset parseToEnd() throws IOException {
    return parse(TO_THE_END, false, 0, SpecificCharacterSet.DEFAULT);
  }

  private Dataset parse(
      long end, boolean undefinedLength, int depth, SpecificCharacterSet inherited)
      throws IOException {
    SpecificCharacterSet set = inherited;
    Elements elements = new Elements();
    while (in.position() < end) {
      if (!in.ensure(8)) {
        if (depth == 0 && !undefinedLength) {
          endOfStream();
          break;
        }
        throw in.truncated(8);
      }
      int upcoming = in.peekTag(0, bigEndian);
      if (upcoming >>> 16 == 0xFFFE) {
        if (endsItem(upcoming, undefinedLength)) {
          break;
        }
        continue;
      }
      if (upcoming == 0 && depth == 0 && !elements.isEmpty()) {
        trailingZeros();
        break;
      }
      readHeader(end);
      Element e = readValue(end, depth, set);
      elements.add(e);
      if (e.tag() == Tag.SpecificCharacterSet && e instanceof ValueElement v) {
        set = SpecificCharacterSet.of(v.strings());
        if (!set.isKnown()) {
          warnings.add(ReadWarning.Code.UNKNOWN_CHARACTER_SET, e.tag(), in.position());
        }
      } else if (e.tag() == Tag.PixelRepresentation && e instanceof ValueElement v) {
        signedPixels = v.length() > 0 && v.buffer().get(0) == 1;
      }
    }
    return elements.build(set);
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
    if (undefinedLength && delimiter == ITEM_END) {
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

  private void readHeader(long end) throws IOException {
    long at = in.position();
    tag = in.peekTag(0, bigEndian);
    int length32;
    if (!explicit) {
      vr = implicitVr(tag);
      length32 = in.peekInt(4, bigEndian);
      in.consume(8);
    } else {
      int first = in.peek(4);
      int second = in.peek(5);
      Vr given = Vr.of(first, second);
      boolean shortLength = given != null && given.hasShortLength();
      if (given == null) {
        boolean letters = isLetter(first) && isLetter(second);
        boolean printable = first >= ' ' && first <= '~' && second >= ' ' && second <= '~';
        warnings.add(
            printable ? ReadWarning.Code.UNKNOWN_VR : ReadWarning.Code.IMPLICIT_ITEM, tag, at);
        given = printable ? Vr.UN : implicitVr(tag);
        // A VR of later editions has a 32 bit length; other marks ("??") were seen with 16 bits.
        shortLength = printable && !letters;
        if (!printable) {
          vr = given;
          length32 = in.peekInt(4, bigEndian);
          in.consume(8);
          setLength(length32, at, end);
          return;
        }
      }
      vr = given;
      if (shortLength) {
        length32 = in.peekShort(6, bigEndian);
        in.consume(8);
      } else {
        if (!in.ensure(12)) {
          throw in.truncated(12);
        }
        length32 = in.peekInt(8, bigEndian);
        in.consume(12);
      }
    }
    setLength(length32, at, end);
  }

  private void setLength(int length32, long at, long end) throws IOException {
    length = length32 == UNDEFINED ? UNDEFINED : Integer.toUnsignedLong(length32);
    if (length > end - in.position()) {
      throw new DicomFormatException(
          Code.BAD_LENGTH,
          at,
          Tags.toString(tag)
              + " announces "
              + length
              + " bytes, its item has "
              + (end - in.position()));
    }
    cost += ELEMENT_COST;
    checkCost();
  }

  private static boolean isLetter(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private Vr implicitVr(int tag) {
    if (Tags.isPrivate(tag) || Tags.isGroupLength(tag)) {
      return Dictionary.vrOf(tag);
    }
    Optional<DictionaryEntry> entry = Dictionary.lookup(tag);
    if (entry.isEmpty()) {
      return Vr.UN;
    }
    List<Vr> vrs = entry.get().vrs();
    boolean signed = signedPixels && vrs.size() == 2 && vrs.get(1) == Vr.SS;
    return signed ? Vr.SS : entry.get().vr();
  }

  private Element readValue(long end, int depth, SpecificCharacterSet set) throws IOException {
    if (length == UNDEFINED) {
      return switch (vr) {
        case SQ -> readSequence(TO_THE_END, end, depth, set, false);
        case OB, OW -> readFragments();
        case UN ->
            tag == Tag.PixelData
                ? readFragments()
                : readSequence(TO_THE_END, end, depth, set, explicit);
        default ->
            throw new DicomFormatException(
                Code.BAD_LENGTH,
                in.position(),
                Tags.toString(tag) + " " + vr + " has undefined length");
      };
    }
    if (vr == Vr.SQ) {
      return readSequence(in.position() + length, end, depth, set, false);
    }
    if ((length & 1) != 0) {
      warnings.add(ReadWarning.Code.ODD_LENGTH, tag, in.position());
    }
    if (length > options.maxInMemoryValueBytes() || (depth == 0 && staysInSource(tag))) {
      ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      BulkElement bulk = new BulkElement(tag, vr, in.position(), length, order);
      in.skip(length);
      return bulk;
    }
    cost += length;
    checkCost();
    long at = in.position();
    byte[] value = in.read((int) length);
    if (vr == Vr.UN && explicit && length >= 8 && Dictionary.vrOf(tag) == Vr.SQ) {
      SequenceElement sequence = unknownSequence(value, at, depth, set);
      if (sequence != null) {
        return sequence;
      }
    }
    if (bigEndian) {
      ByteSwap.swap(value, vr.unitBytes());
    }
    return ValueElement.wrap(tag, vr, value, set);
  }

  private boolean staysInSource(int tag) {
    return options.pixelDataPlace() == ReadOptions.PixelDataPlace.IN_SOURCE
        && (tag == Tag.PixelData || tag == Tag.FloatPixelData || tag == Tag.DoubleFloatPixelData);
  }

  /** A sequence that a sender without our dictionary passed on as UN; null when it is not one. */
  private @Nullable SequenceElement unknownSequence(
      byte[] value, long at, int depth, SpecificCharacterSet set) throws IOException {
    DicomInput inner = new DicomInput(new ByteArrayInputStream(value), at);
    Warnings doubts = new Warnings();
    DatasetParser parser = new DatasetParser(inner, options, doubts, false, false);
    parser.tag = tag;
    parser.cost = cost;
    parser.signedPixels = signedPixels;
    try {
      SequenceElement sequence =
          parser.readSequence(at + value.length, TO_THE_END, depth, set, true);
      cost = parser.cost;
      return doubts.list().isEmpty() ? sequence : null;
    } catch (DicomFormatException e) {
      if (e.code() == Code.TOO_DEEP || e.code() == Code.TOO_LARGE) {
        throw e;
      }
      return null; // not a sequence after all: its bytes are kept as they are
    }
  }

  private void checkCost() throws DicomFormatException {
    if (cost > options.maxTotalInMemoryBytes()) {
      throw new DicomFormatException(
          Code.TOO_LARGE,
          in.position(),
          "the header needs more than " + options.maxTotalInMemoryBytes() + " bytes in memory");
    }
  }

  private SequenceElement readSequence(
      long end, long outerEnd, int depth, SpecificCharacterSet set, boolean asUnknown)
      throws IOException {
    int sequenceTag = tag;
    if (depth >= options.maxDepth()) {
      throw new DicomFormatException(
          Code.TOO_DEEP, in.position(), "sequences nest deeper than " + options.maxDepth());
    }
    boolean undefined = end == TO_THE_END;
    boolean outerExplicit = explicit;
    boolean outerBigEndian = bigEndian;
    boolean outerSigned = signedPixels;
    if (asUnknown) {
      // PS3.5 6.2.2: the content of UN is Implicit VR Little Endian whatever surrounds it.
      explicit = false;
      bigEndian = false;
    }
    List<Dataset> items = new ArrayList<>(2);
    BitSet undefinedItems = new BitSet(0);
    long bound = undefined ? outerEnd : end;
    boolean delimited = false;
    while (in.position() < bound) {
      int itemTag = nextItem(bound, undefined, sequenceTag);
      if (itemTag == SEQUENCE_END) {
        delimited = true;
        break;
      }
      if (itemTag == ITEM) {
        boolean undefinedItem = length == UNDEFINED;
        undefinedItems.set(items.size(), undefinedItem);
        items.add(
            readItem(undefinedItem ? bound : in.position() + length, undefinedItem, depth, set));
      }
    }
    if (undefined && !delimited) {
      warnings.add(ReadWarning.Code.MISSING_DELIMITER, sequenceTag, in.position());
    }
    explicit = outerExplicit;
    bigEndian = outerBigEndian;
    signedPixels = outerSigned;
    return SequenceElement.of(
        sequenceTag, items, new SequenceEncoding(undefined, asUnknown, undefinedItems));
  }

  /** Reads an item's header; the tag is an item, the sequence's end, or 0 for what was skipped. */
  private int nextItem(long bound, boolean undefined, int sequenceTag) throws IOException {
    long at = in.position();
    if (!in.ensure(8)) {
      throw in.truncated(8);
    }
    int itemTag = in.peekTag(0, bigEndian);
    int length32 = in.peekInt(4, bigEndian);
    if (bound - at < 8) {
      throw new DicomFormatException(
          Code.BAD_LENGTH, at, Tags.toString(sequenceTag) + " ends within an item's header");
    }
    in.consume(8);
    return switch (itemTag) {
      case ITEM -> {
        cost += ELEMENT_COST;
        checkCost();
        length = length32 == UNDEFINED ? UNDEFINED : Integer.toUnsignedLong(length32);
        if (length > bound - in.position()) {
          throw new DicomFormatException(
              Code.BAD_LENGTH, at, "an item announces " + length + " bytes, more than there are");
        }
        yield ITEM;
      }
      case SEQUENCE_END, ITEM_END -> {
        if (undefined && itemTag == SEQUENCE_END) {
          yield SEQUENCE_END;
        }
        warnings.add(ReadWarning.Code.STRAY_DELIMITER, itemTag, at);
        yield 0;
      }
      default ->
          throw new DicomFormatException(
              Code.BAD_ITEM,
              at,
              Tags.toString(sequenceTag) + " has " + Tags.toString(itemTag) + " for an item");
    };
  }

  private Dataset readItem(long end, boolean undefinedLength, int depth, SpecificCharacterSet set)
      throws IOException {
    boolean outer = explicit;
    if (end - in.position() >= 8 && in.ensure(8) && in.peekShort(0, bigEndian) != 0xFFFE) {
      boolean looksExplicit = Vr.of(in.peek(4), in.peek(5)) != null;
      if (explicit && !looksExplicit && !isLetter(in.peek(4))) {
        // Explicit VR with items in implicit VR: written by some converters.
        warnings.add(ReadWarning.Code.IMPLICIT_ITEM, in.peekTag(0, bigEndian), in.position());
        explicit = false;
      } else if (!explicit && looksExplicit && isExplicitLength(end)) {
        warnings.add(
            ReadWarning.Code.SYNTAX_NOT_AS_DECLARED, in.peekTag(0, bigEndian), in.position());
        explicit = true;
      }
    }
    Dataset item = parse(end, undefinedLength, depth + 1, set);
    explicit = outer;
    return item;
  }

  /** An implicit length that spells a VR is megabytes long: it cannot be when the item is not. */
  private boolean isExplicitLength(long end) {
    long implicitLength = Integer.toUnsignedLong(in.peekInt(4, bigEndian));
    Vr spelt = Vr.of(in.peek(4), in.peek(5));
    return implicitLength > end - in.position()
        || (end == TO_THE_END && spelt == implicitVr(in.peekTag(0, bigEndian)));
  }

  private EncapsulatedElement readFragments() throws IOException {
    int pixelTag = tag;
    Vr pixelVr = vr == Vr.UN ? Vr.OB : vr;
    LongList offsets = new LongList();
    LongList lengths = new LongList();
    while (true) {
      long at = in.position();
      if (!in.ensure(8)) {
        throw in.truncated(8);
      }
      int itemTag = in.peekTag(0, bigEndian);
      int length32 = in.peekInt(4, bigEndian);
      if (itemTag == SEQUENCE_END) {
        in.consume(8);
        return EncapsulatedElement.inSource(
            pixelTag, pixelVr, offsets.toArray(), lengths.toArray());
      }
      if (itemTag != ITEM || length32 == UNDEFINED) {
        throw new DicomFormatException(
            Code.BAD_ITEM, at, Tags.toString(itemTag) + " among the fragments of pixel data");
      }
      in.consume(8);
      cost += 16;
      checkCost();
      offsets.add(in.position());
      lengths.add(Integer.toUnsignedLong(length32));
      in.skip(Integer.toUnsignedLong(length32));
    }
  }

  /** Collects elements, in order as they should come or not. */
  private final class Elements {
    private final List<Element> list = new ArrayList<>();
    private @Nullable Element last;
    private boolean ordered = true;

    boolean isEmpty() {
      return list.isEmpty();
    }

    void add(Element e) {
      if (last != null) {
        int order = Integer.compareUnsigned(last.tag(), e.tag());
        if (order >= 0) {
          ordered = false;
          warnings.add(
              order == 0 ? ReadWarning.Code.DUPLICATE_ELEMENT : ReadWarning.Code.UNORDERED_ELEMENT,
              e.tag(),
              in.position());
        }
      }
      last = e;
      list.add(e);
    }

    Dataset build(SpecificCharacterSet set) {
      return Dataset.ofSorted(ordered ? list : ElementOrder.sorted(list), set);
    }
  }
}
