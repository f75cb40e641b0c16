package org.heliograph.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalTest {
  @Test
  void reads_dates_of_today_and_of_acr_nema() {
    assertThat(DicomDate.parse("19930822").orElseThrow().value()).isEqualTo("1993-08-22");
    assertThat(DicomDate.parse("1993.08.22 ").orElseThrow().text()).isEqualTo("19930822");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1993",
        "199308",
        "19930832",
        "19930229",
        "1993-08-22",
        "1993.0822",
        "1993O822"
      })
  void refuses_what_is_no_date(String text) {
    assertThat(DicomDate.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10:00, 10:59:59.999999999, 10",
    "1011, 10:11, 10:11:59.999999999, 1011",
    "101112, 10:11:12, 10:11:12.999999999, 101112",
    "101112.5, 10:11:12.5, 10:11:12.599999999, 101112.5",
    "101112.050, 10:11:12.05, 10:11:12.050999999, 101112.050",
    "101112.000001, 10:11:12.000001, 10:11:12.000001999, 101112.000001",
    "10:11:12.25, 10:11:12.25, 10:11:12.259999999, 101112.25",
    "10:11, 10:11, 10:11:59.999999999, 1011",
    "235960, 23:59:59, 23:59:59.999999999, 235959"
  })
  void reads_times_as_precise_as_they_are(
      String text, LocalTime earliest, LocalTime latest, String written) {
    DicomTime time = DicomTime.parse(text).orElseThrow();

    assertThat(time.earliest()).isEqualTo(earliest);
    assertThat(time.latest()).isEqualTo(latest);
    assertThat(time.text()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "24",
        "1060",
        "101161",
        "101112.",
        "101112.1234567",
        "10:",
        "10:1",
        "1011x"
      })
  void refuses_what_is_no_time(String text) {
    assertThat(DicomTime.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2024, 2024-01-01T00:00, 2024-12-31T23:59:59.999999999",
    "202402, 2024-02-01T00:00, 2024-02-29T23:59:59.999999999",
    "20240203, 2024-02-03T00:00, 2024-02-03T23:59:59.999999999",
    "2024020304, 2024-02-03T04:00, 2024-02-03T04:59:59.999999999",
    "202402030405, 2024-02-03T04:05, 2024-02-03T04:05:59.999999999",
    "20240203040506.789, 2024-02-03T04:05:06.789, 2024-02-03T04:05:06.789999999",
    "2024-0500, 2024-01-01T00:00, 2024-12-31T23:59:59.999999999",
    "20240203040506.789012+1345, 2024-02-03T04:05:06.789012, 2024-02-03T04:05:06.789012999"
  })
  void reads_date_times_as_precise_as_they_are(
      String text, LocalDateTime earliest, LocalDateTime latest) {
    DicomDateTime value = DicomDateTime.parse(text).orElseThrow();

    assertThat(value.earliest()).isEqualTo(earliest);
    assertThat(value.latest()).isEqualTo(latest);
    assertThat(value.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "202",
        "20241",
        "20241301",
        "20240230",
        "2024010124",
        "2024+1500",
        "2024-1300",
        "2024+01"
      })
  void refuses_what_is_no_date_time(String text) {
    assertThat(DicomDateTime.parse(text)).isEmpty();
  }

  @Test
  void places_a_date_time_on_the_time_line_by_its_own_offset_or_the_given_one() {
    ZoneOffset fallback = ZoneOffset.ofHours(2);
    assertThat(DicomDateTime.parse("2024010112-0500").orElseThrow().earliestInstant(fallback))
        .isEqualTo(Instant.parse("2024-01-01T17:00:00Z"));
    assertThat(DicomDateTime.parse("2024010112").orElseThrow().earliestInstant(fallback))
        .isEqualTo(Instant.parse("2024-01-01T10:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "20240101-20240131, true, true, false",
    "-20240131, true, true, false",
    "20240115-, false, true, true",
    "20240115, false, true, false",
    "2024.01.15-2024.01.20, false, true, false"
  })
  void matches_date_ranges_with_both_ends(
      String key, boolean first, boolean fifteenth, boolean february) {
    DateRange range = DateRange.parse(key).orElseThrow();

    assertThat(range.contains(LocalDate.of(2024, 1, 1))).isEqualTo(first);
    assertThat(range.contains(LocalDate.of(2024, 1, 15))).isEqualTo(fifteenth);
    assertThat(range.contains(LocalDate.of(2024, 2, 1))).isEqualTo(february);
    assertThat(DateRange.parse(range.text())).contains(range);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "x-", "20240101-x", "20240101-20240102-20240103", "2024-"})
  void refuses_what_is_no_date_range(String key) {
    assertThat(DateRange.parse(key)).isEmpty();
  }

  @Test
  void matches_time_ranges_whose_end_leaves_seconds_open() {
    TimeRange range = TimeRange.parse("1000-1200").orElseThrow();

    assertThat(range.contains(LocalTime.of(10, 0))).isTrue();
    assertThat(range.contains(LocalTime.of(12, 0, 59))).isTrue();
    assertThat(range.contains(LocalTime.of(12, 1))).isFalse();
    assertThat(range.contains(LocalTime.of(9, 59, 59))).isFalse();
    assertThat(range.text()).isEqualTo("1000-1200");
    assertThat(TimeRange.parse("08").orElseThrow().contains(LocalTime.of(8, 59))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-2025, 2024, 2025",
    "2024-0500-2025+0100, 2024-0500, 2025+0100",
    "2024-0500-2025-0500, 2024-0500, 2025-0500",
    "2024-0500-, 2024-0500,",
    "-20240131-1200, , 20240131-1200",
    "20240101-, 20240101,",
    "-2024, , 2024",
    "20240101120000.5-0500, 20240101120000.5-0500, 20240101120000.5-0500",
    "199901-200002, 199901, 200002"
  })
  void tells_the_hyphen_of_a_range_from_that_of_an_offset(String key, String from, String to) {
    DateTimeRange range = DateTimeRange.parse(key).orElseThrow();

    assertThat(range.from())
        .isEqualTo(from == null ? null : DicomDateTime.parse(from).orElseThrow());
    assertThat(range.to()).isEqualTo(to == null ? null : DicomDateTime.parse(to).orElseThrow());
    assertThat(DateTimeRange.parse(range.text())).contains(range);
  }

  @Test
  void matches_date_times_over_zones() {
    DateTimeRange range = DateTimeRange.parse("2024010112+0100-2024010113+0100").orElseThrow();

    assertThat(range.contains(DicomDateTime.parse("2024010111+0000").orElseThrow(), ZoneOffset.UTC))
        .isTrue();
    assertThat(range.contains(DicomDateTime.parse("202401011259").orElseThrow(), ZoneOffset.UTC))
        .isTrue();
    assertThat(range.contains(LocalDateTime.of(2024, 1, 1, 13, 0), ZoneOffset.UTC)).isFalse();
  }

  @Test
  void combines_date_and_time_ranges_into_one_span() {
    DateTimeRange span =
        DateTimeRange.combining(
            DateRange.parse("20240101-20240103").orElseThrow(),
            TimeRange.parse("1000-1800").orElseThrow());

    assertThat(span.contains(LocalDateTime.of(2024, 1, 1, 9, 59), ZoneOffset.UTC)).isFalse();
    assertThat(span.contains(LocalDateTime.of(2024, 1, 2, 3, 0), ZoneOffset.UTC)).isTrue();
    assertThat(span.contains(LocalDateTime.of(2024, 1, 3, 18, 0, 59), ZoneOffset.UTC)).isTrue();
    assertThat(span.contains(LocalDateTime.of(2024, 1, 3, 18, 1), ZoneOffset.UTC)).isFalse();
  }

  @Test
  void reads_every_value_that_it_writes() {
    List<TemporalPrecision> precisions = List.of(TemporalPrecision.values());
    for (long seed = 1; seed <= 2000; seed++) {
      Random random = new Random(seed);
      LocalDateTime moment =
          LocalDateTime.of(1201 + random.nextInt(2000), 1, 1, 0, 0)
              .plusSeconds(random.nextInt(365 * 86400))
              .plusNanos(random.nextInt(1_000_000_000));
      TemporalPrecision precision = precisions.get(random.nextInt(precisions.size()));
      ZoneOffset offset =
          random.nextBoolean() ? null : ZoneOffset.ofTotalSeconds((random.nextInt(105) - 48) * 900);
      DicomDateTime value = new DicomDateTime(moment, precision, offset);

      assertThat(DicomDateTime.parse(value.text())).as("seed " + seed).contains(value);
      assertThat(value.earliest().isAfter(moment) || value.latest().isBefore(moment))
          .as("seed " + seed)
          .isFalse();
    }
  }

  @Test
  void takes_the_zone_of_the_data_set_for_values_without_offset() {
    Dataset dataset =
        Dataset.builder()
            .string(Tag.TimezoneOffsetFromUTC, "-0330")
            .string(Tag.StudyDate, "20240102")
            .string(Tag.StudyTime, "1011")
            .string(Tag.AcquisitionDateTime, "202401021012")
            .string(Tag.FrameAcquisitionDateTime, "202401021012+0100")
            .build();

    assertThat(dataset.timezone()).contains(ZoneOffset.ofHoursMinutes(-3, -30));
    assertThat(dataset.dateTime(Tag.StudyDate, Tag.StudyTime).orElseThrow().text())
        .isEqualTo("202401021011-0330");
    assertThat(dataset.dateTime(Tag.StudyDate, Tag.SeriesTime).orElseThrow().text())
        .isEqualTo("20240102-0330");
    assertThat(dataset.dateTime(Tag.AcquisitionDateTime).orElseThrow().text())
        .isEqualTo("202401021012-0330");
    assertThat(dataset.dateTime(Tag.FrameAcquisitionDateTime).orElseThrow().text())
        .isEqualTo("202401021012+0100");
    assertThat(dataset.date(Tag.AcquisitionDateTime)).contains(LocalDate.of(2024, 1, 2));
  }

  @Test
  void refuses_a_range_without_ends_and_a_time_as_coarse_as_a_date() {
    assertThatThrownBy(() -> new DateRange(null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DicomTime(LocalTime.NOON, TemporalPrecision.DAY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shows_nothing_of_dates_in_text_forms() {
    assertThat(
            DicomDate.parse("19600229")
                + " "
                + DicomTime.parse("1011")
                + DicomDateTime.parse("1960")
                + DateRange.parse("19600229")
                + TimeRange.parse("1011")
                + DateTimeRange.parse("1960"))
        .doesNotContain("1960", "10");
  }
}
