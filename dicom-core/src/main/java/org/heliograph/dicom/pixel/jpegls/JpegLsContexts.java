package org.heliograph.dicom.pixel.jpegls;

import java.util.Arrays;

/** What encoder and decoder learn alike during a scan (ITU-T T.87 A.2, A.6, A.7). */
final class JpegLsContexts {

  /** Orders of run lengths, indexed by RUNindex. */
  static final int[] J = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };

  private static final int REGULAR = 365;

  /** A, B, C and N of each regular context; A, Nn, nothing and N of the two of runs behind. */
  final int[] state = new int[(REGULAR + 2) * 4];

  /** The region of a gradient, at {@code zero + gradient}: -4 to 4. */
  final byte[] regions;

  final int zero;

  JpegLsContexts(JpegLsParameters p) {
    int a = Math.max(2, (p.range() + 32) / 64);
    for (int i = 0; i < state.length; i += 4) {
      state[i] = a;
      state[i + 3] = 1;
    }
    zero = p.maxVal();
    regions = new byte[2 * zero + 1];
    Arrays.fill(regions, 0, zero - p.near(), (byte) -1);
    Arrays.fill(regions, 0, zero - p.t1() + 1, (byte) -2);
    Arrays.fill(regions, 0, zero - p.t2() + 1, (byte) -3);
    Arrays.fill(regions, 0, zero - p.t3() + 1, (byte) -4);
    Arrays.fill(regions, zero + p.near() + 1, regions.length, (byte) 1);
    Arrays.fill(regions, zero + p.t1(), regions.length, (byte) 2);
    Arrays.fill(regions, zero + p.t2(), regions.length, (byte) 3);
    Arrays.fill(regions, zero + p.t3(), regions.length, (byte) 4);
  }

  /** The smallest k with {@code n << k >= a}. */
  static int golombParameter(int n, int a) {
    int k = Integer.numberOfLeadingZeros(n) - Integer.numberOfLeadingZeros(a);
    if (k < 0) {
      return 0;
    }
    return n << k < a ? k + 1 : k;
  }

  /** The median edge detector of A.4.1. */
  static int predict(int ra, int rb, int rc) {
    int high = Math.max(ra, rb);
    int low = Math.min(ra, rb);
    if (rc >= high) {
      return low;
    }
    return rc <= low ? high : ra + rb - rc;
  }

  /** Where the state of a run interruption begins, by RItype. */
  static int runState(int type) {
    return (REGULAR + type) * 4;
  }

  /**
   * Counts one more error in a regular context (A.6).
   *
   * @param step 2 × NEAR + 1
   */
  void update(int at, int error, int step, int reset) {
    int[] s = state;
    int a = s[at] + Math.abs(error);
    int b = s[at + 1] + error * step;
    int n = s[at + 3];
    if (n == reset) {
      a >>= 1;
      b >>= 1;
      n >>= 1;
    }
    n++;
    if (b <= -n) {
      s[at + 2] = Math.max(s[at + 2] - 1, -128);
      b = Math.max(b + n, 1 - n);
    } else if (b > 0) {
      s[at + 2] = Math.min(s[at + 2] + 1, 127);
      b = Math.min(b - n, 0);
    }
    s[at] = a;
    s[at + 1] = b;
    s[at + 3] = n;
  }

  /** Counts one more error of a run interruption (A.7.2). */
  void updateRun(int at, int type, int error, int mapped, int reset) {
    if (error < 0) {
      state[at + 1]++;
    }
    state[at] += (mapped + 1 - type) >> 1;
    if (state[at + 3] == reset) {
      state[at] >>= 1;
      state[at + 1] >>= 1;
      state[at + 3] >>= 1;
    }
    state[at + 3]++;
  }
}
