package org.heliograph.reader.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.archive.catalog.SearchAnswer;

/** Timers with the same few buckets everywhere, so that their number stays small. */
public final class Histograms {
  private Histograms() {}

  /** A search of the catalog, timed as {@code heliograph.query} by service and level. */
  public static SearchAnswer query(
      MeterRegistry registry, String service, QueryLevel level, Supplier<SearchAnswer> search) {
    var sample = Timer.start(registry);
    try {
      return search.get();
    } finally {
      sample.stop(
          timer("heliograph.query")
              .description("One page of a search of the catalog")
              .tag("service", service)
              .tag("level", level.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  /** A timer with buckets from a millisecond to ten seconds. */
  public static Timer.Builder timer(String name) {
    return Timer.builder(name)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            Duration.ofMillis(2500),
            Duration.ofSeconds(10));
  }
}
