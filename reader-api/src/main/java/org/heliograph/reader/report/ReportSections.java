package org.heliograph.reader.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The written parts of a report, each plain text of any length up to {@link #MAX_CHARACTERS}; an
 * empty part is left out when printed. Its text is patient data and is not shown by toString.
 */
public record ReportSections(
    String technique,
    String comparison,
    String findings,
    String impression,
    String recommendation) {
  /** Longest text of one part, in UTF-16 units. */
  public static final int MAX_CHARACTERS = 20_000;

  public static final ReportSections EMPTY = new ReportSections("", "", "", "", "");

  /** Parts by their heading in print order, without the empty ones. */
  Map<String, String> written() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("Technique", technique);
    parts.put("Comparison", comparison);
    parts.put("Findings", findings);
    parts.put("Impression", impression);
    parts.put("Recommendation", recommendation);
    parts.values().removeIf(String::isBlank);
    return parts;
  }

  @Override
  public String toString() {
    return "ReportSections[***]";
  }
}
