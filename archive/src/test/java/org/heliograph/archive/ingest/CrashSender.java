package org.heliograph.archive.ingest;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.TestObjects;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;

/**
 * The process that dies: four threads store instances and write down each that was answered, until
 * a named step has been reached so many times; then it halts without any clean-up.
 */
final class CrashSender {
  private CrashSender() {}

  /** {@code jdbcUrl folder step count}. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    IngestStep fatal = IngestStep.valueOf(arguments[2]);
    var left = new AtomicInteger(Integer.parseInt(arguments[3]));
    var config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setMaximumPoolSize(6);
    var database = new HikariDataSource(config);
    Archive archive =
        Archive.open(
            database,
            FileSystemBlobStore.open(folder.resolve("blobs")),
            folder.resolve("staging"),
            InstantSource.system(),
            ArchiveSettings.defaults()
                .withSteps(step -> {
                  if (step == fatal && left.decrementAndGet() == 0) {
                    Runtime.getRuntime().halt(137);
                  }
                }));
    for (int sender = 0; sender < 4; sender++) {
      Path answered = folder.resolve("answered-" + ProcessHandle.current().pid() + "-" + sender);
      Thread.ofPlatform().start(() -> send(archive, answered));
    }
  }

  private static void send(Archive archive, Path answered) {
    try (var log =
        java.nio.channels.FileChannel.open(
            answered, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        Dataset image = TestObjects.image();
        Path sent = answered.resolveSibling("sent-" + image.string(Tag.SOPInstanceUID, ""));
        byte[] bytes =
            TestObjects.encode(
                image, org.heliograph.dicom.data.TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        Files.write(sent, bytes);
        IngestResult result =
            archive.ingest().ingest(TestObjects.incoming(TestObjects.SITE_A, image, bytes));
        if (result instanceof IngestResult.Stored) {
          log.write(
              java.nio.ByteBuffer.wrap(
                  (image.string(Tag.SOPInstanceUID, "") + "\n")
                      .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
