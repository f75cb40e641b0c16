package org.heliograph.node.worklist;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DateRange;
import org.heliograph.dicom.data.DateTimeRange;
import org.heliograph.dicom.data.DicomDateTime;
import org.heliograph.dicom.data.DicomTime;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TemporalPrecision;
import org.heliograph.dicom.data.TimeRange;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Matches worklist items (PS3.4 C.2.2.2 as K.2.2.1 takes it over): single value, list of UID,
 * universal, wild card, range and sequence matching. Names are matched without regard to case and
 * width in any of their three groups. A range of the step's start date with a range of its time is
 * one period (PS3.4 Table K.6-1).
 */
final class KeyMatching {
  /** How an item matches. */
  enum Result {
    NONE,
    ALL_KEYS,
    /** Keys were left out, as the item does not have their attribute. */
    SOME_KEYS_IGNORED
  }

  private static final Set<Integer> NO_KEYS =
      Set.of(Tag.SpecificCharacterSet, Tag.TimezoneOffsetFromUTC, Tag.QueryRetrieveLevel);

  private final Dataset keys;
  private final List<Key> values;
  private final @Nullable DateTimeRange period;

  private KeyMatching(Dataset keys, List<Key> values, @Nullable DateTimeRange period) {
    this.keys = keys;
    this.values = List.copyOf(values);
    this.period = period;
  }

  private interface Key {
    Result match(Dataset item);
  }

  /**
   * Reads the keys of an identifier, or of an item in it.
   *
   * @throws DimseException a date or a time is none ({@code A900})
   */
  static KeyMatching of(Dataset keys) throws DimseException {
    DateTimeRange period = period(keys);
    List<Key> values = new java.util.ArrayList<>();
    for (Element element : keys) {
      int tag = element.tag();
      boolean inPeriod =
          period != null
              && (tag == Tag.ScheduledProcedureStepStartDate
                  || tag == Tag.ScheduledProcedureStepStartTime);
      if (NO_KEYS.contains(tag) || (tag & 0xffff) == 0 || inPeriod) {
        continue;
      }
      if (element instanceof SequenceElement sequence) {
        for (Dataset item : sequence.items()) {
          KeyMatching ofItem = of(item);
          values.add(found -> ofItem.anyOf(found, tag));
        }
      } else if (!isUniversal(keys, tag)) {
        Predicate<Dataset> test = test(keys, element);
        values.add(found ->
            !found.contains(tag)
                ? Result.SOME_KEYS_IGNORED
                : test.test(found) ? Result.ALL_KEYS : Result.NONE);
      }
    }
    return new KeyMatching(keys, values, period);
  }

  Result match(Dataset item) {
    Result result = Result.ALL_KEYS;
    if (period != null && !isWithin(item, period)) {
      return Result.NONE;
    }
    for (Key key : values) {
      switch (key.match(item)) {
        case NONE -> {
          return Result.NONE;
        }
        case SOME_KEYS_IGNORED -> result = Result.SOME_KEYS_IGNORED;
        case ALL_KEYS -> {}
      }
    }
    return result;
  }

  private Result anyOf(Dataset found, int sequence) {
    if (values.isEmpty() && period == null) {
      return Result.ALL_KEYS;
    }
    if (!found.contains(sequence)) {
      return Result.SOME_KEYS_IGNORED;
    }
    return found.items(sequence).stream()
        .map(this::match)
        .filter(result -> result != Result.NONE)
        .findFirst()
        .orElse(Result.NONE);
  }

  private static boolean isUniversal(Dataset keys, int tag) {
    return keys.strings(tag).stream()
        .allMatch(value -> !value.isEmpty() && value.chars().allMatch(c -> c == '*'));
  }

  private static Predicate<Dataset> test(Dataset keys, Element element) throws DimseException {
    int tag = element.tag();
    return switch (element.vr()) {
      case DA -> {
        DateRange range = DateRange.parse(joined(keys, tag)).orElseThrow(KeyMatching::unmatchable);
        yield item -> item.date(tag).filter(range::contains).isPresent();
      }
      case TM -> {
        TimeRange range = TimeRange.parse(joined(keys, tag)).orElseThrow(KeyMatching::unmatchable);
        yield item -> item.time(tag).map(DicomTime::earliest).filter(range::contains).isPresent();
      }
      case DT -> {
        DateTimeRange range =
            DateTimeRange.parse(joined(keys, tag)).orElseThrow(KeyMatching::unmatchable);
        yield item ->
            item.dateTime(tag).filter(d -> range.contains(d, java.time.ZoneOffset.UTC)).isPresent();
      }
      case PN -> {
        List<String> wanted = keys.strings(tag).stream().map(KeyMatching::folded).toList();
        yield item ->
            item.strings(tag).stream()
                .anyMatch(name -> wanted.stream().anyMatch(key -> isName(key, folded(name))));
      }
      case UI -> {
        Set<String> wanted = Set.copyOf(keys.strings(tag));
        yield item -> item.strings(tag).stream().anyMatch(wanted::contains);
      }
      case AE, CS, LO, LT, SH, ST, UC, UR, UT -> {
        List<String> wanted = keys.strings(tag);
        yield item ->
            item.strings(tag).stream()
                .anyMatch(value -> wanted.stream().anyMatch(key -> WildCard.matches(key, value)));
      }
      default -> {
        List<String> wanted = keys.strings(tag);
        yield item -> item.strings(tag).stream().anyMatch(wanted::contains);
      }
    };
  }

  private static String joined(Dataset keys, int tag) {
    return String.join("\\", keys.strings(tag));
  }

  private static @Nullable DateTimeRange period(Dataset keys) throws DimseException {
    String dates = joined(keys, Tag.ScheduledProcedureStepStartDate);
    String times = joined(keys, Tag.ScheduledProcedureStepStartTime);
    if (dates.indexOf('-') < 0 || times.indexOf('-') < 0) {
      return null;
    }
    return DateTimeRange.combining(
        DateRange.parse(dates).orElseThrow(KeyMatching::unmatchable),
        TimeRange.parse(times).orElseThrow(KeyMatching::unmatchable));
  }

  private static boolean isWithin(Dataset item, DateTimeRange period) {
    Optional<DicomDateTime> start =
        item.date(Tag.ScheduledProcedureStepStartDate)
            .map(date ->
                new DicomDateTime(
                    date.atTime(
                        item.time(Tag.ScheduledProcedureStepStartTime)
                            .map(DicomTime::earliest)
                            .orElse(java.time.LocalTime.MIDNIGHT)),
                    TemporalPrecision.MICROSECOND,
                    null));
    return start.filter(s -> period.contains(s, java.time.ZoneOffset.UTC)).isPresent();
  }

  /** Any group of the key in any group of the name. */
  private static boolean isName(String key, String name) {
    return groups(key)
        .allMatch(asked -> groups(name).anyMatch(known -> WildCard.matches(asked, known)));
  }

  private static Stream<String> groups(String name) {
    return Stream.of(name.split("=", -1))
        .map(group -> group.replaceAll("[\\^ ]+$", "").strip())
        .filter(group -> !group.isEmpty());
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  private static DimseException unmatchable() {
    return new DimseException(
        DimseStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS.withComment("a key has no such value"));
  }

  /** Keys are patient data. */
  @Override
  public String toString() {
    return "KeyMatching[" + keys.size() + "]";
  }
}
