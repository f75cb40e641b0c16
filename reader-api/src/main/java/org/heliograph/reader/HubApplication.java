package org.heliograph.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.heliograph.archive.Archive;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.reader.settings.DataFolder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
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

  /** It shares the hub's data source, so that arrivals are heard of in one transaction. */
  @Bean(destroyMethod = "close")
  Archive archive(DataSource database, DataFolder data, Clock clock) throws IOException {
    return Archive.open(database, FileSystemBlobStore.open(data.blobs()), data.staging(), clock);
  }
}
