package org.heliograph.archive.catalog;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.heliograph.dicom.data.StudyInstanceUid;

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

  /** These studies, by their UIDs. */
  record StudyUids(List<StudyInstanceUid> studies) implements Visibility {
    public StudyUids {
      studies = List.copyOf(studies);
    }

    @Override
    public String toString() {
      return "StudyUids[" + studies.size() + "]";
    }
  }

  /**
   * The studies that an SQL function of the caller, in the same database, gives for a person in its
   * column {@code study_instance_uid}: the rule stays where it is and is asked in the query itself.
   */
  record Granted(String function, UUID viewer) implements Visibility {
    private static final Pattern NAME = Pattern.compile("[a-z_]+\\.[a-z_]+");

    public Granted {
      if (!NAME.matcher(function).matches()) {
        throw new IllegalArgumentException("not the name of a function");
      }
    }
  }

  static Visibility ofStudyUids(Collection<StudyInstanceUid> studies) {
    return new StudyUids(List.copyOf(studies));
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
