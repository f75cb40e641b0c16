package org.heliograph.reader.cases;

/**
 * The side of a paired body part, with the codes of Image Laterality (0020,0062), PS3.3 C.7.6.1.
 */
public enum Laterality {
  R,
  L,
  B,
  U
}
