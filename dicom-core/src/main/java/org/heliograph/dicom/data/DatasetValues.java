package org.heliograph.dicom.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The typed access to a data set's values: they are decoded when asked for. */
abstract sealed class DatasetValues permits Dataset {
  /** The element when it has its value in memory. */
  abstract @Nullable ValueElement value(int tag);

  /** The first value without padding; empty when there is none or only padding. */
  public Optional<String> string(int tag) {
    ValueElement v = value(tag);
    return v == null ? Optional.empty() : v.string();
  }

  /** As {@link #string(int)}, with what to give when it is empty. */
  public String string(int tag, String fallback) {
    return string(tag).orElse(fallback);
  }

  /** All values without padding, empty ones between delimiters included. */
  public List<String> strings(int tag) {
    ValueElement v = value(tag);
    return v == null ? List.of() : v.strings();
  }

  /** The first value as a whole number; empty when absent or not one. */
  public OptionalInt integer(int tag) {
    int[] all = integers(tag);
    return all.length == 0 ? OptionalInt.empty() : OptionalInt.of(all[0]);
  }

  /** As {@link #integer(int)}, with what to give when it is empty. */
  public int integer(int tag, int fallback) {
    return integer(tag).orElse(fallback);
  }

  /** All values as whole numbers; none when absent or when one of them is not or does not fit. */
  public int[] integers(int tag) {
    ValueElement v = value(tag);
    return v == null ? new int[0] : v.integers();
  }

  /** As {@link #integers}, for UL, UV and SV beyond the range of int; UV as unsigned 64 bits. */
  public long[] longs(int tag) {
    ValueElement v = value(tag);
    return v == null ? new long[0] : v.longs();
  }

  /** The first value as a number; empty when absent or not one. */
  public OptionalDouble decimal(int tag) {
    double[] all = decimals(tag);
    return all.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(all[0]);
  }

  /** All values as numbers; none when absent or when one of them is not. */
  public double[] decimals(int tag) {
    ValueElement v = value(tag);
    return v == null ? new double[0] : v.decimals();
  }

  /**
   * All values as exact numbers, DS with the digits that it has; none when absent or when one of
   * them is not a finite number.
   */
  public List<BigDecimal> exactDecimals(int tag) {
    ValueElement v = value(tag);
    return v == null ? List.of() : v.exactDecimals();
  }

  /** All values of AT as tags; none when absent or of another VR. */
  public int[] tags(int tag) {
    ValueElement v = value(tag);
    if (v == null || v.effectiveVr() != Vr.AT) {
      return new int[0];
    }
    long[] longs = v.longs();
    int[] tags = new int[longs.length];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = (int) longs[i];
    }
    return tags;
  }

  /** The first value as a UID; empty when absent or not one. */
  public Optional<Uid> uid(int tag) {
    return string(tag).filter(Uid::isValid).map(Uid::new);
  }

  /** The first value as a person's name; empty when there is none. */
  public Optional<PersonName> personName(int tag) {
    return string(tag).map(PersonName::parse);
  }

  /** All values as persons' names, empty ones included. */
  public List<PersonName> personNames(int tag) {
    return strings(tag).stream().map(PersonName::parse).toList();
  }

  /** A date (DA, or the date of DT); empty when absent, malformed or without its day. */
  public Optional<LocalDate> date(int tag) {
    return string(tag).flatMap(DatasetValues::parseDate);
  }

  private static Optional<LocalDate> parseDate(String text) {
    Optional<LocalDate> date = DicomDate.parse(text).map(DicomDate::value);
    return date.isPresent()
        ? date
        : DicomDateTime.parse(text)
            .filter(d -> d.precision().compareTo(TemporalPrecision.DAY) >= 0)
            .map(d -> d.earliest().toLocalDate());
  }

  /** A time of day (TM); empty when absent or malformed. */
  public Optional<DicomTime> time(int tag) {
    return string(tag).flatMap(DicomTime::parse);
  }

  /**
   * A date and time (DT) with its offset, or else that of {@link #timezone()}; empty when absent or
   * malformed.
   */
  public Optional<DicomDateTime> dateTime(int tag) {
    return string(tag).flatMap(DicomDateTime::parse).map(this::zoned);
  }

  /**
   * A moment that a DA and a TM give together, such as Study Date and Study Time, in the zone of
   * {@link #timezone()}: the whole day when the time is absent; empty when the date is.
   */
  public Optional<DicomDateTime> dateTime(int dateTag, int timeTag) {
    Optional<LocalDate> date = string(dateTag).flatMap(DicomDate::parse).map(DicomDate::value);
    Optional<DicomTime> time = time(timeTag);
    return date.map(d ->
        zoned(
            time.map(t -> new DicomDateTime(d.atTime(t.earliest()), t.precision(), null))
                .orElseGet(
                    () -> new DicomDateTime(d.atStartOfDay(), TemporalPrecision.DAY, null))));
  }

  private DicomDateTime zoned(DicomDateTime value) {
    return value.offset() != null
        ? value
        : new DicomDateTime(value.earliest(), value.precision(), timezone().orElse(null));
  }

  /**
   * Timezone Offset From UTC (0008,0201), which holds for every date and time of the data set that
   * has no offset of its own (PS3.3 C.12.1.1.8).
   */
  public Optional<ZoneOffset> timezone() {
    return string(Tag.TimezoneOffsetFromUTC).flatMap(DicomDateTime::parseOffset);
  }

  /** The days that a DA key of a query asks for; empty when absent or malformed. */
  public Optional<DateRange> dateRange(int tag) {
    return string(tag).flatMap(DateRange::parse);
  }

  /** The times that a TM key of a query asks for; empty when absent or malformed. */
  public Optional<TimeRange> timeRange(int tag) {
    return string(tag).flatMap(TimeRange::parse);
  }

  /** The moments that a DT key of a query asks for; empty when absent or malformed. */
  public Optional<DateTimeRange> dateTimeRange(int tag) {
    return string(tag).flatMap(DateTimeRange::parse);
  }

  /** The raw value, little endian with its padding; empty when absent. */
  public byte[] bytes(int tag) {
    ValueElement v = value(tag);
    return v == null ? new byte[0] : v.bytes();
  }

  /** The elements that reserve blocks of private groups, and so the blocks, in order. */
  static List<PrivateBlock> blocks(Iterable<Element> elements) {
    List<PrivateBlock> blocks = new ArrayList<>();
    for (Element e : elements) {
      int group = Tags.group(e.tag());
      if (Tags.isPrivateCreator(e.tag())
          && group >= 9
          && group < 0xFFFF
          && e instanceof ValueElement v) {
        v.string().ifPresent(c -> blocks.add(new PrivateBlock(group, Tags.element(e.tag()), c)));
      }
    }
    return blocks;
  }
}
