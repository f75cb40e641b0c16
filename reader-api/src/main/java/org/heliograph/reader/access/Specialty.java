package org.heliograph.reader.access;

/** Who reads it. */
public enum Specialty {
  RADIOLOGY,
  DERMATOLOGY
}
