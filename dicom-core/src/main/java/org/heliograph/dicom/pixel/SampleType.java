package org.heliograph.dicom.pixel;

/** What the cells of an image hold: which of the three Pixel Data attributes it has (C.7.6.24). */
public enum SampleType {
  /** Pixel Data (7FE0,0010). */
  INTEGER,
  /** Float Pixel Data (7FE0,0008), IEEE 754 binary32. */
  FLOAT,
  /** Double Float Pixel Data (7FE0,0009), IEEE 754 binary64. */
  DOUBLE
}
