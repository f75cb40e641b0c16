package org.heliograph.dicom.pixel.jpegls;

/**
 * Encodes the lines of one scan (ITU-T T.87 Annex A; names as there). Values take the whole range
 * of a power of two. Near-lossless, a line holds afterwards what a decoder will make of it.
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
  private final int near;
  private final int step;
  private final int range;
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
    this.near = p.near();
    this.step = 2 * near + 1;
    this.range = p.range();
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
        int prediction = JpegLsContexts.predict(ra, rb, rc);
        if (near == 0) {
          ra = line[x];
          regular(q, ra, prediction);
        } else {
          ra = regularNear(q, line[x], prediction);
          line[x] = ra;
        }
        x++;
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

  /** Gives what a decoder makes of the sample: not further off than NEAR. */
  private int regularNear(int q, int ix, int prediction) {
    int[] s = contexts.state;
    int sign = q >> 31;
    int at = ((q ^ sign) - sign) * 4;
    int c = s[at + 2];
    int px = Math.min(Math.max(prediction + ((c ^ sign) - sign), 0), maxVal);
    int quantized = quantized(((ix - px) ^ sign) - sign);
    int rx = reconstruct(px, (quantized ^ sign) - sign);
    int error = withinRange(quantized);
    int k = JpegLsContexts.golombParameter(s[at + 3], s[at]);
    out.golomb(error << 1 ^ error >> 31, k, limit - qbpp - 1, qbpp);
    contexts.update(at, error, step, reset);
    return rx;
  }

  private int quantized(int error) {
    return error > 0 ? (error + near) / step : -((near - error) / step);
  }

  private int withinRange(int quantized) {
    int error = quantized < 0 ? quantized + range : quantized;
    return error >= (range + 1) / 2 ? error - range : error;
  }

  private int reconstruct(int px, int quantized) {
    return Math.clamp(px + (long) quantized * step, 0, maxVal);
  }

  /** Gives the first column behind the run, its interruption included. */
  private int run(int[] above, int[] line, int from) {
    int ra = line[from - 1];
    int x = from;
    while (x <= width && Math.abs(line[x] - ra) <= near) {
      line[x++] = ra;
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
    line[x] = interruption(ra, above[x], line[x]);
    runIndex = Math.max(runIndex - 1, 0);
    return x + 1;
  }

  /** Gives what a decoder makes of the sample. */
  private int interruption(int ra, int rb, int ix) {
    int[] s = contexts.state;
    int type = Math.abs(ra - rb) <= near ? 1 : 0;
    int at = JpegLsContexts.runState(type);
    boolean mirrored = type == 0 && ra > rb;
    int base = type == 1 ? ra : rb;
    int difference = mirrored ? base - ix : ix - base;
    int rx = ix;
    int error = difference << signShift >> signShift;
    if (near > 0) {
      int quantized = quantized(difference);
      rx = reconstruct(base, mirrored ? -quantized : quantized);
      error = withinRange(quantized);
    }
    int n = s[at + 3];
    int k = JpegLsContexts.golombParameter(n, s[at] + (type == 1 ? n >> 1 : 0));
    boolean negativeIsOdd = k != 0 || 2 * s[at + 1] >= n;
    int map = error != 0 && error < 0 == negativeIsOdd ? 1 : 0;
    int mapped = 2 * Math.abs(error) - type - map;
    out.golomb(mapped, k, limit - JpegLsContexts.J[runIndex] - 1 - qbpp - 1, qbpp);
    contexts.updateRun(at, type, error, mapped, reset);
    return rx;
  }
}
