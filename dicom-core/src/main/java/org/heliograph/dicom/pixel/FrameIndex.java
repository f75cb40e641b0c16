package org.heliograph.dicom.pixel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.jspecify.annotations.Nullable;

/**
 * Where each frame's bytes lie in the source of an object (PS3.5 Section 8.2, Annex A.4).
 *
 * <p>Native frames follow by arithmetic. Encapsulated ones follow from the Extended or Basic Offset
 * Table, else from the number of fragments, else from where code streams begin.
 */
public final class FrameIndex {

  /** A stretch of the source. */
  public record Span(long offset, long length) {}

  /**
   * One frame: its fragments in order, or its part of native Pixel Data.
   *
   * @param firstBit bits to skip in the first byte, for native frames of single bits
   */
  public record Frame(List<Span> spans, int firstBit) {
    public Frame {
      spans = List.copyOf(spans);
    }

    public long byteCount() {
      return spans.stream().mapToLong(Span::length).sum();
    }
  }

  private static final int MAX_OFFSET_TABLE_BYTES = 64 << 20;

  private final List<Frame> frames;
  private final byte @Nullable [] inMemory;
  private final boolean swapWords;

  private FrameIndex(List<Frame> frames, byte @Nullable [] inMemory, boolean swapWords) {
    this.frames = frames;
    this.inMemory = inMemory;
    this.swapWords = swapWords;
  }

  /**
   * @param source the bytes that the data set was read from, for offset tables and code streams
   * @throws UnsupportedPixelDataException frames cannot be told apart, as with video
   * @throws DamagedPixelDataException there is less pixel data than described
   */
  public static FrameIndex of(Dataset dataset, BulkSource source) throws IOException {
    ImageDescription image = ImageDescription.of(dataset);
    Element pixels =
        dataset
            .get(pixelTag(image))
            .orElseThrow(() -> new UnsupportedPixelDataException("object without pixel data"));
    return switch (pixels) {
      case BulkElement bulk ->
          new FrameIndex(
              new NativeFrames(image, bulk.offset(), bulk.length()),
              null,
              bytesInWords(image, bulk));
      case ValueElement value -> {
        byte[] bytes = dataset.bytes(value.tag());
        yield new FrameIndex(new NativeFrames(image, 0, bytes.length), bytes, false);
      }
      case EncapsulatedElement encapsulated when encapsulated.isInSource() ->
          new FrameIndex(
              List.copyOf(encapsulated(dataset, image, encapsulated, source)), null, false);
      default -> throw new UnsupportedPixelDataException("pixel data of an unusual kind");
    };
  }

  static int pixelTag(ImageDescription image) {
    return switch (image.sampleType()) {
      case INTEGER -> Tag.PixelData;
      case FLOAT -> Tag.FloatPixelData;
      case DOUBLE -> Tag.DoubleFloatPixelData;
    };
  }

  /** Bytes or packed bits in OW stand the other way round in big endian (PS3.5 8.2, Annex A.3). */
  private static boolean bytesInWords(ImageDescription image, BulkElement pixels) {
    return pixels.byteOrder().equals(ByteOrder.BIG_ENDIAN)
        && pixels.vr() == Vr.OW
        && (image.bitsAllocated() <= 8 || image.bitsAllocated() % 8 != 0);
  }

  /** Whether each frame is one stretch of the source, byte by byte as it would be read. */
  boolean isPlainInSource() {
    return inMemory == null && !swapWords;
  }

  public int frameCount() {
    return frames.size();
  }

  /**
   * @param frame counted from 0
   */
  public Frame frame(int frame) {
    return frames.get(frame);
  }

  /**
   * The frame's bytes, fragments joined. Samples of more than a byte are in the byte order of their
   * source, those of elements in memory in little endian.
   */
  public byte[] read(int frame, BulkSource source, DecodeLimits limits) throws IOException {
    Frame wanted = frames.get(frame);
    long length = wanted.byteCount();
    if (length > limits.maxFrameBytes()) {
      throw new DamagedPixelDataException(
          "frame of " + length + " bytes exceeds the limit of " + limits.maxFrameBytes());
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    for (Span span : wanted.spans()) {
      if (inMemory != null) {
        bytes.put(inMemory, (int) span.offset(), (int) span.length());
      } else {
        bytes.put(swapWords ? inWords(span, source) : Bulk.read(source, span));
      }
    }
    return bytes.array();
  }

  private static byte[] inWords(Span span, BulkSource source) throws IOException {
    int before = (int) (span.offset() & 1);
    int length = (int) span.length();
    byte[] words = Bulk.read(source, span.offset() - before, (length + before + 1) & ~1);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = words[(i + before) ^ 1];
    }
    return bytes;
  }

