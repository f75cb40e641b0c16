package org.heliograph.dicom.pixel.jpegls;

import java.util.Arrays;
import org.heliograph.dicom.pixel.codec.CodecException;

/**
 * Decodes the lines of one scan (ITU-T T.87 Annex A; names as there). Damaged codes give wrong
 * values, never ones outside 0 to MAXVAL.
 */
final class JpegLsLineDecoder {

  private final JpegLsBitReader in;
  private final JpegLsContexts contexts;
  private final int width;
  private final int maxVal;
  private final int near;
  private final int step;
  private final int range;
  private final int reset;
  private final int qbpp;
  private final int escape;

  /** Without loss and with a range that is a power of two, values wrap round by a mask. */
  private final boolean plain;

  private int runIndex;

  JpegLsLineDecoder(JpegLsParameters p, JpegLsBitReader in, int width) {
    this.in = in;
    this.contexts = new JpegLsContexts(p);
    this.width = width;
    this.maxVal = p.maxVal();
    this.near = p.near();
    this.step = 2 * near + 1;
    this.range = p.range();
    this.reset = p.reset();
    this.qbpp = p.qbpp();
    this.escape = p.limit() - qbpp - 1;
    this.plain = near == 0 && Integer.bitCount(range) == 1;
  }

  /**
   * A line of one component; lines have one cell before the first pixel and one after the last.
   * Gives RUNindex.
   */
  int line(int[] above, int[] line, int startRunIndex) throws CodecException {
    runIndex = startRunIndex;
    begin(above, line);
    byte[] regions = contexts.regions;
    int zero = contexts.zero;
    int ra = line[0];
    int rb = above[1];
    int rc = above[0];
    int q2 = regions[zero + rb - rc];
    int x = 1;
    while (x <= width) {
      int rd = above[x + 1];
      int q1 = regions[zero + rd - rb];
      int q = 81 * q1 + 9 * q2 + regions[zero + rc - ra];
      if (q != 0) {
        ra = regular(q, JpegLsContexts.predict(ra, rb, rc));
        line[x++] = ra;
        rc = rb;
        rb = rd;
        q2 = q1; // rb - rc of the next pixel is rd - rb of this one
      } else {
        int end = run(x);
        Arrays.fill(line, x, end, ra);
        x = end;
        if (x <= width) {
          int type = Math.abs(ra - above[x]) <= near ? 1 : 0;
          line[x] = interruption(ra, above[x], type);
          runIndex = Math.max(runIndex - 1, 0);
          x++;
        }
        ra = line[x - 1];
        rc = above[x - 1];
        rb = above[Math.min(x, width)];
        q2 = regions[zero + rb - rc];
      }
    }
    checkInput();
    return runIndex;
  }

  /** Lines of all components at once, sample interleaved: a run is one only if all agree. */
  void lines(int[][] above, int[][] lines) throws CodecException {
    int components = lines.length;
    for (int i = 0; i < components; i++) {
      begin(above[i], lines[i]);
    }
    int[] q = new int[components];
    int x = 1;
    while (x <= width) {
      int any = 0;
      for (int i = 0; i < components; i++) {
        q[i] = context(above[i], lines[i][x - 1], x);
        any |= q[i];
      }
      if (any != 0) {
        for (int i = 0; i < components; i++) {
          int prediction = JpegLsContexts.predict(lines[i][x - 1], above[i][x], above[i][x - 1]);
          lines[i][x] = regular(q[i], prediction);
        }
        x++;
        continue;
      }
      int end = run(x);
      for (int[] line : lines) {
        Arrays.fill(line, x, end, line[x - 1]);
      }
      int before = x - 1;
      x = end;
      if (x <= width) {
        for (int i = 0; i < components; i++) {
          lines[i][x] = interruption(lines[i][before], above[i][x], 0);
        }
        runIndex = Math.max(runIndex - 1, 0);
        x++;
      }
    }
    checkInput();
  }

  private void begin(int[] above, int[] line) {
    line[0] = above[1];
    above[width + 1] = above[width];
  }

  private void checkInput() throws CodecException {
    if (in.overrun()) {
      throw CodecException.damaged("JPEG-LS scan ends before its last pixel");
    }
  }

  /** Negative where the first gradient that is not zero is: the context mirrored. */
  private int context(int[] above, int ra, int x) {
    byte[] regions = contexts.regions;
    int zero = contexts.zero;
    int rb = above[x];
    int rc = above[x - 1];
    return 81 * regions[zero + above[x + 1] - rb]
        + 9 * regions[zero + rb - rc]
        + regions[zero + rc - ra];
  }

  private int regular(int q, int prediction) throws CodecException {
    int[] s = contexts.state;
    int sign = q >> 31;
    int at = ((q ^ sign) - sign) * 4;
    int c = s[at + 2];
    int n = s[at + 3];
    int px = Math.min(Math.max(prediction + ((c ^ sign) - sign), 0), maxVal);
    int k = JpegLsContexts.golombParameter(n, s[at]);
    int mapped = in.golomb(k, escape, qbpp);
    if (k == 0 && near == 0 && 2 * s[at + 1] <= -n) {
      mapped ^= 1;
    }
    int error = mapped >>> 1 ^ -(mapped & 1);
    contexts.update(at, error, step, reset);
    if (s[at] < 0) {
      throw CodecException.damaged("JPEG-LS errors overflow");
    }
    int signed = (error ^ sign) - sign;
    return plain ? px + signed & maxVal : reconstruct(px, signed);
  }

  /** Gives the first column behind the run that begins at {@code x}. */
  private int run(int x) throws CodecException {
    int at = x;
    while (in.bit() == 1) {
      int length = 1 << JpegLsContexts.J[runIndex];
      if (length <= width + 1 - at) {
        runIndex = Math.min(runIndex + 1, 31);
      }
      at = Math.min(at + length, width + 1);
      if (at > width) {
        return at;
      }
    }
    at += in.bits(JpegLsContexts.J[runIndex]);
    if (at > width) {
      throw CodecException.damaged("JPEG-LS run passes the end of the line");
    }
    return at;
  }

  private int interruption(int ra, int rb, int type) throws CodecException {
    int[] s = contexts.state;
    int at = JpegLsContexts.runState(type);
    int n = s[at + 3];
    int k = JpegLsContexts.golombParameter(n, s[at] + (type == 1 ? n >> 1 : 0));
    int mapped = in.golomb(k, escape - JpegLsContexts.J[runIndex] - 1, qbpp);
    int sum = mapped + type;
    int map = sum & 1;
    int error = (sum + map) / 2;
    boolean negativeIsOdd = k != 0 || 2 * s[at + 1] >= n;
    if (negativeIsOdd == (map == 1)) {
      error = -error;
    }
    contexts.updateRun(at, type, error, mapped, reset);
    if (s[at] < 0) {
      throw CodecException.damaged("JPEG-LS errors overflow");
    }
    boolean mirrored = type == 0 && ra > rb;
    return reconstruct(type == 1 ? ra : rb, mirrored ? -error : error);
  }

  private int reconstruct(int px, int error) {
    int rx = px + error * step;
    if (rx < -near) {
      rx += range * step;
    } else if (rx > maxVal + near) {
      rx -= range * step;
    }
    return Math.clamp(rx, 0, maxVal);
  }
}
