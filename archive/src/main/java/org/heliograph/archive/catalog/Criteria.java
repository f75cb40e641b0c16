package org.heliograph.archive.catalog;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.archive.catalog.QueryAttribute.Place;
import org.heliograph.archive.catalog.Search.DateTimeMatching;
import org.heliograph.archive.catalog.Search.NameMatching;
import org.heliograph.dicom.data.DateRange;
import org.heliograph.dicom.data.DicomDateTime;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TimeRange;
import org.heliograph.dicom.data.Vr;
import org.jspecify.annotations.Nullable;

/**
 * Turns the keys of a search into SQL conditions for each table. Columns come from {@link
 * QueryAttribute}.
 */
final class Criteria {
  /** Asks for an attribute without a value (PS3.4 C.2.2.2.7). */
  private static final String EMPTY_VALUE = "\"\"";

  private static final Map<QueryAttribute, QueryAttribute> TIME_BESIDE =
      Map.of(
          QueryAttribute.STUDY_DATE, QueryAttribute.STUDY_TIME,
          QueryAttribute.PERFORMED_PROCEDURE_STEP_START_DATE,
              QueryAttribute.PERFORMED_PROCEDURE_STEP_START_TIME);

  private final Map<Place, List<String>> conditions = new EnumMap<>(Place.class);
  private final Set<Integer> ignored = new LinkedHashSet<>();
  private final Parameters parameters = new Parameters();
  private String visible = "true";
  private final ValueMatching values;
  private final TimeMatching times;

  private Criteria(NameMatching names) {
    this.values = new ValueMatching(parameters, names);
    this.times = new TimeMatching(parameters);
  }

  static Criteria of(Visibility visibility) {
    var criteria = new Criteria(NameMatching.LITERAL);
    criteria.restrict(visibility);
    return criteria;
  }

  static Criteria of(Search search) {
    var criteria = new Criteria(search.names());
    criteria.restrict(search.visibility());
    ZoneOffset zone = zone(search);
    boolean moments = zone != null || search.dateTimes() == DateTimeMatching.COMBINED;
    Set<Integer> done = moments ? criteria.matchMoments(search, zone) : Set.of();
    search
        .matches()
        .forEach((tag, value) -> {
          if (!done.contains(tag) && isKey(tag, value)) {
            criteria.match(QueryAttribute.of(tag).orElse(null), tag, value);
          }
        });
    search
        .itemMatches()
        .forEach((sequence, item) ->
            item.forEach((tag, value) -> {
              if (isKey(tag, value)) {
                criteria.match(QueryAttribute.of(sequence, tag).orElse(null), sequence, value);
              }
            }));
    return criteria;
  }

  private static @Nullable ZoneOffset zone(Search search) {
    String offset = search.matches().getOrDefault(Tag.TimezoneOffsetFromUTC, "");
    return offset.isEmpty()
        ? null
        : DicomDateTime.parseOffset(offset)
            .orElseThrow(
                () -> new UnsupportedMatchException(Tag.TimezoneOffsetFromUTC, "needs &ZZXX"));
  }

  /** Whether the value asks for anything: an empty one and a star match all. */
  private static boolean isKey(int tag, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new UnsupportedMatchException(tag, "has a value with a NUL in it");
    }
    return !value.isBlank()
        && !value.equals("*")
        && tag != Tag.TimezoneOffsetFromUTC
        && tag != Tag.SpecificCharacterSet;
  }

  /** Matches dates and the times beside them together; returns which keys that settles. */
  private Set<Integer> matchMoments(Search search, @Nullable ZoneOffset zone) {
    Set<Integer> done = new LinkedHashSet<>();
    TIME_BESIDE.forEach((date, time) -> {
      String day = search.matches().getOrDefault(date.tag(), "");
      String clock = search.matches().getOrDefault(time.tag(), "");
      if (isKey(date.tag(), day) && !day.equals(EMPTY_VALUE) && !clock.equals(EMPTY_VALUE)) {
        DateRange dates = TimeMatching.dates(date, day);
        TimeRange clocks = isKey(time.tag(), clock) ? TimeMatching.times(time, clock) : null;
        add(date.place(), times.moment(date, time, dates, clocks, zone));
        done.add(date.tag());
        done.add(time.tag());
      }
    });
    return done;
  }

  private void match(@Nullable QueryAttribute attribute, int tag, String value) {
    if (attribute == null) {
      refuseBulk(tag);
      ignored.add(tag);
      return;
    }
    if (value.equals(EMPTY_VALUE)) {
      add(attribute.place(), ValueMatching.empty(attribute));
      return;
    }
    add(
        attribute.place(),
        switch (attribute.kind()) {
          case UID -> values.uids(attribute, value);
          case TEXT -> values.text(attribute, value);
          case NAME -> values.name(attribute, value);
          case DATE -> times.date(attribute, value);
          case TIME -> times.time(attribute, value);
          case NUMBER -> values.number(attribute, value);
          case ANY_OF_CODES -> values.anyOfCodes(attribute, value);
        });
  }

  private static void refuseBulk(int tag) {
    Vr vr = Dictionary.vrOf(tag);
    switch (vr) {
      case OB, OD, OF, OL, OV, OW, UN ->
          throw new UnsupportedMatchException(tag, "is not an attribute to match");
      default -> {}
    }
  }

  private void restrict(Visibility visibility) {
    visible = VisibleStudies.condition(visibility, parameters);
    add(Place.STUDY, visible);
  }

  private void add(Place place, String condition) {
    conditions.computeIfAbsent(place, _ -> new ArrayList<>()).add(condition);
  }

  /** Conditions of one table joined by {@code and}; "true" where there are none. */
  String sql(Place place) {
    return String.join(" and ", conditions.getOrDefault(place, List.of("true")));
  }

  boolean has(Place place) {
    return conditions.containsKey(place);
  }

  Set<Integer> ignored() {
    return ignored;
  }

  Map<String, Object> parameters() {
    return parameters.values();
  }

  /** The part of the conditions that says which studies may be spoken of. */
  String visible() {
    return visible;
  }
}
