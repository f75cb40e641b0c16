package org.heliograph.archive.catalog;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A QIDO-RS search (PS3.18 8.3.4, 10.6).
 *
 * @param matches attribute → value to match: a UID list, a range of dates, a wildcard or a plain
 *     value (PS3.4 C.2.2.2); an empty value matches everything
 * @param include further attributes to return of each instance, out of its header
 * @param after the {@link SearchAnswer#next()} of the page before
 */
public record Search(
    QueryLevel level,
    Visibility visibility,
    Map<Integer, String> matches,
    Set<Integer> include,
    int limit,
    long offset,
    @Nullable Long after) {
  public static final int MAX_LIMIT = 1000;

  public Search {
    matches = Map.copyOf(matches);
    include = Set.copyOf(include);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit " + limit + " is not in 1.." + MAX_LIMIT);
    }
    if (offset < 0) {
      throw new IllegalArgumentException("offset " + offset + " is negative");
    }
  }

  @Override
  public String toString() {
    return "Search[" + level + ", " + matches.size() + " matches]";
  }
}
