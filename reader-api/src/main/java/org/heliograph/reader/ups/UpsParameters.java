package org.heliograph.reader.ups;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.dicomweb.SearchRequest;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** What stands in the addresses of UPS-RS requests. */
final class UpsParameters {
  private static final int MAX_KEYS = 50;
  private static final int MAX_CHARS = 4096;
  private static final Set<String> NOT_KEYS = Set.of("deletionlock", "filter", "accept", "charset");

  private UpsParameters() {}

  /**
   * A UID that the standard gives as the query itself ({@code ?1.2.3}), and that programs also give
   * by a name; null where there is none.
   */
  static @Nullable String uid(Map<String, String[]> parameters, String... names) {
    String found = null;
    for (String name : names) {
      String[] values = parameters.get(name);
      found = values == null ? found : values[0];
    }
    for (String name : parameters.keySet()) {
      boolean bare = name.indexOf('.') > 0 && parameters.get(name)[0].isEmpty();
      found = bare ? name : found;
    }
    if (found != null && !Uid.isValid(found)) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, names[0], "not a UID");
    }
    return found;
  }

  static AeTitle aeTitle(String text) {
    try {
      return new AeTitle(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, e, "aetitle", "not an AE title");
    }
  }

  static boolean deletionLock(Map<String, String[]> parameters) {
    String[] values = parameters.get("deletionlock");
    return switch (values == null ? "false" : values[0]) {
      case "true", "TRUE", "" -> true;
      case "false", "FALSE" -> false;
      default ->
          throw new ProblemException(
              ProblemCode.INVALID_FIELD, "deletionlock", "neither true nor false");
    };
  }

  /**
   * The keys of a filtered subscription: {@code filter=a=1,b=2} as the standard has it, or as those
   * of a search, which many programs send.
   */
  static MatchKeys filter(Map<String, String[]> parameters) {
    Map<String, String[]> keys = new LinkedHashMap<>();
    for (String pair : pairs(parameters.getOrDefault("filter", new String[0]))) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new ProblemException(
            ProblemCode.SEARCH_NOT_UNDERSTOOD, "filter is not attribute=value,…");
      }
      keys.put(pair.substring(0, equals), new String[] {pair.substring(equals + 1)});
    }
    parameters.forEach((name, values) -> {
      if (!NOT_KEYS.contains(name)) {
        keys.put(name, values);
      }
    });
    var found = MatchKeys.of(SearchRequest.of(QueryLevel.STUDY, Map.of(), keys));
    if (found.keys().isEmpty()
        || found.keys().size() > MAX_KEYS
        || found.toJson().length() > MAX_CHARS) {
      throw new ProblemException(
          ProblemCode.SEARCH_NOT_UNDERSTOOD, "a filter has 1 to " + MAX_KEYS + " keys");
    }
    return found;
  }

  /** Split at commas; what has no equals sign goes on with the value before it. */
  private static List<String> pairs(String[] filters) {
    List<String> pairs = new ArrayList<>();
    for (String filter : filters) {
      for (String part : filter.split(",", -1)) {
        if (part.indexOf('=') < 0 && !pairs.isEmpty()) {
          pairs.set(pairs.size() - 1, pairs.getLast() + "," + part);
        } else {
          pairs.add(part);
        }
      }
    }
    return pairs;
  }
}
