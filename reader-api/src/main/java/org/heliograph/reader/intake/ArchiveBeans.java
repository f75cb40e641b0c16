package org.heliograph.reader.intake;

import java.io.IOException;
import java.time.Clock;
import javax.sql.DataSource;
import org.heliograph.archive.Archive;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.reader.settings.DataFolder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The hub's archive: its index in the hub's database, its bytes under the data folder. */
@Configuration
class ArchiveBeans {
  @Bean
  BlobStore blobStore(DataFolder data) throws IOException {
    return FileSystemBlobStore.open(data.blobs());
  }

  @Bean(destroyMethod = "close")
  Archive archive(DataSource database, BlobStore blobs, DataFolder data, Clock clock)
      throws IOException {
    return Archive.open(database, blobs, data.staging(), clock);
  }
}
