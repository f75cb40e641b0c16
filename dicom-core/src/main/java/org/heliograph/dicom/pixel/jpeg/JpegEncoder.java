package org.heliograph.dicom.pixel.jpeg;

import java.util.Arrays;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.SampleLayout;

/**
 * Baseline JPEG, 8 bits (ITU-T T.81 process 1), with the tables of its Annex K scaled by a quality.
 *
 * <p>Gray stays gray; RGB becomes luminance and chrominance as PS3.3 C.7.6.3.1.2 has them. Lossy:
 * what comes back is only close.
 */
public final class JpegEncoder {

  /** How chrominance is kept. */
  public enum Chrominance {
    /** At full resolution: Photometric Interpretation YBR_FULL. */
    FULL,
    /** At half the horizontal resolution: YBR_FULL_422. */
    HALF
  }

  private final byte[] cells;
  private final SampleLayout layout;
  private final int across;
  private final int[][] quantization;
  private final JpegBitWriter out;
  private final int[] predictions;
  private final float[] block = new float[64];
  private final float[][] planes;
  private final int stride;

  private JpegEncoder(byte[] cells, SampleLayout layout, int quality, Chrominance chrominance) {
    this.cells = cells;
    this.layout = layout;
    this.across = layout.samplesPerPixel() == 3 && chrominance == Chrominance.HALF ? 2 : 1;
    this.quantization =
        new int[][] {
          JpegStandardTables.quantization(JpegStandardTables.LUMINANCE, quality),
          JpegStandardTables.quantization(JpegStandardTables.CHROMINANCE, quality)
        };
    this.out = new JpegBitWriter(Math.max(4096, layout.byteCount() / 4));
    this.predictions = new int[layout.samplesPerPixel()];
    this.stride = Math.ceilDiv(layout.columns(), 8 * across) * 8 * across;
    this.planes = new float[layout.samplesPerPixel()][stride * 8];
  }

  /**
   * Encodes one frame of gray or RGB cells.
   *
   * @param quality 1 to 100, as the Independent JPEG Group counts it
   * @throws CodecException the layout is not 8 bits with one or three samples a pixel
   */
  public static byte[] encode(
      byte[] cells, SampleLayout layout, int quality, Chrominance chrominance)
      throws CodecException {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality " + quality);
    }
    int samples = layout.samplesPerPixel();
    if (layout.bitsAllocated() != 8 || (samples != 1 && samples != 3)) {
      throw CodecException.unsupported(
          "baseline JPEG of " + samples + " samples of " + layout.bitsAllocated() + " bits");
    }
    if (cells.length < layout.byteCount()) {
      throw CodecException.damaged("frame has " + cells.length + " bytes of " + layout.byteCount());
    }
    return new JpegEncoder(cells, layout, quality, chrominance).stream();
  }

  private byte[] stream() throws CodecException {
    header();
    for (int y = 0; y < layout.rows(); y += 8) {
      out.reserve(64L * 8 * 4 * (stride / 8) * planes.length);
      load(y);
      for (int x = 0; x < stride; x += 8 * across) {
        for (int i = 0; i < across; i++) {
          block(0, x + 8 * i, 1);
        }
        for (int i = 1; i < planes.length; i++) {
          block(i, x, across);
        }
      }
    }
    out.endScan();
    out.int16(0xFFD9);
    return out.toByteArray();
  }

  private void header() {
    int components = planes.length;
    int tables = Math.min(components, 2);
    out.int16(0xFFD8);
    out.bytes(JpegStandardTables.JFIF);
    for (int i = 0; i < tables; i++) {
      out.int16(0xFFDB);
      out.int16(67);
      out.int8(i);
      for (int k = 0; k < 64; k++) {
        out.int8(quantization[i][JpegTables.ZIGZAG[k]]);
      }
    }
    out.int16(0xFFC0);
    out.int16(8 + 3 * components);
    out.int8(8);
    out.int16(layout.rows());
    out.int16(layout.columns());
    out.int8(components);
    for (int i = 0; i < components; i++) {
      out.int8(i + 1);
      out.int8(i == 0 ? across << 4 | 1 : 0x11);
      out.int8(Math.min(i, 1));
    }
    for (int i = 0; i < tables; i++) {
      JpegStandardTables.Code.DC.get(i).write(out, i);
      JpegStandardTables.Code.AC.get(i).write(out, 0x10 | i);
    }
    out.int16(0xFFDA);
    out.int16(6 + 2 * components);
    out.int8(components);
    for (int i = 0; i < components; i++) {
      out.int8(i + 1);
      out.int8(i == 0 ? 0 : 0x11);
    }
    out.int16(0x003F);
    out.int8(0);
  }

  /** Eight rows as planes round zero, with the last column and row repeated. */
  private void load(int top) {
    int samples = planes.length;
    for (int row = 0; row < 8; row++) {
      int y = Math.min(top + row, layout.rows() - 1);
      int to = row * stride;
      for (int x = 0; x < stride; x++, to++) {
        int from = (y * layout.columns() + Math.min(x, layout.columns() - 1)) * samples;
        if (samples == 1) {
          planes[0][to] = (cells[from] & 0xFF) - 128f;
        } else {
          float r = cells[from] & 0xFF;
          float g = cells[from + 1] & 0xFF;
          float b = cells[from + 2] & 0xFF;
          planes[0][to] = 0.299f * r + 0.587f * g + 0.114f * b - 128;
          planes[1][to] = -0.168736f * r - 0.331264f * g + 0.5f * b;
          planes[2][to] = 0.5f * r - 0.418688f * g - 0.081312f * b;
        }
      }
    }
  }

  private void block(int component, int left, int step) {
    float[] plane = planes[component];
    for (int row = 0; row < 8; row++) {
      int from = row * stride + left;
      for (int x = 0; x < 8; x++, from += step) {
        block[row * 8 + x] = step == 1 ? plane[from] : (plane[from] + plane[from + 1]) / 2;
      }
    }
    JpegDct.forward(block);
    int table = Math.min(component, 1);
    int[] divisors = quantization[table];
    int dc = Math.round(block[0] / divisors[0]);
    JpegStandardTables.Code.DC.get(table).put(out, 0, dc - predictions[component]);
    predictions[component] = dc;
    JpegStandardTables.Code codes = JpegStandardTables.Code.AC.get(table);
    int zeros = 0;
    for (int k = 1; k < 64; k++) {
      int at = JpegTables.ZIGZAG[k];
      int coefficient = Math.clamp(Math.round(block[at] / divisors[at]), -1023, 1023);
      if (coefficient == 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15; zeros -= 16) {
        codes.put(out, 15, 0);
      }
      codes.put(out, zeros, coefficient);
      zeros = 0;
    }
    if (zeros > 0) {
      codes.put(out, 0, 0);
    }
    Arrays.fill(block, 0);
  }
}
