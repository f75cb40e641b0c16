package org.heliograph.reader;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.heliograph.archive.Archive;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.archive.blob.move.MovingBlobStore;
import org.heliograph.archive.blob.move.StoreRows;
import org.heliograph.archive.blob.move.StoreRows.Opening;
import org.heliograph.archive.blob.s3.S3BlobStore;
import org.heliograph.reader.metrics.MeteredBlobStore;
import org.heliograph.reader.settings.BlobOptions;
import org.heliograph.reader.settings.DataFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens the store that the operator chose, proves that it takes and gives up a blob, and beside it
 * the store where older blobs still lie.
 */
public final class BlobStoreOpening {
  private static final Logger log = LoggerFactory.getLogger(BlobStoreOpening.class);

  /** Commands are short, and nobody reads metrics of them. */
  private static final MeterRegistry NOT_METERED = new CompositeMeterRegistry();

  private final DataFolder data;
  private final BlobOptions options;
  private final MeterRegistry registry;

  private BlobStoreOpening(DataFolder data, BlobOptions options, MeterRegistry registry) {
    this.data = data;
    this.options = options;
    this.registry = registry;
  }

  /**
   * Opens it.
   *
   * @throws CannotStartException with a message for the operator
   */
  static BlobStore open(
      DataSource database,
      DataFolder data,
      BlobOptions options,
      InstantSource clock,
      MeterRegistry registry)
      throws IOException {
    BlobStoreOpening opening = new BlobStoreOpening(data, options, registry);
    BlobStore chosen = opening.checked(options.location());
    Archive.migrate(database);
    StoreRows rows =
        new StoreRows(
            JdbcClient.create(database),
            new TransactionTemplate(new JdbcTransactionManager(database)));
    return switch (rows.use(options.location(), clock.instant())) {
      case Opening.Alone _ -> chosen;
      case Opening.With with -> {
        log.info("event=blobs.moving from={} to={}", with.source(), options.location());
        yield new MovingBlobStore(opening.checked(with.source()), chosen);
      }
      case Opening.Refused refused -> {
        close(chosen);
        throw new CannotStartException(
            "The archive's blobs are on their way from "
                + refused.source()
                + " to "
                + refused.inUse()
                + ". Start with --blobs "
                + refused.inUse()
                + ", and see: heliograph admin blobs status.");
      }
    };
  }

  /**
   * Opens the store that the hub on this database uses, whatever this command was told beside how
   * an S3 store is reached; a move between stores does not begin by it.
   *
   * @throws CannotStartException with a message for the operator
   */
  public static BlobStore openInUse(
      DataSource database, DataFolder data, BlobOptions options, InstantSource clock)
      throws IOException {
    StoreRows rows =
        new StoreRows(
            JdbcClient.create(database),
            new TransactionTemplate(new JdbcTransactionManager(database)));
    String location = rows.inUse().orElse(options.location());
    return open(
        database, data, new BlobOptions(location, options.environment()), clock, NOT_METERED);
  }

  private BlobStore checked(String location) throws IOException {
    BlobStore store = open(location);
    try {
      store.checkWrites(data.staging());
      return store;
    } catch (StoreUnavailableException e) {
      close(store);
      throw new CannotStartException(
          "The store "
              + location
              + " cannot be used ("
              + e.getMessage()
              + "). "
              + advice(String.valueOf(e.getMessage())),
          e);
    }
  }

  private BlobStore open(String location) throws IOException {
    String kind = BlobOptions.isFile(location) ? "file" : "s3";
    return new MeteredBlobStore(unmetered(location), kind, registry);
  }

  private BlobStore unmetered(String location) throws IOException {
    if (BlobOptions.isFile(location)) {
      return FileSystemBlobStore.open(data.blobs());
    }
    try {
      return S3BlobStore.open(options.s3(location));
    } catch (IllegalArgumentException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String advice(String message) {
    if (message.endsWith("NoSuchBucket")) {
      return "Make the bucket, or correct --blobs.";
    }
    if (message.endsWith("RequestTimeTooSkewed")) {
      return "The clocks of this machine and of the store differ; set them right.";
    }
    if (message.endsWith("AccessDenied")
        || message.endsWith("InvalidAccessKeyId")
        || message.endsWith("SignatureDoesNotMatch")) {
      return "Check the credentials, the region, and that they may list, read, write and delete"
          + " there.";
    }
    return "Check HELIOGRAPH_S3_ENDPOINT and that the store runs.";
  }

  private static void close(BlobStore store) {
    if (store instanceof MeteredBlobStore metered) {
      metered.close();
    }
  }
}
