package org.heliograph.reader.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.IngestWatch;
import org.springframework.stereotype.Component;

/**
 * Each instance that is ingested: how long from its first byte until it is durable, and its bytes,
 * by the kind of its origin and what became of it.
 */
@Component
class IngestMetrics implements IngestWatch {
  private static final Set<String> KINDS =
      Set.of("dimse", "stow", "upload", "report", "import", "gateway");

  private final MeterRegistry registry;

  IngestMetrics(MeterRegistry registry, Archive archive) {
    this.registry = registry;
    archive.ingest().watchedBy(this);
  }

  @Override
  public void ingested(String origin, IngestResult result, long byteCount, Duration took) {
    String kind = kind(origin);
    Histograms.timer("heliograph.ingest")
        .description("From the first byte of an instance until it is durable")
        .tag("origin", kind)
        .tag("outcome", outcome(result))
        .register(registry)
        .record(took);
    if (byteCount > 0) {
      DistributionSummary.builder("heliograph.ingest.size")
          .description("Size of ingested instances")
          .baseUnit("bytes")
          .tag("origin", kind)
          .serviceLevelObjectives(64e3, 1e6, 16e6, 128e6, 1e9)
          .register(registry)
          .record((double) byteCount);
    }
  }

  /** Origins name AE titles after a colon; labels do not. */
  static String kind(String origin) {
    int colon = origin.indexOf(':');
    String kind = colon < 0 ? origin : origin.substring(0, colon);
    return KINDS.contains(kind) ? kind : "other";
  }

  private static String outcome(IngestResult result) {
    return switch (result) {
      case IngestResult.Stored _ -> "stored";
      case IngestResult.AlreadyStored _ -> "already-stored";
      case IngestResult.Quarantined _ -> "quarantined";
      case IngestResult.Refused _ -> "refused";
    };
  }
}
