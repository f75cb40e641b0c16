package org.heliograph.reader.console;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.s3.S3BlobStore;
import org.heliograph.reader.BlobStoreOpening;
import org.heliograph.reader.HubOptions;
import org.heliograph.reader.admin.AdminDatabase;
import org.heliograph.reader.postgres.DatabaseAccess;
import org.heliograph.reader.settings.DataFolder;

/**
 * The database and the blob store of a hub that runs or not, for one command: the same code stores
 * and reads there as in the hub, and many processes may.
 */
final class OpenHub implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 16;

  private final AdminDatabase database;
  private final HikariDataSource source;
  private final BlobStore blobs;
  private final DataFolder data;

  private OpenHub(
      AdminDatabase database, HikariDataSource source, BlobStore blobs, DataFolder data) {
    this.database = database;
    this.source = source;
    this.blobs = blobs;
    this.data = data;
  }

  /** Opens them. */
  static OpenHub open(Words words, Map<String, String> environment) throws IOException {
    HubOptions options = HubOptions.parse(words.hub(), environment);
    AdminDatabase database = AdminDatabase.open(options);
    HikariDataSource source = pool(database.access());
    try {
      DataFolder data = options.data().create();
      return new OpenHub(
          database,
          source,
          BlobStoreOpening.openInUse(source, data, options.blobs(), InstantSource.system()),
          data);
    } catch (IOException | RuntimeException e) {
      source.close();
      database.close();
      throw e;
    }
  }

  HikariDataSource source() {
    return source;
  }

  BlobStore blobs() {
    return blobs;
  }

  DataFolder data() {
    return data;
  }

  static HikariDataSource pool(DatabaseAccess access) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(access.url());
    config.setUsername(access.user());
    config.setPassword(access.password());
    config.setMaximumPoolSize(MOST_CONNECTIONS);
    config.setMinimumIdle(0);
    config.setPoolName("command");
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    if (blobs instanceof S3BlobStore s3) {
      s3.close();
    }
    source.close();
    database.close();
  }
}