  private static List<Frame> encapsulated(
      Dataset dataset, ImageDescription image, EncapsulatedElement pixels, BulkSource source)
      throws IOException {
    List<Span> fragments = new ArrayList<>();
    for (int i = 1; i < pixels.fragmentCount(); i++) {
      fragments.add(new Span(pixels.fragmentOffset(i), pixels.fragmentLength(i)));
    }
    int count = image.numberOfFrames();
    if (fragments.size() < count) {
      throw new DamagedPixelDataException(fragments.size() + " fragments for " + count + " frames");
    }
    if (count == 1) {
      return List.of(new Frame(fragments, 0));
    }
    if (fragments.size() == count) {
      return fragments.stream().map(f -> new Frame(List.of(f), 0)).toList();
    }
    long[] offsets = offsetTable(dataset, pixels, source);
    List<Frame> frames = offsets.length == count ? byOffsets(fragments, offsets) : List.of();
    if (frames.isEmpty()) {
      frames = byCodeStreams(fragments, source);
    }
    if (frames.size() != count) {
      throw new UnsupportedPixelDataException("fragments do not tell where frames begin");
    }
    return frames;
  }

  private static long[] offsetTable(Dataset dataset, EncapsulatedElement pixels, BulkSource source)
      throws IOException {
    byte[] extended = Bulk.words(dataset, Tag.ExtendedOffsetTable, source, MAX_OFFSET_TABLE_BYTES);
    if (extended.length > 0) {
      ByteBuffer table = ByteBuffer.wrap(extended).order(ByteOrder.LITTLE_ENDIAN);
      long[] offsets = new long[extended.length / 8];
      table.asLongBuffer().get(offsets);
      return offsets;
    }
    if (pixels.fragmentLength(0) > MAX_OFFSET_TABLE_BYTES) {
      throw new DamagedPixelDataException("basic offset table is too long");
    }
    byte[] basic = Bulk.read(source, pixels.fragmentOffset(0), (int) pixels.fragmentLength(0));
    ByteBuffer table = ByteBuffer.wrap(basic).order(ByteOrder.LITTLE_ENDIAN);
    long[] offsets = new long[basic.length / 4];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = table.getInt(i * 4) & 0xFFFFFFFFL;
    }
    return offsets;
  }

  /** Offsets count from the item tag of the first fragment, as fragments do among themselves. */
  private static List<Frame> byOffsets(List<Span> fragments, long[] offsets) {
    List<Frame> frames = new ArrayList<>();
    long base = fragments.getFirst().offset();
    int at = 0;
    for (int frame = 0; frame < offsets.length; frame++) {
      long end = frame + 1 < offsets.length ? offsets[frame + 1] : Long.MAX_VALUE;
      int first = at;
      while (at < fragments.size() && fragments.get(at).offset() - base < end) {
        at++;
      }
      if (first == at || fragments.get(first).offset() - base != offsets[frame]) {
        return List.of();
      }
      frames.add(new Frame(fragments.subList(first, at), 0));
    }
    return frames;
  }

  /** A frame begins where a JPEG, JPEG-LS or JPEG 2000 code stream does. */
  private static List<Frame> byCodeStreams(List<Span> fragments, BulkSource source)
      throws IOException {
    List<Frame> frames = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= fragments.size(); i++) {
      if (i == fragments.size() || beginsCodeStream(fragments.get(i), source)) {
        frames.add(new Frame(fragments.subList(first, i), 0));
        first = i;
      }
    }
    return frames;
  }

  private static boolean beginsCodeStream(Span fragment, BulkSource source) throws IOException {
    if (fragment.length() < 3) {
      return false;
    }
    try (InputStream in = source.open(fragment.offset(), 3)) {
      int ff = in.read();
      int marker = in.read();
      return ff == 0xFF && (marker == 0xD8 || marker == 0x4F) && in.read() == 0xFF;
    }
  }
}
