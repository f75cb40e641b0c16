package org.heliograph.dicom.pixel.jpegls;

import java.util.Arrays;
import org.heliograph.dicom.pixel.codec.CodecException;

/** Decodes the lines of one scan (ITU-T T.87 Annex A; names of variables as there). */
final class JpegLsScan {

  private static final int[] J = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };
  private static final int REGULAR_CONTEXTS = 365;

  private final JpegLsParameters p;
  private final JpegLsBits in;
  private final int width;

  private final int[] a = new int[REGULAR_CONTEXTS + 2];
  private final int[] b = new int[REGULAR_CONTEXTS];
  private final int[] c = new int[REGULAR_CONTEXTS];
  private final int[] n = new int[REGULAR_CONTEXTS + 2];
  private final int[] nn = new int[2];
  private int runIndex;

  JpegLsScan(JpegLsParameters parameters, JpegLsBits in, int width) {
    this.p = parameters;
    this.in = in;
    this.width = width;
    Arrays.fill(a, Math.max(2, (p.range() + 32) / 64));
    Arrays.fill(n, 1);
  }

  /**
   * Lines of one component each. Arrays have one cell before the first pixel and one after the
   * last.
   */
  void line(int[] above, int[] line, int startRunIndex) throws CodecException {
    runIndex = startRunIndex;
    line[0] = above[1];
    above[width + 1] = above[width];
    int x = 1;
    while (x <= width) {
      int ra = line[x - 1];
      int rb = above[x];
      int rc = above[x - 1];
      int rd = above[x + 1];
      int q = context(quantize(rd - rb), quantize(rb - rc), quantize(rc - ra));
      if (q != 0) {
        line[x++] = regular(q, ra, rb, rc);
      } else {
        int end = run(x);
        Arrays.fill(line, x, end, ra);
        x = end;
        if (x <= width) {
          line[x] = interruption(ra, above[x], Math.abs(ra - above[x]) <= p.near() ? 1 : 0);
          leaveRun();
          x++;
        }
      }
    }
  }

  int runIndex() {
    return runIndex;
  }

  /** Lines of all components at once, sample interleaved: a run is one only if all agree. */
  void lines(int[][] above, int[][] lines) throws CodecException {
    int components = lines.length;
    for (int i = 0; i < components; i++) {
      lines[i][0] = above[i][1];
      above[i][width + 1] = above[i][width];
    }
    int[] q = new int[components];
    int x = 1;
    while (x <= width) {
      boolean run = true;
      for (int i = 0; i < components; i++) {
        int rb = above[i][x];
        int rc = above[i][x - 1];
        q[i] =
            context(
                quantize(above[i][x + 1] - rb), quantize(rb - rc), quantize(rc - lines[i][x - 1]));
        run &= q[i] == 0;
      }
      if (!run) {
        for (int i = 0; i < components; i++) {
          lines[i][x] = regular(q[i], lines[i][x - 1], above[i][x], above[i][x - 1]);
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
        leaveRun();
        x++;
      }
    }
  }

  private int quantize(int d) {
    if (d < 0) {
      if (d <= -p.t3()) {
        return -4;
      }
      if (d <= -p.t2()) {
        return -3;
      }
      if (d <= -p.t1()) {
        return -2;
      }
      return d < -p.near() ? -1 : 0;
    }
    if (d <= p.near()) {
      return 0;
    }
    if (d < p.t1()) {
      return 1;
    }
    if (d < p.t2()) {
      return 2;
    }
    return d < p.t3() ? 3 : 4;
  }

  /** Negative where the first gradient that is not zero is: the context mirrored. */
  private static int context(int q1, int q2, int q3) {
    return 81 * q1 + 9 * q2 + q3;
  }

  private int regular(int signedContext, int ra, int rb, int rc) throws CodecException {
    int sign = signedContext < 0 ? -1 : 1;
    int q = sign * signedContext;
    int px;
    if (rc >= Math.max(ra, rb)) {
      px = Math.min(ra, rb);
    } else if (rc <= Math.min(ra, rb)) {
      px = Math.max(ra, rb);
    } else {
      px = ra + rb - rc;
    }
    px = Math.clamp(px + (long) sign * c[q], 0, p.maxVal());
    int k = golombParameter(n[q], a[q]);
    int mapped = in.golomb(k, p.limit(), p.qbpp());
    int error;
    if (p.near() == 0 && k == 0 && 2 * b[q] <= -n[q]) {
      error = (mapped & 1) == 1 ? (mapped - 1) / 2 : -(mapped / 2) - 1;
    } else {
      error = (mapped & 1) == 0 ? mapped / 2 : -(mapped / 2) - 1;
    }
    update(q, error);
    return reconstruct(px, sign * error);
  }

  private void update(int q, int error) throws CodecException {
    b[q] += error * (2 * p.near() + 1);
    a[q] += Math.abs(error);
    if (a[q] < 0) {
      throw CodecException.damaged("JPEG-LS errors overflow");
    }
    if (n[q] == p.reset()) {
      a[q] >>= 1;
      b[q] >>= 1;
      n[q] >>= 1;
    }
    n[q]++;
    if (b[q] <= -n[q]) {
      b[q] += n[q];
      c[q] = Math.max(c[q] - 1, -128);
      b[q] = Math.max(b[q], 1 - n[q]);
    } else if (b[q] > 0) {
      b[q] -= n[q];
      c[q] = Math.min(c[q] + 1, 127);
      b[q] = Math.min(b[q], 0);
    }
  }

  /** Gives the first column behind the run that begins at {@code x}. */
  private int run(int x) throws CodecException {
    int at = x;
    while (in.bit() == 1) {
      int length = 1 << J[runIndex];
      if (length <= width + 1 - at) {
        runIndex = Math.min(runIndex + 1, 31);
      }
      at = Math.min(at + length, width + 1);
      if (at > width) {
        return at;
      }
    }
    at += in.bits(J[runIndex]);
    if (at > width) {
      throw CodecException.damaged("JPEG-LS run passes the end of the line");
    }
    return at;
  }

  private void leaveRun() {
    runIndex = Math.max(runIndex - 1, 0);
  }

  private int interruption(int ra, int rb, int type) throws CodecException {
    int q = REGULAR_CONTEXTS + type;
    int temp = type == 0 ? a[q] : a[q] + (n[q] >> 1);
    int k = golombParameter(n[q], temp);
    int mapped = in.golomb(k, p.limit() - J[runIndex] - 1, p.qbpp());
    int sum = mapped + type;
    int map = sum & 1;
    int error = (sum + map) / 2;
    boolean mapMeansNegative = k != 0 || 2 * nn[type] >= n[q];
    if (mapMeansNegative == (map == 1)) {
      error = -error;
    }
    if (error < 0) {
      nn[type]++;
    }
    a[q] += (mapped + 1 - type) >> 1;
    if (n[q] == p.reset()) {
      a[q] >>= 1;
      n[q] >>= 1;
      nn[type] >>= 1;
    }
    n[q]++;
    boolean negative = type == 0 && ra > rb;
    return reconstruct(type == 1 ? ra : rb, negative ? -error : error);
  }

  private static int golombParameter(int n, int a) throws CodecException {
    int k = 0;
    while (((long) n << k) < a) {
      k++;
    }
    if (k > 24) {
      throw CodecException.damaged("JPEG-LS errors overflow");
    }
    return k;
  }

  private int reconstruct(int px, int error) {
    int step = 2 * p.near() + 1;
    int rx = px + error * step;
    if (rx < -p.near()) {
      rx += p.range() * step;
    } else if (rx > p.maxVal() + p.near()) {
      rx -= p.range() * step;
    }
    return Math.clamp(rx, 0, p.maxVal());
  }
}
