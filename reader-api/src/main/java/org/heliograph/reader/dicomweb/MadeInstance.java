package org.heliograph.reader.dicomweb;

import java.util.Optional;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Vr;
import org.jspecify.annotations.Nullable;

/**
 * One instance put together from its metadata and the bulk data that these refer to (PS3.18
 * 10.5.1). For the reading of one document.
 */
final class MadeInstance {
  private static final int[] NOT_STORED = {Tag.AvailableTransferSyntaxUID};
  private static final int FILE_META_GROUP = 0x0002;

  private final BulkParts parts;
  private String transferSyntax = "";
  private boolean complete = true;
  private boolean oneFrame;
  private long nativePixelBytes = -1;
  private Dataset dataset = Dataset.empty();

  MadeInstance(BulkParts parts) {
    this.parts = parts;
  }

  /** The element for a reference; null where what it refers to is missing or not clear. */
  @Nullable Element resolve(int tag, Vr vr, String uri) {
    BulkParts.Bulk bulk = parts.find(uri);
    if (bulk == null) {
      complete = false;
      return null;
    }
    long offset = bulk.kept().offset();
    long length = bulk.kept().length();
    if (tag == Tag.PixelData && bulk.isCompressed()) {
      complete &= transferSyntax.isEmpty() || transferSyntax.equals(bulk.transferSyntax());
      transferSyntax = bulk.transferSyntax();
      oneFrame |= !bulk.holdsManyFrames();
      return EncapsulatedElement.inSource(
          tag, Vr.OB, new long[] {offset, offset}, new long[] {0, length});
    }
    if (tag == Tag.PixelData) {
      nativePixelBytes = Math.max(nativePixelBytes, length);
    }
    return new BulkElement(tag, vr, offset, length);
  }

  /** Takes what was read, once all of it was resolved. */
  void take(Dataset read) {
    Dataset.Builder builder = read.toBuilder();
    for (Element element : read) {
      if (Tags.group(element.tag()) == FILE_META_GROUP) {
        builder.remove(element.tag());
      }
    }
    for (int tag : NOT_STORED) {
      builder.remove(tag);
    }
    dataset = builder.build();
  }

  Dataset dataset() {
    return dataset;
  }

  /** Explicit VR Little Endian unless its pixel data came compressed. */
  TransferSyntax transferSyntax() {
    return transferSyntax.isEmpty()
        ? TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN
        : TransferSyntax.of(transferSyntax);
  }

  /** Whether all bulk data is there, and all pixels that the metadata speak of. */
  boolean isComplete() {
    int frames = Math.max(1, dataset.integer(Tag.NumberOfFrames, 1));
    Optional<Element> pixels = dataset.get(Tag.PixelData);
    return complete
        && (!oneFrame || frames == 1 || !(pixels.orElse(null) instanceof EncapsulatedElement))
        && (nativePixelBytes < 0
            || !(pixels.orElse(null) instanceof BulkElement own)
            || own.length() >= expectedBytes(frames));
  }

  /** Of native pixel data (PS3.5 8.2). */
  private long expectedBytes(int frames) {
    long bits =
        (long) dataset.integer(Tag.Rows, 0)
            * dataset.integer(Tag.Columns, 0)
            * dataset.integer(Tag.SamplesPerPixel, 1)
            * dataset.integer(Tag.BitsAllocated, 8);
    try {
      return Math.multiplyExact(bits, (long) frames) / 8;
    } catch (ArithmeticException _) {
      return Long.MAX_VALUE;
    }
  }
}
