package org.heliograph.dicom.pixel;

import java.util.Optional;

/** Photometric Interpretation (0028,0004), PS3.3 C.7.6.3.1.2. */
public enum PhotometricInterpretation {
  MONOCHROME1("MONOCHROME1", 1),
  MONOCHROME2("MONOCHROME2", 1),
  PALETTE_COLOR("PALETTE COLOR", 1),
  RGB("RGB", 3),
  YBR_FULL("YBR_FULL", 3),
  YBR_FULL_422("YBR_FULL_422", 3),
  YBR_PARTIAL_422("YBR_PARTIAL_422", 3),
  YBR_PARTIAL_420("YBR_PARTIAL_420", 3),
  YBR_ICT("YBR_ICT", 3),
  YBR_RCT("YBR_RCT", 3);

  private final String term;
  private final int samplesPerPixel;

  PhotometricInterpretation(String term, int samplesPerPixel) {
    this.term = term;
    this.samplesPerPixel = samplesPerPixel;
  }

  /** The defined term as it stands in a data set. */
  public String term() {
    return term;
  }

  /** Samples per Pixel (0028,0002) that the term demands. */
  public int samplesPerPixel() {
    return samplesPerPixel;
  }

  public boolean isMonochrome() {
    return this == MONOCHROME1 || this == MONOCHROME2;
  }

  /** Luminance and chrominance, full range 0 to 255. */
  boolean isYbr() {
    return samplesPerPixel == 3 && this != RGB;
  }

  public static Optional<PhotometricInterpretation> of(String term) {
    for (PhotometricInterpretation candidate : values()) {
      if (candidate.term.equals(term)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
