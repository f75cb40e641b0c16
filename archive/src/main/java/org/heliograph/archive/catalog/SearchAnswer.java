package org.heliograph.archive.catalog;

import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.jspecify.annotations.Nullable;

/**
 * One page of answers.
 *
 * @param next for {@link Search#after()}, or null when this was the last page
 */
public record SearchAnswer(List<Dataset> matches, @Nullable Long next) {
  public SearchAnswer {
    matches = List.copyOf(matches);
  }

  @Override
  public String toString() {
    return "SearchAnswer[" + matches.size() + " matches]";
  }
}
