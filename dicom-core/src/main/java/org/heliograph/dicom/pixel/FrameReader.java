package org.heliograph.dicom.pixel;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.RowSink;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.heliograph.dicom.pixel.jpegls.JpegLsDecoder;

/**
 * The frames of one object, decoded one at a time: of a file of gigabytes only the header and the
 * frame asked for are in memory (PS3.5 Section 8, Annex A.4).
 *
 * <p>Holds no file open between calls, and may be used by several threads at once.
 */
public final class FrameReader {

  private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
  private static final int MAX_INFLATED_BYTES = 256 << 20;

  private final ParsedObject object;
  private final BulkSource source;
  private final ImageDescription image;
  private final FrameIndex index;
  private final DecodeLimits limits;
  private final String encoding;

  private FrameReader(ParsedObject object, BulkSource source, DecodeLimits limits)
      throws IOException {
    this.object = object;
    this.source = source;
    this.image = ImageDescription.of(object.dataset());
    this.index = FrameIndex.of(object.dataset(), source);
    this.limits = limits;
    boolean nativeInMemory =
        object.transferSyntax().bigEndian()
            && !(object.dataset().get(FrameIndex.pixelTag(image)).orElse(null)
                instanceof BulkElement);
    this.encoding = nativeInMemory ? EXPLICIT_LITTLE_ENDIAN : object.transferSyntax().uid();
  }

  /**
   * The frames of a Part 10 file.
   *
   * @throws org.heliograph.dicom.io.DicomFormatException it is not one
   * @throws PixelDataException it has no frames, or they cannot be told apart
   */
  public static FrameReader open(Path file) throws IOException {
    ParsedObject object;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      object = DicomReader.readPart10(in, ReadOptions.defaults().withPixelDataInSource());
    }
    if (object.transferSyntax().deflated()) {
      // Offsets count in the inflated data set, which no file has.
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        object = DicomReader.readPart10(in, ReadOptions.inMemory(MAX_INFLATED_BYTES));
      }
      return of(object, BulkSource.NONE, DecodeLimits.defaults());
    }
    return of(object, BulkSource.of(file), DecodeLimits.defaults());
  }

  /** The frames of an object that was read already, with the bytes that it was read from. */
  public static FrameReader of(ParsedObject object, BulkSource source, DecodeLimits limits)
      throws IOException {
    return new FrameReader(object, source, limits);
  }

  public ParsedObject object() {
    return object;
  }

  /** Where values lie that were left in the file. */
  public BulkSource source() {
    return source;
  }

  public ImageDescription description() {
    return image;
  }

  public int frameCount() {
    return index.frameCount();
  }

  /**
   * One frame's samples.
   *
   * @param frame counted from 0
   * @throws PixelDataException it is damaged, beyond the limits or in an encoding not decoded here
   */
  public DecodedFrame frame(int frame) throws IOException {
    return FrameDecoder.decode(
        encoded(frame), index.frame(frame).firstBit(), encoding, image, limits);
  }

  /**
   * One frame's samples without conversion of colour, as {@link FrameDecoder#stored} gives them.
   *
   * @param frame counted from 0
   */
  public DecodedFrame stored(int frame) throws IOException {
    return FrameDecoder.stored(
        encoded(frame), index.frame(frame).firstBit(), encoding, image, limits);
  }

  /** Whether {@link #nativeRows} can be had. */
  public boolean hasNativeRows() {
    FrameCodec codec = FrameCodec.of(encoding);
    return (codec == FrameCodec.NATIVE || codec == FrameCodec.NATIVE_BIG_ENDIAN)
        && index.isPlainInSource()
        && NativeRows.suits(image);
  }

  /** What {@link #nativeRows} are: samples of a pixel together. */
  public ImageDescription nativeRowsDescription() {
    return image.with(image.photometricInterpretation(), 0);
  }

  /**
   * The rows of one native frame, as {@link #stored} gives them, in memory of a row only.
   *
   * @param frame counted from 0
   * @throws UnsupportedPixelDataException there are none: see {@link #hasNativeRows}
   */
  public NativeRows nativeRows(int frame) throws IOException {
    if (!hasNativeRows()) {
      throw new UnsupportedPixelDataException("frames in " + encoding + " row by row");
    }
    limits.checkPixels(image);
    boolean bigEndian = FrameCodec.of(encoding) == FrameCodec.NATIVE_BIG_ENDIAN;
    return NativeRows.open(image, index.frame(frame).spans().getFirst(), source, bigEndian);
  }

  /**
   * One frame's samples row by row, as {@link #stored} gives them. Of a native frame a row is in
   * memory, of a JPEG-LS frame its stream, of any other one the frame.
   *
   * @param frame counted from 0
   * @throws PixelDataException as {@link #stored}
   * @throws IOException of the sink
   */
  public void storedRows(int frame, RowSink sink) throws IOException {
    if (hasNativeRows()) {
      try (NativeRows rows = nativeRows(frame)) {
        rows.to(sink);
      }
      return;
    }
    boolean cells = image.bitsAllocated() == 8 || image.bitsAllocated() == 16;
    if (FrameCodec.of(encoding) == FrameCodec.JPEG_LS && cells) {
      limits.checkPixels(image);
      SampleLayout layout =
          new SampleLayout(
              image.rows(), image.columns(), image.samplesPerPixel(), image.bitsAllocated());
      try {
        JpegLsDecoder.rows(encoded(frame), layout, sink);
      } catch (CodecException e) {
        throw PixelDataException.of(e);
      }
      return;
    }
    DecodedFrame whole = stored(frame);
    int rowBytes = whole.cells().length / whole.rows();
    for (int y = 0; y < whole.rows(); y++) {
      sink.row(Arrays.copyOfRange(whole.cells(), y * rowBytes, (y + 1) * rowBytes));
    }
  }

  /**
   * One frame's bytes as they are stored, fragments joined.
   *
   * @param frame counted from 0
   */
  public byte[] encoded(int frame) throws IOException {
    return index.read(frame, source, limits);
  }
}
