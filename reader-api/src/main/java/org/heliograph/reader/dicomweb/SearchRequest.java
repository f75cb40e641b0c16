package org.heliograph.reader.dicomweb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.archive.catalog.Search;
import org.heliograph.archive.catalog.Visibility;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.DictionaryEntry;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/** The query of a QIDO-RS request (PS3.18 8.3.4). */
record SearchRequest(
    QueryLevel level, Map<Integer, String> matches, Set<Integer> include, int limit, long offset) {
  private static final Pattern TAG = Pattern.compile("[0-9A-Fa-f]{8}");
  private static final int DEFAULT_LIMIT = 100;

  SearchRequest {
    matches = Map.copyOf(matches);
    include = Set.copyOf(include);
  }

  /**
   * @param path what the address itself fixes, such as the study
   */
  static SearchRequest of(
      QueryLevel level, Map<Integer, String> path, Map<String, String[]> parameters) {
    Map<Integer, String> matches = new HashMap<>(path);
    Set<Integer> include = new HashSet<>();
    long limit = DEFAULT_LIMIT;
    long offset = 0;
    for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
      List<String> values = List.of(parameter.getValue());
      switch (parameter.getKey()) {
        case "limit" -> limit = number("limit", values);
        case "offset" -> offset = number("offset", values);
        case "includefield" -> values.forEach(value -> addFields(value, include));
        case "fuzzymatching" -> {} // names match without regard to case in any way
        default -> matches.put(tag(parameter.getKey()), String.join(",", values));
      }
    }
    path.forEach(matches::put);
    return new SearchRequest(
        level, matches, include, Math.clamp(limit, 1, Search.MAX_LIMIT), offset);
  }

  Search search(Visibility visibility) {
    return new Search(level, visibility, matches, include, limit, offset, null);
  }

  private static void addFields(String value, Set<Integer> include) {
    for (String field : value.split(",", -1)) {
      if (!field.equals("all") && !field.isBlank()) {
        include.add(tag(field));
      }
    }
  }

  private static int tag(String name) {
    if (TAG.matcher(name).matches()) {
      return Integer.parseUnsignedInt(name, 16);
    }
    return Dictionary.byKeyword(name)
        .map(DictionaryEntry::tag)
        .orElseThrow(() ->
            new ProblemException(
                ProblemCode.SEARCH_NOT_UNDERSTOOD, "a parameter names no DICOM attribute"));
  }

  private static long number(String name, List<String> values) {
    try {
      long number = Long.parseLong(values.getFirst());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new ProblemException(
        ProblemCode.SEARCH_NOT_UNDERSTOOD, name + " is not a whole number from 0 on");
  }

  @Override
  public String toString() {
    return "SearchRequest[" + level + "]";
  }
}
