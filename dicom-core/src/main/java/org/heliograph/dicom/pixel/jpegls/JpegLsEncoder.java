package org.heliograph.dicom.pixel.jpegls;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.RowSink;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.jspecify.annotations.Nullable;

/**
 * JPEG-LS (ITU-T T.87), for samples of 2 to 16 bits: one component, or several line by line in one
 * scan (ILV 1), which every decoder in use understands. Without loss, or near-lossless: no sample
 * then comes back further off than NEAR.
 *
 * <p>The coding parameters are the standard's defaults. They are written out (LSE) for more than 12
 * bits, because decoders of the first draft had other defaults there. A whole frame is encoded at
 * once, or row by row in memory of a few rows. Not for several threads.
 */
public final class JpegLsEncoder implements RowSink {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int DRAIN_BYTES = 64 * 1024;

  private final SampleLayout layout;
  private final JpegLsBitWriter out;
  private final int precision;
  private final int near;
  private final JpegLsLineEncoder encoder;
  private final int[] runIndexes;
  private final @Nullable OutputStream target;
  private int[][] above;
  private int[][] lines;
  private int rows;

  private JpegLsEncoder(
      SampleLayout layout,
      int precision,
      int near,
      @Nullable OutputStream target,
      int expectedBytes)
      throws CodecException {
    if (precision < 2 || precision > Math.min(16, layout.bitsAllocated())) {
      throw CodecException.unsupported("JPEG-LS of " + precision + " bits");
    }
    if (layout.bitsAllocated() > 16) {
      throw CodecException.unsupported("JPEG-LS of " + layout.bitsAllocated() + " bits allocated");
    }
    this.layout = layout;
    this.precision = precision;
    this.near = near;
    this.target = target;
    this.out = new JpegLsBitWriter(expectedBytes);
    JpegLsParameters parameters =
        JpegLsParameters.of(precision, near, JpegLsParameters.Preset.NONE);
    this.encoder = new JpegLsLineEncoder(parameters, out, layout.columns());
    int components = layout.samplesPerPixel();
    this.above = new int[components][layout.columns() + 2];
    this.lines = new int[components][layout.columns() + 2];
    this.runIndexes = new int[components];
    header(parameters);
  }

  /**
   * Encodes the cells of one frame without loss.
   *
   * @param precision bits of a sample, 2 to 16, not more than the cells have
   * @throws CodecException a value has more bits than {@code precision}, so that it could not come
   *     back
   */
  public static byte[] encode(byte[] cells, SampleLayout layout, int precision)
      throws CodecException {
    return encode(cells, layout, precision, 0);
  }

  /**
   * Encodes the cells of one frame.
   *
   * @param near how far off a sample may come back; 0 is without loss
   */
  public static byte[] encode(byte[] cells, SampleLayout layout, int precision, int near)
      throws CodecException {
    if (cells.length < layout.byteCount()) {
      throw CodecException.damaged("frame has " + cells.length + " bytes of " + layout.byteCount());
    }
    int expected = Math.max(1024, layout.byteCount() / 2);
    JpegLsEncoder all = new JpegLsEncoder(layout, precision, near, null, expected);
    int rowBytes = layout.byteCount() / layout.rows();
    for (int y = 0; y < layout.rows(); y++) {
      all.encode(cells, y * rowBytes);
    }
    all.end();
    return all.out.toByteArray();
  }

  /**
   * An encoder that is given one row after the other, and then {@link #finish}.
   *
   * @param near how far off a sample may come back; 0 is without loss
   * @param target where the stream goes; it should have a buffer, and is not closed
   */
  public static JpegLsEncoder to(OutputStream target, SampleLayout layout, int precision, int near)
      throws CodecException {
    return new JpegLsEncoder(layout, precision, near, target, 2 * DRAIN_BYTES);
  }

  @Override
  public void row(byte[] cells) throws IOException {
    encode(cells, 0);
    drain(DRAIN_BYTES);
  }

  /** Ends the stream; all rows must have been given. */
  public void finish() throws IOException {
    end();
    drain(0);
  }

  private void drain(int above) throws IOException {
    if (target != null) {
      out.drainTo(target, above);
    }
  }

  private void end() throws CodecException {
    if (rows != layout.rows()) {
      throw CodecException.damaged(rows + " rows of " + layout.rows());
    }
    out.reserve(64);
    out.endScan();
    out.int16(0xFFD9);
  }

  private void header(JpegLsParameters p) {
    int components = layout.samplesPerPixel();
    out.int16(0xFFD8);
    out.int16(0xFFF7);
    out.int16(8 + 3 * components);
    out.int8(precision);
    out.int16(layout.rows());
    out.int16(layout.columns());
    out.int8(components);
    for (int i = 1; i <= components; i++) {
      out.int8(i);
      out.int16(0x1100);
    }
    if (precision > 12) {
      out.int16(0xFFF8);
      out.int16(13);
      out.int8(1);
      out.int16(p.maxVal());
      out.int16(p.t1());
      out.int16(p.t2());
      out.int16(p.t3());
      out.int16(p.reset());
    }
    out.int16(0xFFDA);
    out.int16(6 + 2 * components);
    out.int8(components);
    for (int i = 1; i <= components; i++) {
      out.int16(i << 8);
    }
    out.int8(near);
    out.int8(components > 1 ? 1 : 0);
    out.int8(0);
  }

  private void encode(byte[] cells, int from) throws CodecException {
    int width = layout.columns();
    // No code is longer than LIMIT, 64 bits, and stuffing adds an eighth.
    long mostOfLine = 10L * width + 64;
    for (int i = 0; i < layout.samplesPerPixel(); i++) {
      load(cells, from, lines[i], i);
      out.reserve(mostOfLine);
      runIndexes[i] = encoder.line(above[i], lines[i], runIndexes[i]);
    }
    int[][] spare = above;
    above = lines;
    lines = spare;
    rows++;
  }

  private void load(byte[] cells, int rowStart, int[] line, int component) throws CodecException {
    int width = layout.columns();
    int samples = layout.samplesPerPixel();
    int from = rowStart / layout.bytesPerSample() + component;
    int bits = 0;
    if (layout.bytesPerSample() == 1) {
      for (int x = 1; x <= width; x++, from += samples) {
        line[x] = cells[from] & 0xFF;
        bits |= line[x];
      }
    } else {
      for (int x = 1; x <= width; x++, from += samples) {
        line[x] = (short) SHORTS.get(cells, from * 2) & 0xFFFF;
        bits |= line[x];
      }
    }
    if (bits >> precision != 0) {
      throw CodecException.damaged("samples have more than the " + precision + " bits announced");
    }
  }
}
