package org.heliograph.archive.catalog;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.heliograph.dicom.data.Uid;

/**
 * Turns the matching of PS3.4 C.2.2.2 into SQL conditions. Column names come from {@link
 * QueryAttribute}; what a person wrote becomes a parameter, never SQL.
 */
final class Criteria {
  private static final int MAX_LIST = 1000;
  private static final Pattern TIME = Pattern.compile("\\d{2}(\\d{2}(\\d{2}(\\.\\d{1,6})?)?)?");
  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  static Criteria of(Search search) {
    var criteria = new Criteria();
    criteria.restrict(search.visibility());
    search.matches().forEach(criteria::match);
    return criteria;
  }

  /** Conditions joined by {@code and}. */
  String sql() {
    return String.join(" and ", conditions);
  }

  Map<String, Object> parameters() {
    return parameters;
  }

  void restrict(Visibility visibility) {
    switch (visibility) {
      case Visibility.StudyUids uids ->
          conditions.add(
              "s.study_instance_uid = any("
                  + parameter(
                      uids.studies().stream().map(u -> u.value().value()).toArray(String[]::new),
                      "text[]")
                  + ")");
      case Visibility.Everything _ -> conditions.add("true");
      case Visibility.OfSite site ->
          conditions.add("s.site_id = " + parameter(site.siteId(), "uuid"));
      case Visibility.Studies studies ->
          conditions.add(
              "s.id = any(" + parameter(studies.studyIds().toArray(Long[]::new), "bigint[]") + ")");
    }
  }

  private void match(int tag, String value) {
    QueryAttribute attribute =
        QueryAttribute.of(tag)
            .orElseThrow(() -> new UnsupportedMatchException(tag, "is not an attribute to match"));
    if (value.isEmpty() || value.equals("*")) {
      return; // universal matching
    }
    if (value.indexOf('\0') >= 0) {
      throw new UnsupportedMatchException(tag, "has a value with a NUL in it");
    }
    switch (attribute.kind()) {
      case UID -> matchUids(attribute, value);
      case TEXT -> matchText(attribute, value);
      case NAME -> matchName(attribute, value);
      case DATE -> matchDate(attribute, value);
      case TIME -> matchTime(attribute, value);
      case NUMBER -> matchNumber(attribute, value);
      case MODALITIES -> matchModalities(attribute, value);
    }
  }

  private void matchUids(QueryAttribute attribute, String value) {
    List<String> uids = Arrays.asList(value.split("[,\\\\]"));
    if (uids.size() > MAX_LIST || !uids.stream().allMatch(Uid::isValid)) {
      throw new UnsupportedMatchException(attribute.tag(), "needs one UID or a list of them");
    }
    conditions.add(
        attribute.column() + " = any(" + parameter(uids.toArray(String[]::new), "text[]") + ")");
  }

  private void matchText(QueryAttribute attribute, String value) {
    conditions.add(
        isWildcard(value)
            ? attribute.column() + " like " + parameter(likePattern(value), "text")
            : attribute.column() + " = " + parameter(value, "text"));
  }

  private void matchName(QueryAttribute attribute, String value) {
    String pattern = parameter(likePattern(NameKey.fold(value)), "text");
    conditions.add(
        "exists (select 1 from unnest(" + attribute.column() + ") k where k like " + pattern + ")");
  }

  private void matchDate(QueryAttribute attribute, String value) {
    int dash = value.indexOf('-');
    LocalDate from = dash == 0 ? FIRST_DAY : day(attribute, dash < 0 ? value : head(value, dash));
    LocalDate to =
        dash == value.length() - 1
            ? LAST_DAY
            : day(attribute, dash < 0 ? value : value.substring(dash + 1));
    conditions.add(
        attribute.column()
            + " between "
            + parameter(from, "date")
            + " and "
            + parameter(to, "date"));
  }

  private static String head(String value, int dash) {
    return value.substring(0, dash);
  }

  private static LocalDate day(QueryAttribute attribute, String value) {
    try {
      return LocalDate.parse(value.strip(), DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException _) {
      throw new UnsupportedMatchException(attribute.tag(), "needs YYYYMMDD or a range of it");
    }
  }

  /** Times are compared as text: HHMMSS orders as time does. */
  private void matchTime(QueryAttribute attribute, String value) {
    int dash = value.indexOf('-');
    String from = dash < 0 ? value : head(value, dash);
    String to = dash < 0 ? value : value.substring(dash + 1);
    if ((!from.isEmpty() && !TIME.matcher(from).matches())
        || (!to.isEmpty() && !TIME.matcher(to).matches())) {
      throw new UnsupportedMatchException(attribute.tag(), "needs HHMMSS or a range of it");
    }
    conditions.add(
        attribute.column()
            + " between "
            + parameter(from, "text")
            + " and "
            + parameter(to + "~", "text")
            + " collate \"C\" and "
            + attribute.column()
            + " <> ''");
  }

  private void matchNumber(QueryAttribute attribute, String value) {
    try {
      conditions.add(
          attribute.column() + " = " + parameter(Integer.valueOf(value.strip()), "integer"));
    } catch (NumberFormatException _) {
      throw new UnsupportedMatchException(attribute.tag(), "needs an integer");
    }
  }

  private void matchModalities(QueryAttribute attribute, String value) {
    conditions.add(
        "exists (select 1 from archive.series m where m.study_ref = s.id and "
            + attribute.column()
            + " = any("
            + parameter(value.split("[,\\\\]"), "text[]")
            + "))");
  }

  private static boolean isWildcard(String value) {
    return value.indexOf('*') >= 0 || value.indexOf('?') >= 0;
  }

  private static String likePattern(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("%", "\\%")
        .replace("_", "\\_")
        .replace('*', '%')
        .replace('?', '_');
  }

  private String parameter(Object value, String type) {
    String name = "m" + parameters.size();
    parameters.put(name, value);
    return "cast(:" + name + " as " + type + ")";
  }
}
