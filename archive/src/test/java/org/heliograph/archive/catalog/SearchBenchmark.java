package org.heliograph.archive.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.heliograph.archive.Archive;
import org.heliograph.dicom.data.Tag;

/**
 * Measures searches by hand: {@code SearchBenchmark JDBC-URL STUDIES}. An empty database is filled
 * first; with a third argument the tables are taken as they are.
 */
public final class SearchBenchmark {
  private static final int WARM_UP = 100;
  private static final int RUNS = 400;
  private static final String[] NAMES = {
    "*mith*", "*okoro*", "*stein*", "*ema*", "*bell*", "*vić*", "*nov*", "*tani*", "*quez*", "*lin*"
  };
  private static final String[] MODALITIES = {"CT", "DX", "CR", "MR", "US", "MG", "OPT"};

  private SearchBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int studies = Integer.parseInt(args[1]);
    var config = new HikariConfig();
    config.setJdbcUrl(args[0]);
    try (var database = new HikariDataSource(config)) {
      if (args.length < 3) {
        Archive.migrate(database);
      }
      var catalog = new Catalog(database);
      if (catalog.holdings().studies() == 0) {
        SyntheticCatalog.fill(database, studies);
      }
      long first = LocalDate.of(2016, 1, 1).toEpochDay();
      measure(
          catalog,
          "patient id",
          random ->
              study()
                  .match(
                      Tag.PatientID,
                      "P%08d".formatted(random.nextInt(studies) * 7919L % 10000019)));
      measure(
          catalog,
          "study uid",
          random ->
              study()
                  .match(
                      Tag.StudyInstanceUID,
                      "1.2.826.0.1.3680043.10.999." + (1 + random.nextInt(studies))));
      measure(
          catalog,
          "accession number",
          random ->
              study().match(Tag.AccessionNumber, "A%09d".formatted(1 + random.nextInt(studies))));
      for (int days : new int[] {1, 7, 30, 365}) {
        measure(
            catalog,
            "date (" + days + " d) + modality",
            random -> {
              LocalDate from = LocalDate.ofEpochDay(first + random.nextInt(3650 - days));
              return study()
                  .match(Tag.StudyDate, day(from) + "-" + day(from.plusDays(days - 1L)))
                  .match(Tag.ModalitiesInStudy, MODALITIES[random.nextInt(MODALITIES.length)]);
            });
      }
      measure(
          catalog,
          "name infix",
          random -> study().match(Tag.PatientName, NAMES[random.nextInt(NAMES.length)]));
      measure(
          catalog,
          "name prefix, rare",
          random ->
              study()
                  .match(
                      Tag.PatientName, NAMES[random.nextInt(NAMES.length)].replace("*", "") + "*"));
      measure(
          catalog,
          "name of family and given",
          random ->
              study().match(Tag.PatientName, "abmith^" + (char) ('a' + random.nextInt(26)) + "*"));
      measure(catalog, "newest", _ -> study());
      measure(catalog, "description", _ -> study().match(Tag.StudyDescription, "*nodule*"));
    }
  }

  private static Search.Builder study() {
    return Search.of(QueryLevel.STUDY, Visibility.everything()).counting(Search.Counting.IF_FEW);
  }

  private static String day(LocalDate date) {
    return date.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static void measure(
      Catalog catalog, String what, Function<Random, Search.Builder> searches) {
    var random = new Random(42);
    for (int i = 0; i < WARM_UP; i++) {
      catalog.search(searches.apply(random).build());
    }
    var nanos = new long[RUNS];
    long found = 0;
    for (int i = 0; i < RUNS; i++) {
      Search search = searches.apply(random).build();
      long start = System.nanoTime();
      found += catalog.search(search).matches().size();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    print(
        String.format(
            Locale.ROOT,
            "%-28s p50 %7.2f ms  p95 %7.2f ms  worst %7.2f ms  %6.1f answers",
            what,
            nanos[RUNS / 2] / 1e6,
            nanos[RUNS * 95 / 100] / 1e6,
            nanos[RUNS - 1] / 1e6,
            (double) found / RUNS));
  }

  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
  }
}
