package org.heliograph.dicom.data;

/** What a transfer syntax does to pixels (PS3.5 Annex A). */
public enum Compression {
  /** Pixels are as they are, at most deflated with the whole data set. */
  NONE,
  /** Pixels come back exactly. */
  LOSSLESS,
  /** Pixels come back changed, or were changed before. */
  LOSSY,
  /** The syntax allows both: Lossy Image Compression (0028,2110) of the object tells. */
  EITHER,
  /** A private or unknown syntax, or one whose pixels are elsewhere. */
  UNKNOWN
}
