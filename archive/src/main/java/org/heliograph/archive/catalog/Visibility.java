package org.heliograph.archive.catalog;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Which studies an answer may speak of. The archive knows no people: the caller decides, and every
 * query of the catalog carries the decision into its SQL.
 */
public sealed interface Visibility {
  /** Every study; for the system's own work and for roles that may see all. */
  record Everything() implements Visibility {}

  /** The studies of one site. */
  record OfSite(UUID siteId) implements Visibility {}

  /** These studies, by our own ids. */
  record Studies(List<Long> studyIds) implements Visibility {
    public Studies {
      studyIds = List.copyOf(studyIds);
    }
  }

  static Visibility everything() {
    return new Everything();
  }

  static Visibility ofSite(UUID siteId) {
    return new OfSite(siteId);
  }

  static Visibility ofStudies(Collection<Long> studyIds) {
    return new Studies(List.copyOf(studyIds));
  }
}
