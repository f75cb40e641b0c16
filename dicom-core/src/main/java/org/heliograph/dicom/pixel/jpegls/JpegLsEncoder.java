package org.heliograph.dicom.pixel.jpegls;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.SampleLayout;

/**
 * JPEG-LS without loss (ITU-T T.87), for samples of 2 to 16 bits: one component, or several line by
 * line in one scan (ILV 1), which every decoder in use understands.
 *
 * <p>The coding parameters are the standard's defaults. They are written out (LSE) for more than 12
 * bits, because decoders of the first draft had other defaults there. Stateless; memory is the
 * frame's cells and the stream.
 */
public final class JpegLsEncoder {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] cells;
  private final SampleLayout layout;
  private final JpegLsBitWriter out;
  private final int precision;

  private JpegLsEncoder(byte[] cells, SampleLayout layout, int precision) {
    this.cells = cells;
    this.layout = layout;
    this.precision = precision;
    this.out = new JpegLsBitWriter(Math.max(1024, layout.byteCount() / 2));
  }

  /**
   * Encodes the cells of one frame.
   *
   * @param precision bits of a sample, 2 to 16, not more than the cells have
   * @throws CodecException a value has more bits than {@code precision}, so that it could not come
   *     back
   */
  public static byte[] encode(byte[] cells, SampleLayout layout, int precision)
      throws CodecException {
    if (precision < 2 || precision > Math.min(16, layout.bitsAllocated())) {
      throw CodecException.unsupported("JPEG-LS of " + precision + " bits");
    }
    if (layout.bitsAllocated() > 16) {
      throw CodecException.unsupported("JPEG-LS of " + layout.bitsAllocated() + " bits allocated");
    }
    if (cells.length < layout.byteCount()) {
      throw CodecException.damaged("frame has " + cells.length + " bytes of " + layout.byteCount());
    }
    return new JpegLsEncoder(cells, layout, precision).stream();
  }

  private byte[] stream() throws CodecException {
    JpegLsParameters parameters = JpegLsParameters.of(precision, 0, JpegLsParameters.Preset.NONE);
    header(parameters);
    lines(new JpegLsLineEncoder(parameters, out, layout.columns()));
    out.endScan();
    out.int16(0xFFD9);
    return out.toByteArray();
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
    out.int8(0);
    out.int8(components > 1 ? 1 : 0);
    out.int8(0);
  }

  private void lines(JpegLsLineEncoder encoder) throws CodecException {
    int components = layout.samplesPerPixel();
    int width = layout.columns();
    int[][] above = new int[components][width + 2];
    int[][] lines = new int[components][width + 2];
    int[] runIndexes = new int[components];
    // No code is longer than LIMIT, 64 bits, and stuffing adds an eighth.
    long mostOfLine = 10L * width + 64;
    for (int y = 0; y < layout.rows(); y++) {
      for (int i = 0; i < components; i++) {
        load(lines[i], y, i);
        out.reserve(mostOfLine);
        runIndexes[i] = encoder.line(above[i], lines[i], runIndexes[i]);
      }
      int[][] spare = above;
      above = lines;
      lines = spare;
    }
  }

  private void load(int[] line, int y, int component) throws CodecException {
    int width = layout.columns();
    int samples = layout.samplesPerPixel();
    int from = y * width * samples + component;
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
