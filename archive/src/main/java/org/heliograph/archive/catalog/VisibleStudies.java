package org.heliograph.archive.catalog;

/** What a caller may see as a condition on {@code archive.study s}. */
final class VisibleStudies {
  private VisibleStudies() {}

  static String condition(Visibility visibility, Parameters parameters) {
    return switch (visibility) {
      case Visibility.Everything _ -> "true";
      case Visibility.OfSite site -> "s.site_id = " + parameters.add(site.siteId(), "uuid");
      case Visibility.StudyUids uids ->
          "s.study_instance_uid = any("
              + parameters.add(
                  uids.studies().stream().map(u -> u.value().value()).toArray(String[]::new),
                  "text[]")
              + ")";
      case Visibility.Studies studies ->
          "s.id = any(" + parameters.add(studies.studyIds().toArray(Long[]::new), "bigint[]") + ")";
      case Visibility.Granted granted ->
          "exists (select 1 from "
              + granted.function()
              + "("
              + parameters.add(granted.viewer(), "uuid")
              + ") v where v.study_instance_uid = s.study_instance_uid)";
    };
  }
}
