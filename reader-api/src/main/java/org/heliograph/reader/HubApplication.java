package org.heliograph.reader;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.UnhurriedConnections;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.integrity.ScrubSettings;
import org.heliograph.reader.settings.BlobOptions;
import org.heliograph.reader.settings.DataFolder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;

/** The hub's parts, put together by Spring; {@link Hub} gives it a database and starts it. */
@SpringBootApplication
public class HubApplication {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  DataFolder dataFolder(@Value("${heliograph.data}") Path folder) {
    return new DataFolder(folder).create();
  }

  /** The pool gives up waiting for an answer after seconds, a migration may take minutes. */
  @Bean
  FlywayConfigurationCustomizer migrationsTakeTheirTime() {
    return configuration ->
        configuration.dataSource(new UnhurriedConnections(configuration.getDataSource()));
  }

  /** Closed after the archive, by the container. */
  @Bean
  BlobStore blobStore(
      DataSource database,
      DataFolder data,
      ObjectProvider<BlobOptions> options,
      Clock clock,
      MeterRegistry registry)
      throws IOException {
    return BlobStoreOpening.open(
        database, data, options.getIfAvailable(BlobOptions::files), clock, registry);
  }

  /** It shares the hub's data source, so that arrivals are heard of in one transaction. */
  @Bean(destroyMethod = "close")
  Archive archive(
      DataSource database,
      BlobStore blobs,
      DataFolder data,
      Clock clock,
      @Value("${heliograph.scrub.bytes-per-second:8388608}") long scrubBytesPerSecond,
      @Value("${heliograph.scrub.every:7d}") Duration scrubEvery)
      throws IOException {
    return Archive.open(
        database,
        blobs,
        data.staging(),
        clock,
        ArchiveSettings.defaults().withScrub(new ScrubSettings(scrubBytesPerSecond, scrubEvery)));
  }
}
