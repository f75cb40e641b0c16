package org.heliograph.archive.blob.move;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.blob.s3.S3BlobStore;
import org.heliograph.archive.blob.s3.S3Credentials;
import org.heliograph.archive.blob.s3.S3Encryption;
import org.heliograph.archive.blob.s3.S3Limits;
import org.heliograph.archive.blob.s3.S3Settings;
import org.heliograph.dicom.durable.DurableFiles;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The process that moves, and halts when it has reached a step so many times. */
final class MoveProcess {
  private MoveProcess() {}

  /** {@code jdbcUrl folder endpoint step count}. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    MoveStep fatal = MoveStep.valueOf(arguments[3]);
    var left = new AtomicInteger(Integer.parseInt(arguments[4]));
    var config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setMaximumPoolSize(3);
    try (var database = new HikariDataSource(config)) {
      S3BlobStore target =
          S3BlobStore.open(
              new S3Settings(
                  URI.create(arguments[2]),
                  "bucket",
                  "",
                  "us-east-1",
                  S3Settings.Addressing.PATH,
                  new S3Encryption.Unasked(),
                  new S3Credentials("key", "secret", null),
                  S3Limits.defaults()));
      new BlobMove(
              database,
              new TransactionTemplate(new JdbcTransactionManager(database)),
              new MovingBlobStore(FileSystemBlobStore.open(folder.resolve("blobs")), target),
              StagingFolder.open(folder.resolve("staging"), DurableFiles.SYSTEM),
              InstantSource.system(),
              step -> {
                if (step == fatal && left.decrementAndGet() == 0) {
                  Runtime.getRuntime().halt(137);
                }
              })
          .run();
    }
    System.exit(0);
  }
}
