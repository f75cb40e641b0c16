package org.heliograph.archive.catalog;

/** What one answer of a search stands for (PS3.18 10.6). */
public enum QueryLevel {
  STUDY,
  SERIES,
  INSTANCE
}
