package org.heliograph.archive.catalog;

/** What one answer of a search stands for (PS3.4 C.6.1.1, PS3.18 10.6). */
public enum QueryLevel {
  PATIENT,
  STUDY,
  SERIES,
  INSTANCE
}
