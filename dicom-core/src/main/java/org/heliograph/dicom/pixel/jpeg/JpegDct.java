package org.heliograph.dicom.pixel.jpeg;

/** The discrete cosine transform of 8 × 8 samples and its inverse (ITU-T T.81 A.3.3), in place. */
final class JpegDct {

  private static final float C1 = cosine(1);
  private static final float C2 = cosine(2);
  private static final float C3 = cosine(3);
  private static final float C4 = cosine(4);
  private static final float C5 = cosine(5);
  private static final float C6 = cosine(6);
  private static final float C7 = cosine(7);

  private JpegDct() {}

  private static float cosine(int k) {
    return (float) (Math.cos(k * Math.PI / 16) / 2);
  }

  static void inverse(float[] block) {
    for (int i = 0; i < 8; i++) {
      inverse(block, i, 8);
    }
    for (int i = 0; i < 64; i += 8) {
      inverse(block, i, 1);
    }
  }

  static void forward(float[] block) {
    for (int i = 0; i < 64; i += 8) {
      forward(block, i, 1);
    }
    for (int i = 0; i < 8; i++) {
      forward(block, i, 8);
    }
  }

  private static void inverse(float[] v, int i, int step) {
    float x1 = v[i + step];
    float x3 = v[i + 3 * step];
    float x5 = v[i + 5 * step];
    float x7 = v[i + 7 * step];
    float sum = (v[i] + v[i + 4 * step]) * C4;
    float difference = (v[i] - v[i + 4 * step]) * C4;
    float high = v[i + 2 * step] * C2 + v[i + 6 * step] * C6;
    float low = v[i + 2 * step] * C6 - v[i + 6 * step] * C2;
    float o0 = x1 * C1 + x3 * C3 + x5 * C5 + x7 * C7;
    float o1 = x1 * C3 - x3 * C7 - x5 * C1 - x7 * C5;
    float o2 = x1 * C5 - x3 * C1 + x5 * C7 + x7 * C3;
    float o3 = x1 * C7 - x3 * C5 + x5 * C3 - x7 * C1;
    v[i] = sum + high + o0;
    v[i + 7 * step] = sum + high - o0;
    v[i + step] = difference + low + o1;
    v[i + 6 * step] = difference + low - o1;
    v[i + 2 * step] = difference - low + o2;
    v[i + 5 * step] = difference - low - o2;
    v[i + 3 * step] = sum - high + o3;
    v[i + 4 * step] = sum - high - o3;
  }

  private static void forward(float[] v, int i, int step) {
    float s0 = v[i] + v[i + 7 * step];
    float s1 = v[i + step] + v[i + 6 * step];
    float s2 = v[i + 2 * step] + v[i + 5 * step];
    float s3 = v[i + 3 * step] + v[i + 4 * step];
    float d0 = v[i] - v[i + 7 * step];
    float d1 = v[i + step] - v[i + 6 * step];
    float d2 = v[i + 2 * step] - v[i + 5 * step];
    float d3 = v[i + 3 * step] - v[i + 4 * step];
    v[i] = (s0 + s1 + s2 + s3) * C4;
    v[i + 4 * step] = (s0 - s1 - s2 + s3) * C4;
    v[i + 2 * step] = (s0 - s3) * C2 + (s1 - s2) * C6;
    v[i + 6 * step] = (s0 - s3) * C6 - (s1 - s2) * C2;
    v[i + step] = d0 * C1 + d1 * C3 + d2 * C5 + d3 * C7;
    v[i + 3 * step] = d0 * C3 - d1 * C7 - d2 * C1 - d3 * C5;
    v[i + 5 * step] = d0 * C5 - d1 * C1 + d2 * C7 + d3 * C3;
    v[i + 7 * step] = d0 * C7 - d1 * C5 + d2 * C3 - d3 * C1;
  }
}
