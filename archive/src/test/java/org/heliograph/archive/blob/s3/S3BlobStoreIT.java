package org.heliograph.archive.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minio.CreateMultipartUploadArgs;
import io.minio.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import okhttp3.Dns;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.BlobStoreContract;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.dicom.durable.DurableFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract and what is S3's own, against a real S3 server. */
class S3BlobStoreIT implements BlobStoreContract {
  private static final S3Limits SMALL_PARTS =
      new S3Limits(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2),
          64,
          6L << 20,
          5L << 20);

  @TempDir static Path server;
  private static S3Server s3;

  @TempDir Path folder;
  private S3Settings settings;
  private S3BlobStore store;
  private StagingFolder staging;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Server.start(server, "archive", "virtual");
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @BeforeEach
  void open() throws IOException {
    // Each test has the bucket to itself by a prefix of its own.
    settings = s3.settings("archive", "tests/" + UUID.randomUUID()).withLimits(SMALL_PARTS);
    store = S3BlobStore.open(settings);
    staging = StagingFolder.open(folder.resolve("staging"), DurableFiles.SYSTEM);
  }

  @AfterEach
  void nothing_is_left_open() {
    await("connections are given back").until(() -> store.busyConnections() == 0);
    store.close();
  }

  @Override
  public BlobStore store() {
    return store;
  }

  @Override
  public StagingFolder staging() {
    return staging;
  }

  @Test
  void sends_a_large_object_in_parts() throws IOException {
    var content = new byte[(11 << 20) + 17];
    new Random(1).nextBytes(content);
    BlobKey key = put(store, content);

    try (var in = store.open(key)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(store.byteCount(key)).isEqualTo(content.length);
  }

  @Test
  void ends_uploads_that_were_begun_and_left() throws Exception {
    try (var clients = new S3Clients(settings, Dns.SYSTEM)) {
      for (int i = 0; i < 3; i++) {
        var _ =
            clients
                .requests()
                .createMultipartUpload(
                    CreateMultipartUploadArgs.builder()
                        .bucket(settings.bucket())
                        .object(settings.prefix() + "/" + UUID.randomUUID())
                        .headers(new Http.Headers())
                        .build())
                .get();
      }
    }

    assertThat(store.discardIncomplete(Instant.parse("2001-01-01T00:00:00Z"))).isZero();
    assertThat(store.discardIncomplete(Instant.parse("2999-01-01T00:00:00Z"))).isEqualTo(3);
    assertThat(store.discardIncomplete(Instant.parse("2999-01-01T00:00:00Z"))).isZero();
  }

  @Test
  void names_the_bucket_in_the_host_where_that_is_asked() throws IOException {
    var named =
        new S3Settings(
            s3.endpoint(),
            "virtual",
            "",
            "us-east-1",
            S3Settings.Addressing.VIRTUAL_HOST,
            new S3Encryption.Unasked(),
            settings.credentials(),
            SMALL_PARTS);
    try (var virtual = S3BlobStore.open(named, _ -> List.of(InetAddress.getLoopbackAddress()))) {
      BlobKey key = put(virtual, new byte[] {1, 2, 3});

      try (var in = virtual.open(key)) {
        assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
      }
      assertThat(server.resolve("virtual").resolve(key.id().toString())).exists();
    }
  }

  @Test
  void stores_of_other_prefixes_do_not_see_each_other() throws IOException {
    BlobKey key = put(store, new byte[] {1});
    try (var other = S3BlobStore.open(s3.settings("archive", settings.prefix() + "-other"))) {
      other.list(blob -> assertThat(blob.key()).isNotEqualTo(key));
      assertThatThrownBy(() -> other.byteCount(key)).hasMessageContaining("no blob");
    }
  }

  @Test
  void wrong_credentials_are_told_without_repeating_them() throws IOException {
    var wrong =
        new S3Settings(
            s3.endpoint(),
            "archive",
            "",
            "us-east-1",
            S3Settings.Addressing.PATH,
            new S3Encryption.Unasked(),
            new S3Credentials(S3Server.ACCESS_KEY, "guessed-secret", null),
            SMALL_PARTS);
    try (var refused = S3BlobStore.open(wrong)) {
      assertThatThrownBy(() -> put(refused, new byte[] {1}))
          .isInstanceOf(StoreUnavailableException.class)
          .message()
          .doesNotContain("guessed-secret", S3Server.ACCESS_KEY);
      assertThatThrownBy(() -> put(refused, new byte[] {1})).hasNoCause();
    }
    assertThat(wrong.toString()).doesNotContain("guessed-secret", S3Server.ACCESS_KEY);
    assertThat(wrong.credentials().toString()).doesNotContain("guessed-secret");
  }

  @Test
  void a_bucket_that_is_not_there_is_no_missing_blob() throws IOException {
    try (var nowhere = S3BlobStore.open(s3.settings("nowhere", "").withLimits(SMALL_PARTS))) {
      assertThatThrownBy(nowhere::check).hasMessageContaining("NoSuchBucket");
      assertThatThrownBy(() -> nowhere.open(BlobKey.create()))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> put(nowhere, new byte[] {1}))
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  private BlobKey put(BlobStore into, byte[] content) throws IOException {
    BlobKey key = BlobKey.create();
    try (var staged = staging.create()) {
      staged.write(content);
      into.put(key, staged.seal());
    }
    return key;
  }
}
