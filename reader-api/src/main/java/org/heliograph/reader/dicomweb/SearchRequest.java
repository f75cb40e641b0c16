package org.heliograph.reader.dicomweb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.heliograph.archive.catalog.IncludedFields;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.archive.catalog.Search;
import org.heliograph.archive.catalog.Search.Counting;
import org.heliograph.archive.catalog.Search.DateTimeMatching;
import org.heliograph.archive.catalog.Search.NameMatching;
import org.heliograph.archive.catalog.Visibility;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.DictionaryEntry;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/**
 * The query of a QIDO-RS request (PS3.18 8.3.4, 10.6.1.2).
 *
 * @param itemMatches sequence → keys of one of its items
 * @param ignored paths that are deeper than the catalog matches
 * @param limit at most {@link Search#MAX_LIMIT}
 * @param wanted the limit as asked; the largest number where none was
 */
public record SearchRequest(
    QueryLevel level,
    Map<Integer, String> matches,
    Map<Integer, Map<Integer, String>> itemMatches,
    Set<Integer> ignored,
    IncludedFields include,
    NameMatching names,
    int limit,
    long wanted,
    long offset) {
  private static final Pattern TAG = Pattern.compile("[0-9A-Fa-f]{8}");
  private static final int MAX_PATH = 5;

  public SearchRequest {
    matches = Map.copyOf(matches);
    itemMatches = Map.copyOf(itemMatches);
    ignored = Set.copyOf(ignored);
  }

  /**
   * @param path what the address itself fixes, such as the study
   */
  public static SearchRequest of(
      QueryLevel level, Map<Integer, String> path, Map<String, String[]> parameters) {
    Map<Integer, String> matches = new HashMap<>();
    Map<Integer, Map<Integer, String>> itemMatches = new HashMap<>();
    Set<Integer> ignored = new LinkedHashSet<>();
    Set<List<Integer>> include = new HashSet<>();
    boolean all = false;
    var names = NameMatching.LITERAL;
    long wanted = Long.MAX_VALUE;
    long offset = 0;
    for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
      List<String> values = List.of(parameter.getValue());
      switch (parameter.getKey()) {
        case "limit" -> wanted = number("limit", values);
        case "offset" -> offset = number("offset", values);
        case "includefield" -> all |= addFields(values, include);
        case "fuzzymatching" -> names = isTrue("fuzzymatching", values);
        case "accept" -> {} // read as the Accept header is
        default -> {
          List<Integer> key = path(parameter.getKey());
          String value = String.join("\\", values);
          switch (key.size()) {
            case 1 -> matches.put(key.getFirst(), value);
            case 2 ->
                itemMatches
                    .computeIfAbsent(key.getFirst(), _ -> new HashMap<>())
                    .put(key.getLast(), value);
            default -> ignored.add(key.getFirst());
          }
        }
      }
    }
    matches.putAll(path);
    return new SearchRequest(
        level,
        matches,
        itemMatches,
        ignored,
        new IncludedFields(all, include),
        names,
        Math.clamp(wanted == Long.MAX_VALUE ? Search.DEFAULT_LIMIT : wanted, 1, Search.MAX_LIMIT),
        wanted,
        offset);
  }

  Search search(Visibility visibility) {
    Search.Builder search =
        Search.of(level, visibility)
            .match(matches)
            .include(include)
            .names(names)
            .dateTimes(DateTimeMatching.COMBINED)
            .limit(limit)
            .offset(offset)
            .counting(Counting.IF_FEW);
    itemMatches.forEach(
        (sequence, keys) -> keys.forEach((tag, value) -> search.match(sequence, tag, value)));
    return search.build();
  }

  private static boolean addFields(List<String> values, Set<List<Integer>> include) {
    boolean all = false;
    for (String value : values) {
      for (String field : value.split(",", -1)) {
        if (field.equals("all")) {
          all = true;
        } else if (!field.isBlank()) {
          include.add(path(field.strip()));
        }
      }
    }
    return all;
  }

  /** Tags or keywords, from a sequence to what is in its items, separated by dots. */
  private static List<Integer> path(String name) {
    List<Integer> tags = new ArrayList<>();
    for (String step : name.split("\\.", -1)) {
      tags.add(tag(step));
    }
    if (tags.size() > MAX_PATH) {
      throw new ProblemException(
          ProblemCode.SEARCH_NOT_UNDERSTOOD, "a path has more than " + MAX_PATH + " attributes");
    }
    return List.copyOf(tags);
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

  private static NameMatching isTrue(String name, List<String> values) {
    return switch (values.getFirst()) {
      case "true" -> NameMatching.FUZZY;
      case "false" -> NameMatching.LITERAL;
      default ->
          throw new ProblemException(
              ProblemCode.SEARCH_NOT_UNDERSTOOD, name + " is neither true nor false");
    };
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
