package org.heliograph.archive.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.BlobStoreContract;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.archive.blob.s3.FakeS3.Fault;
import org.heliograph.dicom.durable.DurableFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The contract over a server that does one thing badly at a time, and what it means then. */
class S3FaultsIT implements BlobStoreContract {
  private static final S3Limits IMPATIENT =
      new S3Limits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(1500),
          Duration.ofSeconds(4),
          64,
          6L << 20,
          5L << 20);

  @TempDir Path folder;
  private FakeS3 server;
  private S3BlobStore store;
  private StagingFolder staging;

  @BeforeEach
  void open() throws IOException {
    server = FakeS3.start();
    store = S3BlobStore.open(server.settings(IMPATIENT));
    staging = StagingFolder.open(folder.resolve("staging"), DurableFiles.SYSTEM);
  }

  @AfterEach
  void close() {
    await("connections are given back").until(() -> store.busyConnections() == 0);
    store.close();
    server.close();
  }

  @Override
  public BlobStore store() {
    return store;
  }

  @Override
  public StagingFolder staging() {
    return staging;
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = Mode.EXCLUDE,
      names = {"NONE", "CLOCK_SKEW", "TRUNCATED", "WRONG_LENGTH"})
  void a_put_gets_over(Fault fault) throws IOException {
    server.spoil("PUT", fault);
    byte[] content = content(50_000);

    if (fault == Fault.HALF_KEPT) {
      assertThatThrownBy(() -> put(content)).hasMessageContaining("NotAsWritten");
      return;
    }
    BlobKey key = put(content);

    assertThat(read(store.open(key))).isEqualTo(content);
    assertThat(server.objectCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"UNAVAILABLE", "LOST_ANSWER", "RESET", "GARBAGE", "SLOW"})
  void an_upload_in_parts_gets_over(Fault fault) throws IOException {
    server.spoil("POST", fault);
    server.spoil("PUT", fault);
    byte[] content = content((6 << 20) + 1);

    BlobKey key = put(content);

    assertThat(read(store.open(key))).isEqualTo(content);
  }

  @Test
  void a_lost_answer_to_the_end_of_an_upload_is_settled() throws IOException {
    byte[] content = content(6 << 20);
    server.spoil("POST", Fault.SLOW, Fault.LOST_ANSWER);

    BlobKey key = put(content);

    assertThat(read(store.open(key))).isEqualTo(content);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = Mode.EXCLUDE,
      names = {"NONE", "CLOCK_SKEW", "HALF_KEPT", "WRONG_LENGTH", "GARBAGE"})
  void a_read_gets_over(Fault fault) throws IOException {
    byte[] content = content(50_000);
    BlobKey key = put(content);

    server.spoil("GET", fault, fault);
    assertThat(read(store.open(key, 100, 40_000)))
        .isEqualTo(java.util.Arrays.copyOfRange(content, 100, 40_100));
    server.spoil("GET", fault);
    assertThat(read(store.open(key))).isEqualTo(content);
  }

  @Test
  void a_range_that_is_not_what_was_asked_for_is_no_answer() throws IOException {
    byte[] content = content(1000);
    BlobKey key = put(content);
    server.spoil("GET", Fault.GARBAGE);

    assertThatThrownBy(() -> read(store.open(key, 0, 10)))
        .isInstanceOf(StoreUnavailableException.class);
    server.spoil("GET", Fault.WRONG_LENGTH);
    assertThat(read(store.open(key, 0, 1000))).isEqualTo(content);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"UNAVAILABLE", "LOST_ANSWER", "RESET", "GARBAGE", "TRUNCATED"})
  void a_listing_gets_over(Fault fault) throws IOException {
    for (int i = 0; i < 5; i++) {
      put(content(10));
    }
    var listed = new java.util.HashSet<BlobKey>();
    server.spoil("GET", fault, fault);

    store.list(blob -> listed.add(blob.key()));

    assertThat(listed).hasSize(5);
  }

  @Test
  void a_wrong_clock_is_told_and_not_tried_again() {
    server.spoil("PUT", Fault.CLOCK_SKEW);

    assertThatThrownBy(() -> put(content(10)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("RequestTimeTooSkewed")
        .message()
        .doesNotContain("secret of the server");
    assertThat(server.objectCount()).isZero();
  }

  @Test
  void while_the_store_is_away_each_call_hears_soon_and_the_first_answer_ends_it()
      throws IOException {
    byte[] content = content(10);
    server.setDown(true);
    assertThatThrownBy(() -> put(content)).isInstanceOf(StoreUnavailableException.class);
    assertThat(store.isAway()).isTrue();

    int before = server.requests();
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> put(content)).isInstanceOf(StoreUnavailableException.class);
    }
    assertThat(server.requests() - before).isEqualTo(20);
    assertThatThrownBy(store::check).isInstanceOf(StoreUnavailableException.class);

    server.setDown(false);
    BlobKey key = put(content);
    assertThat(read(store.open(key))).isEqualTo(content);
    assertThat(store.isAway()).isFalse();
  }

  @Test
  void asks_for_encryption_by_headers() throws IOException {
    var asked =
        Map.of(
            new S3Encryption.StoreKeys(), "AES256",
            new S3Encryption.KmsKey("key-1"), "aws:kms");
    for (var entry : asked.entrySet()) {
      S3Settings plain = server.settings(IMPATIENT);
      var settings =
          new S3Settings(
              plain.endpoint(),
              plain.bucket(),
              "",
              plain.region(),
              plain.addressing(),
              entry.getKey(),
              plain.credentials(),
              IMPATIENT);
      try (var encrypted = S3BlobStore.open(settings)) {
        put(encrypted, content(10));
      }
      assertThat(server.headersOfLastPut())
          .containsEntry("x-amz-server-side-encryption", entry.getValue());
    }
    assertThat(server.headersOfLastPut().toString()).contains("heliograph-sha256");
  }

  private BlobKey put(byte[] content) throws IOException {
    return put(store, content);
  }

  private BlobKey put(BlobStore into, byte[] content) throws IOException {
    BlobKey key = BlobKey.create();
    try (var staged = staging.create()) {
      staged.write(content);
      into.put(key, staged.seal());
    }
    return key;
  }

  private static byte[] content(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] read(InputStream in) throws IOException {
    try (in) {
      return in.readAllBytes();
    }
  }
}
