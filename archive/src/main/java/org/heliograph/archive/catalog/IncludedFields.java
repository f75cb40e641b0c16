package org.heliograph.archive.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Attributes to return beside the usual ones, taken from headers (PS3.18 8.3.4.3).
 *
 * @param all everything that belongs to the level
 * @param paths attributes, or attributes in the items of a sequence: the sequence's tag comes first
 */
public record IncludedFields(boolean all, Set<List<Integer>> paths) {
  public static final IncludedFields NONE = new IncludedFields(false, Set.of());
  public static final IncludedFields ALL = new IncludedFields(true, Set.of());

  public IncludedFields {
    paths = paths.stream().map(List::copyOf).collect(Collectors.toUnmodifiableSet());
  }

  /** Attributes of the level itself. */
  public static IncludedFields of(Integer... tags) {
    return new IncludedFields(
        false, Arrays.stream(tags).map(List::of).collect(Collectors.toUnmodifiableSet()));
  }

  boolean isEmpty() {
    return !all && paths.isEmpty();
  }
}
