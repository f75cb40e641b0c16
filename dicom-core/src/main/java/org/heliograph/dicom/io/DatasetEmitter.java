package org.heliograph.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.util.List;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.SequenceEncoding;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;

/** Writes data sets in one syntax. */
final class DatasetEmitter {
  private static final int ITEM = 0xFFFEE000;
  private static final int ITEM_END = 0xFFFEE00D;
  private static final int SEQUENCE_END = 0xFFFEE0DD;
  private static final int UNDEFINED = -1;

  private final OutputStream out;
  private final BulkSource bulk;
  private final EncodedLengths lengths = new EncodedLengths();
  private final byte[] scratch = new byte[16];
  private boolean explicit;
  private boolean bigEndian;

  DatasetEmitter(OutputStream out, boolean explicit, boolean bigEndian, BulkSource bulk) {
    this.out = out;
    this.explicit = explicit;
    this.bigEndian = bigEndian;
    this.bulk = bulk;
  }

  void emit(Dataset dataset) throws IOException {
    for (Element e : dataset) {
      switch (e) {
        case ValueElement v -> value(v, dataset);
        case BulkElement b -> bulk(b);
        case SequenceElement s -> sequence(s);
        case EncapsulatedElement p -> fragments(p);
      }
    }
  }

  private void value(ValueElement v, Dataset dataset) throws IOException {
    int length = v.length();
    Vr vr = EncodedLengths.writtenVr(v.vr(), length);
    header(v.tag(), vr, (int) EncodedLengths.even(length));
    int group = Tags.group(v.tag());
    if (Tags.isGroupLength(v.tag()) && group > 2 && length == 4) {
      int at = put32(0, EncodedLengths.checked(lengths.ofGroup(dataset, group, explicit), v.tag()));
      out.write(scratch, 0, at);
      return;
    }
    if (bigEndian && vr.unitBytes() > 1) {
      byte[] bytes = v.bytes();
      ByteSwap.swap(bytes, vr.unitBytes());
      out.write(bytes);
    } else {
      v.writeTo(out);
    }
    if ((length & 1) != 0) {
      out.write(vr.padding());
    }
  }

  private void bulk(BulkElement b) throws IOException {
    Vr vr = EncodedLengths.writtenVr(b.vr(), b.length());
    header(b.tag(), vr, EncodedLengths.checked(EncodedLengths.even(b.length()), b.tag()));
    boolean swapped = b.byteOrder().equals(ByteOrder.BIG_ENDIAN) != bigEndian;
    try (InputStream in = bulk.open(b.offset(), b.length())) {
      copy(in, b.length(), swapped ? vr.unitBytes() : 1);
    }
    if ((b.length() & 1) != 0) {
      out.write(vr.padding());
    }
  }

  private void copy(InputStream in, long length, int swapUnit) throws IOException {
    byte[] buffer = new byte[(int) Math.min(64 * 1024, Math.max(8, EncodedLengths.even(length)))];
    long left = length;
    while (left > 0) {
      int count = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
      if (count == 0) {
        throw new EOFException("bulk data ends " + left + " bytes too soon");
      }
      ByteSwap.swap(buffer, count, swapUnit);
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  private void sequence(SequenceElement s) throws IOException {
    SequenceEncoding encoding = s.encoding();
    boolean outerExplicit = explicit;
    boolean outerBigEndian = bigEndian;
    boolean undefined = encoding.undefinedLength();
    int length =
        undefined ? UNDEFINED : EncodedLengths.checked(lengths.ofItems(s, explicit), s.tag());
    header(s.tag(), encoding.asUnknown() && explicit ? Vr.UN : Vr.SQ, length);
    if (encoding.asUnknown()) {
      explicit = false;
      bigEndian = false;
    }
    List<Dataset> items = s.items();
    for (int i = 0; i < items.size(); i++) {
      Dataset item = items.get(i);
      boolean undefinedItem = encoding.hasUndefinedLength(i);
      mark(
          ITEM,
          undefinedItem
              ? UNDEFINED
              : EncodedLengths.checked(lengths.ofDataset(item, explicit), s.tag()));
      emit(item);
      if (undefinedItem) {
        mark(ITEM_END, 0);
      }
    }
    if (undefined) {
      mark(SEQUENCE_END, 0);
    }
    explicit = outerExplicit;
    bigEndian = outerBigEndian;
  }

  private void fragments(EncapsulatedElement p) throws IOException {
    header(p.tag(), p.vr(), UNDEFINED);
    for (int i = 0; i < p.fragmentCount(); i++) {
      DatasetSource made = p.isInSource() ? null : p.fragments().get(i);
      long length = made == null ? p.fragmentLength(i) : made.length();
      mark(ITEM, EncodedLengths.checked(EncodedLengths.even(length), p.tag()));
      if (length > 0) {
        try (InputStream in = made == null ? bulk.open(p.fragmentOffset(i), length) : made.open()) {
          copy(in, length, 1);
        }
      }
      if ((length & 1) != 0) {
        out.write(0);
      }
    }
    mark(SEQUENCE_END, 0);
  }

  private void header(int tag, Vr vr, int length) throws IOException {
    int at = putTag(tag);
    if (!explicit) {
      at = put32(at, length);
    } else {
      scratch[at++] = (byte) vr.name().charAt(0);
      scratch[at++] = (byte) vr.name().charAt(1);
      if (vr.hasShortLength()) {
        at = put16(at, length);
      } else {
        at = put32(put16(at, 0), length);
      }
    }
    out.write(scratch, 0, at);
  }

  /** An item or delimitation tag with its length. */
  private void mark(int tag, int length) throws IOException {
    out.write(scratch, 0, put32(putTag(tag), length));
  }

  private int putTag(int tag) {
    return put16(put16(0, tag >>> 16), tag);
  }

  private int put16(int at, int value) {
    scratch[at + (bigEndian ? 1 : 0)] = (byte) value;
    scratch[at + (bigEndian ? 0 : 1)] = (byte) (value >>> 8);
    return at + 2;
  }

  private int put32(int at, int value) {
    int low = bigEndian ? value >>> 16 : value;
    int high = bigEndian ? value : value >>> 16;
    return put16(put16(at, low), high);
  }
}
