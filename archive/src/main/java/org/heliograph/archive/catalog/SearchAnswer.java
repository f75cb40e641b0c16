package org.heliograph.archive.catalog;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.jspecify.annotations.Nullable;

/**
 * One page of answers.
 *
 * @param next for {@link Search#after()}, or null when this was the last page
 * @param total how many answers all pages have, where that was asked for and is few enough to be
 *     counted
 * @param ignored keys of the search that are known but not matched: every value matched them
 */
public record SearchAnswer(
    List<Dataset> matches, @Nullable Position next, OptionalLong total, Set<Integer> ignored) {
  public SearchAnswer {
    matches = List.copyOf(matches);
    ignored = Set.copyOf(ignored);
  }

  @Override
  public String toString() {
    return "SearchAnswer[" + matches.size() + " matches]";
  }
}
