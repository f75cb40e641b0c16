package org.heliograph.dicom.pixel.jpegls;

/**
 * Encodes the lines of one scan without loss (ITU-T T.87 Annex A; names as there). Values take the
 * whole range of a power of two.
 */
final class JpegLsLineEncoder {

  private final JpegLsBitWriter out;
  private final JpegLsContexts contexts;
  private final int width;
  private final int maxVal;
  private final int signShift;
  private final int qbpp;
  private final int limit;
  private final int reset;
  private int runIndex;

  JpegLsLineEncoder(JpegLsParameters p, JpegLsBitWriter out, int width) {
    this.out = out;
    this.contexts = new JpegLsContexts(p);
    this.width = width;
    this.maxVal = p.maxVal();
    this.qbpp = p.qbpp();
    this.signShift = 32 - qbpp;
    this.limit = p.limit();
    this.reset = p.reset();
  }

  /** Lines have one cell before the first pixel and one after the last. Gives RUNindex. */
  int line(int[] above, int[] line, int startRunIndex) {
    runIndex = startRunIndex;
    line[0] = above[1];
    above[width + 1] = above[width];
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
        int ix = line[x++];
        regular(q, ix, JpegLsContexts.predict(ra, rb, rc));
        ra = ix;
        rc = rb;
        rb = rd;
        q2 = q1; // rb - rc of the next pixel is rd - rb of this one
      } else {
        x = run(above, line, x);
        ra = line[x - 1];
        rc = above[x - 1];
        rb = above[Math.min(x, width)];
        q2 = regions[zero + rb - rc];
      }
    }
    return runIndex;
  }

  private void regular(int q, int ix, int prediction) {
    int[] s = contexts.state;
    int sign = q >> 31;
    int at = ((q ^ sign) - sign) * 4;
    int a = s[at];
    int b = s[at + 1];
    int c = s[at + 2];
    int n = s[at + 3];
    int px = Math.min(Math.max(prediction + ((c ^ sign) - sign), 0), maxVal);
    int error = (((ix - px) ^ sign) - sign) << signShift >> signShift;
    int k = JpegLsContexts.golombParameter(n, a);
    int mapped = error << 1 ^ error >> 31;
    if (k == 0 && 2 * b <= -n) {
      mapped ^= 1;
    }
    out.golomb(mapped, k, limit - qbpp - 1, qbpp);
    contexts.update(at, error, 1, reset);
  }

  /** Gives the first column behind the run, its interruption included. */
  private int run(int[] above, int[] line, int from) {
    int ra = line[from - 1];
    int x = from;
    while (x <= width && line[x] == ra) {
      x++;
    }
    int length = x - from;
    while (length >= 1 << JpegLsContexts.J[runIndex]) {
      out.bits(1, 1);
      length -= 1 << JpegLsContexts.J[runIndex];
      runIndex = Math.min(runIndex + 1, 31);
    }
    if (x > width) {
      if (length > 0) {
        out.bits(1, 1);
      }
      return x;
    }
    out.bits(length, JpegLsContexts.J[runIndex] + 1);
    interruption(ra, above[x], line[x]);
    runIndex = Math.max(runIndex - 1, 0);
    return x + 1;
  }

  private void interruption(int ra, int rb, int ix) {
    int[] s = contexts.state;
    int type = ra == rb ? 1 : 0;
    int at = JpegLsContexts.runState(type);
    int difference = ra > rb ? rb - ix : ix - rb;
    int error = difference << signShift >> signShift;
    int n = s[at + 3];
    int k = JpegLsContexts.golombParameter(n, s[at] + (type == 1 ? n >> 1 : 0));
    boolean negativeIsOdd = k != 0 || 2 * s[at + 1] >= n;
    int map = error != 0 && error < 0 == negativeIsOdd ? 1 : 0;
    int mapped = 2 * Math.abs(error) - type - map;
    out.golomb(mapped, k, limit - JpegLsContexts.J[runIndex] - 1 - qbpp - 1, qbpp);
    contexts.updateRun(at, type, error, mapped, reset);
  }
}
