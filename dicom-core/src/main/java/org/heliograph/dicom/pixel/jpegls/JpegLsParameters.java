package org.heliograph.dicom.pixel.jpegls;

import org.heliograph.dicom.pixel.codec.CodecException;

/** Coding parameters of a scan with the defaults of ITU-T T.87 C.2.4.1.1. */
record JpegLsParameters(int maxVal, int near, int t1, int t2, int t3, int reset) {

  /** What an LSE segment of type 1 preset; zeros stand for the defaults. */
  record Preset(int maxVal, int t1, int t2, int t3, int reset) {
    static final Preset NONE = new Preset(0, 0, 0, 0, 0);
  }

  static JpegLsParameters of(int precision, int near, Preset preset) throws CodecException {
    int most = (1 << precision) - 1;
    int maxVal = preset.maxVal == 0 ? most : preset.maxVal;
    if (maxVal > most || near > Math.min(255, maxVal / 2)) {
      throw CodecException.damaged("JPEG-LS parameters are invalid");
    }
    int d1;
    int d2;
    int d3;
    if (maxVal >= 128) {
      int factor = (Math.min(maxVal, 4095) + 128) / 256;
      d1 = clamp(factor + 2 + 3 * near, near + 1, maxVal);
      d2 = clamp(factor * 4 + 3 + 5 * near, d1, maxVal);
      d3 = clamp(factor * 17 + 4 + 7 * near, d2, maxVal);
    } else {
      int factor = 256 / (maxVal + 1);
      d1 = clamp(Math.max(2, 3 / factor + 3 * near), near + 1, maxVal);
      d2 = clamp(Math.max(3, 7 / factor + 5 * near), d1, maxVal);
      d3 = clamp(Math.max(4, 21 / factor + 7 * near), d2, maxVal);
    }
    JpegLsParameters parameters =
        new JpegLsParameters(
            maxVal,
            near,
            preset.t1 == 0 ? d1 : preset.t1,
            preset.t2 == 0 ? d2 : preset.t2,
            preset.t3 == 0 ? d3 : preset.t3,
            preset.reset == 0 ? 64 : preset.reset);
    if (parameters.t1 <= near
        || parameters.t2 < parameters.t1
        || parameters.t3 < parameters.t2
        || parameters.t3 > maxVal
        || parameters.reset < 3) {
      throw CodecException.damaged("JPEG-LS parameters are invalid");
    }
    return parameters;
  }

  private static int clamp(int value, int low, int maxVal) {
    return value > maxVal || value < low ? low : value;
  }

  int range() {
    return (maxVal + 2 * near) / (2 * near + 1) + 1;
  }

  int qbpp() {
    return 32 - Integer.numberOfLeadingZeros(range() - 1);
  }

  int limit() {
    int bpp = Math.max(2, 32 - Integer.numberOfLeadingZeros(maxVal));
    return 2 * (bpp + Math.max(8, bpp));
  }
}
