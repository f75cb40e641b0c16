package org.heliograph.dicom.pixel.render;

/** VOI LUT Function (0028,1056). */
public enum VoiLutFunction {
  LINEAR,
  LINEAR_EXACT,
  SIGMOID;

  /** The function of that term; LINEAR for an absent or unknown one, as the standard defaults. */
  public static VoiLutFunction of(String term) {
    for (VoiLutFunction function : values()) {
      if (function.name().equals(term)) {
        return function;
      }
    }
    return LINEAR;
  }
}
