package org.heliograph.dicom.io;

import java.io.IOException;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.DicomFormatException.Code;

/** Finds the fragments of encapsulated pixel data (PS3.5 A.4), which stay in their source. */
final class FragmentParser {
  private FragmentParser() {}

  static EncapsulatedElement parse(DicomInput in, ElementHeader header, MemoryBudget budget)
      throws IOException {
    int pixelTag = header.tag;
    Vr pixelVr = header.vr == Vr.UN ? Vr.OB : header.vr;
    LongList offsets = new LongList();
    LongList lengths = new LongList();
    while (true) {
      long at = in.position();
      if (!in.ensure(8)) {
        throw in.truncated(8);
      }
      int itemTag = in.peekTag(0, header.bigEndian);
      int length32 = in.peekInt(4, header.bigEndian);
      if (itemTag == ElementHeader.SEQUENCE_END) {
        in.consume(8);
        return EncapsulatedElement.inSource(
            pixelTag, pixelVr, offsets.toArray(), lengths.toArray());
      }
      if (itemTag != ElementHeader.ITEM || length32 == ElementHeader.UNDEFINED) {
        throw new DicomFormatException(
            Code.BAD_ITEM, at, Tags.toString(itemTag) + " among the fragments of pixel data");
      }
      in.consume(8);
      budget.spend(MemoryBudget.FRAGMENT_BYTES, at);
      offsets.add(in.position());
      lengths.add(Integer.toUnsignedLong(length32));
      in.skip(Integer.toUnsignedLong(length32));
    }
  }
}
