package org.heliograph.dicom.pixel.jpegls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.RowSink;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.jspecify.annotations.Nullable;

/**
 * JPEG-LS, lossless and near-lossless, with all three interleave modes (ITU-T T.87). Mapping
 * tables, restart intervals and point transforms do not occur in DICOM and are not decoded.
 */
public final class JpegLsDecoder {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] jpeg;
  private final SampleLayout image;
  private final byte[] cells;
  private final @Nullable RowSink sink;
  private int at = 2;
  private int precision;
  private int[] componentIds = {};
  private JpegLsParameters.Preset preset = JpegLsParameters.Preset.NONE;
  private int decodedComponents;

  private JpegLsDecoder(byte[] jpeg, SampleLayout image, @Nullable RowSink sink) {
    this.jpeg = jpeg;
    this.image = image;
    this.sink = sink;
    this.cells = new byte[sink == null ? image.byteCount() : image.byteCount() / image.rows()];
  }

  /**
   * Gives the cells of a frame.
   *
   * @throws CodecException the frame is damaged, not of this layout, or uses what is not decoded
   */
  public static byte[] decode(byte[] frame, SampleLayout image) throws CodecException {
    try {
      return decoded(frame, image, null).cells;
    } catch (CodecException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is no sink that could throw one
    }
  }

  /**
   * Gives the cells of a frame row by row, so that only the stream is in memory.
   *
   * @throws CodecException as {@link #decode}; also for a stream with a scan for each component
   * @throws IOException of the sink
   */
  public static void rows(byte[] frame, SampleLayout image, RowSink sink) throws IOException {
    decoded(frame, image, sink);
  }

  private static JpegLsDecoder decoded(byte[] frame, SampleLayout image, @Nullable RowSink sink)
      throws IOException {
    if (frame.length < 4 || frame[0] != (byte) 0xFF || frame[1] != (byte) 0xD8) {
      throw CodecException.damaged("no JPEG-LS start of image");
    }
    if (image.bitsAllocated() > 16) {
      throw CodecException.unsupported("JPEG-LS of " + image.bitsAllocated() + " bits");
    }
    JpegLsDecoder decoder = new JpegLsDecoder(frame, image, sink);
    decoder.segments();
    return decoder;
  }

  private void segments() throws IOException {
    while (decodedComponents < image.samplesPerPixel()) {
      int marker = nextMarker();
      int length = at + 1 < jpeg.length ? int16(at) : 0;
      if (length < 2 || at + length > jpeg.length) {
        throw CodecException.damaged("JPEG-LS segment runs past the end of the frame");
      }
      int start = at;
      at += length;
      switch (marker) {
        case 0xF7 -> frameHeader(start, length);
        case 0xF8 -> preset(start, length);
        case 0xDA -> scan(start, length);
        case 0xDD -> throw CodecException.unsupported("JPEG-LS with restart intervals");
        case 0xE8 -> colorTransform(start, length);
        default -> {
          if (marker < 0xE0 || marker > 0xFE || (marker > 0xEF && marker < 0xFE)) {
            throw CodecException.damaged("JPEG-LS has an unexpected marker");
          }
        }
      }
    }
  }

  private int nextMarker() throws CodecException {
    while (at + 1 < jpeg.length) {
      if (jpeg[at] != (byte) 0xFF) {
        throw CodecException.damaged("JPEG-LS marker is missing");
      }
      int marker = jpeg[at + 1] & 0xFF;
      if (marker != 0xFF) {
        at += 2;
        return marker;
      }
      at++;
    }
    throw CodecException.damaged("JPEG-LS ends before its last scan");
  }

  private void frameHeader(int start, int length) throws CodecException {
    int count = length >= 8 ? int8(start + 7) : 0;
    if (count != image.samplesPerPixel() || length < 8 + 3 * count || componentIds.length > 0) {
      throw CodecException.damaged("JPEG-LS frame header is invalid");
    }
    precision = int8(start + 2);
    if (int16(start + 3) != image.rows() || int16(start + 5) != image.columns()) {
      throw CodecException.damaged("JPEG-LS and data set differ in Rows or Columns");
    }
    if (precision < 2 || precision > image.bitsAllocated()) {
      throw CodecException.damaged("JPEG-LS of " + precision + " bits");
    }
    componentIds = new int[count];
    for (int i = 0; i < count; i++) {
      componentIds[i] = int8(start + 8 + 3 * i);
      if (int8(start + 9 + 3 * i) != 0x11) {
        throw CodecException.unsupported("JPEG-LS with subsampled components");
      }
    }
  }

  private void preset(int start, int length) throws CodecException {
    if (length < 3 || int8(start + 2) != 1 || length < 13) {
      throw CodecException.unsupported("JPEG-LS with mapping tables");
    }
    preset =
        new JpegLsParameters.Preset(
            int16(start + 3),
            int16(start + 5),
            int16(start + 7),
            int16(start + 9),
            int16(start + 11));
  }

  /** HP's extension: a byte other than 0 announces a colour transform. */
  private void colorTransform(int start, int length) throws CodecException {
    if (length >= 7 && int8(start + 2) == 'm' && int8(start + 6) != 0) {
      throw CodecException.unsupported("JPEG-LS with a colour transform");
    }
  }

  private void scan(int start, int length) throws IOException {
    int count = length >= 3 ? int8(start + 2) : 0;
    if (componentIds.length == 0 || count < 1 || length < 6 + 2 * count) {
      throw CodecException.damaged("JPEG-LS scan header is invalid");
    }
    if (decodedComponents + count > componentIds.length) {
      throw CodecException.damaged("JPEG-LS has more scans than components");
    }
    for (int i = 0; i < count; i++) {
      if (int8(start + 3 + 2 * i) != componentIds[decodedComponents + i]) {
        throw CodecException.damaged("JPEG-LS components are out of order");
      }
      if (int8(start + 4 + 2 * i) != 0) {
        throw CodecException.unsupported("JPEG-LS with mapping tables");
      }
    }
    int near = int8(start + 3 + 2 * count);
    int interleave = int8(start + 4 + 2 * count);
    if (int8(start + 5 + 2 * count) != 0) {
      throw CodecException.unsupported("JPEG-LS with a point transform");
    }
    if (interleave > 2 || (interleave == 0 && count > 1)) {
      throw CodecException.damaged("JPEG-LS interleave mode is invalid");
    }
    if (sink != null && count != image.samplesPerPixel()) {
      throw CodecException.unsupported("JPEG-LS with several scans, row by row");
    }
    JpegLsBitReader in = new JpegLsBitReader(jpeg, start + length);
    JpegLsParameters parameters = JpegLsParameters.of(precision, near, preset);
    lines(new JpegLsLineDecoder(parameters, in, image.columns()), count, interleave == 2);
    decodedComponents += count;
    at = in.end();
  }

  private void lines(JpegLsLineDecoder scan, int count, boolean sampleInterleaved)
      throws IOException {
    int[][] above = new int[count][image.columns() + 2];
    int[][] lines = new int[count][image.columns() + 2];
    int[] runIndexes = new int[count];
    for (int y = 0; y < image.rows(); y++) {
      if (sampleInterleaved) {
        scan.lines(above, lines);
      } else {
        for (int i = 0; i < count; i++) {
          runIndexes[i] = scan.line(above[i], lines[i], runIndexes[i]);
        }
      }
      for (int i = 0; i < count; i++) {
        store(lines[i], sink == null ? y : 0, decodedComponents + i);
      }
      if (sink != null) {
        sink.row(cells);
      }
      int[][] spare = above;
      above = lines;
      lines = spare;
    }
  }

  private void store(int[] line, int y, int component) {
    int samples = image.samplesPerPixel();
    int width = image.columns();
    int to = y * width * samples + component;
    if (image.bytesPerSample() == 1) {
      for (int x = 1; x <= width; x++, to += samples) {
        cells[to] = (byte) line[x];
      }
    } else {
      for (int x = 1; x <= width; x++, to += samples) {
        SHORTS.set(cells, to * 2, (short) line[x]);
      }
    }
  }

  private int int8(int from) {
    return jpeg[from] & 0xFF;
  }

  private int int16(int from) {
    return int8(from) << 8 | int8(from + 1);
  }
}
