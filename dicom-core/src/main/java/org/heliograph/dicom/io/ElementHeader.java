package org.heliograph.dicom.io;

import java.io.IOException;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.DicomFormatException.Code;

/**
 * The tag, VR and length of the element or item at hand (PS3.5 7.1, 7.5), read in the syntax of the
 * moment: items may be coded otherwise than what surrounds them.
 */
final class ElementHeader {
  static final int UNDEFINED = -1;
  static final int ITEM = 0xFFFEE000;
  static final int ITEM_END = 0xFFFEE00D;
  static final int SEQUENCE_END = 0xFFFEE0DD;

  private final DicomInput in;
  private final Warnings warnings;
  private final MemoryBudget budget;

  boolean explicit;
  boolean bigEndian;
  boolean signedPixels;

  int tag;
  Vr vr = Vr.UN;
  long length;

  ElementHeader(
      DicomInput in, Warnings warnings, MemoryBudget budget, boolean explicit, boolean bigEndian) {
    this.in = in;
    this.warnings = warnings;
    this.budget = budget;
    this.explicit = explicit;
    this.bigEndian = bigEndian;
  }

  /** Reads an element's header, of which 8 bytes are buffered; the element must end by then. */
  void read(long end) throws IOException {
    long at = in.position();
    tag = in.peekTag(0, bigEndian);
    if (explicit) {
      readExplicit(at, end);
    } else {
      vr = Dictionary.implicitVrOf(tag, signedPixels);
      shortForm(at, end);
    }
  }

  private void readExplicit(long at, long end) throws IOException {
    int first = in.peek(4);
    int second = in.peek(5);
    Vr given = Vr.of(first, second);
    boolean shortLength;
    if (given != null) {
      vr = given;
      shortLength = given.hasShortLength();
    } else {
      boolean printable = first >= ' ' && first <= '~' && second >= ' ' && second <= '~';
      warnings.add(
          printable ? ReadWarning.Code.UNKNOWN_VR : ReadWarning.Code.IMPLICIT_ITEM, tag, at);
      if (!printable) {
        vr = Dictionary.implicitVrOf(tag, signedPixels);
        shortForm(at, end);
        return;
      }
      vr = Vr.UN;
      // A VR of later editions has a 32 bit length; other marks ("??") were seen with 16 bits.
      shortLength = !isLetter(first) || !isLetter(second);
    }
    int length32;
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
    setLength(length32, at, end);
  }

  private void shortForm(long at, long end) throws IOException {
    int length32 = in.peekInt(4, bigEndian);
    in.consume(8);
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
    budget.spend(MemoryBudget.ELEMENT_BYTES, at);
  }

  /**
   * Reads the header of what stands between items: {@link #ITEM} with its length, {@link
   * #SEQUENCE_END} of a sequence of undefined length, or 0 for what was passed over.
   */
  int readItem(long bound, boolean undefined, int sequenceTag) throws IOException {
    long at = in.position();
    if (!in.ensure(8)) {
      throw in.truncated(8);
    }
    if (bound - at < 8) {
      throw new DicomFormatException(
          Code.BAD_LENGTH, at, Tags.toString(sequenceTag) + " ends within an item's header");
    }
    int itemTag = in.peekTag(0, bigEndian);
    int length32 = in.peekInt(4, bigEndian);
    in.consume(8);
    return switch (itemTag) {
      case ITEM -> {
        budget.spend(MemoryBudget.ELEMENT_BYTES, at);
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

  static boolean isLetter(int c) {
    return c >= 'A' && c <= 'Z';
  }
}
