package org.heliograph.archive.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every blob store promises; each implementation runs it. */
public interface BlobStoreContract {
  BlobStore store();

  StagingFolder staging();

  @Test
  default void gives_back_what_was_put() throws IOException {
    byte[] content = content(1, 300_001);
    BlobKey key = put(content);

    assertThat(read(store().open(key))).isEqualTo(content);
    assertThat(store().byteCount(key)).isEqualTo(content.length);
  }

  @Test
  default void stores_an_empty_blob() throws IOException {
    BlobKey key = put(new byte[0]);

    assertThat(read(store().open(key))).isEmpty();
    assertThat(read(store().open(key, 0, 0))).isEmpty();
  }

  @Test
  default void reads_ranges() throws IOException {
    byte[] content = content(2, 100_000);
    BlobKey key = put(content);

    assertThat(read(store().open(key, 0, 1))).containsExactly(content[0]);
    assertThat(read(store().open(key, 99_999, 1))).containsExactly(content[99_999]);
    assertThat(read(store().open(key, 1234, 70_000)))
        .isEqualTo(java.util.Arrays.copyOfRange(content, 1234, 71_234));
    assertThat(read(store().open(key, 100_000, 0))).isEmpty();
  }

  @Test
  default void refuses_a_range_that_leaves_the_blob() throws IOException {
    BlobKey key = put(content(3, 10));

    assertThatThrownBy(() -> store().open(key, 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> store().open(key, -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> store().open(key, 11, Long.MAX_VALUE))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  default void never_overwrites() throws IOException {
    byte[] first = content(4, 1000);
    BlobKey key = put(first);

    try (var staged = staging().create()) {
      staged.write(content(5, 1000));
      SealedFile sealed = staged.seal();
      assertThatThrownBy(() -> store().put(key, sealed))
          .isInstanceOf(FileAlreadyExistsException.class);
    }

    assertThat(read(store().open(key))).isEqualTo(first);
  }

  @Test
  default void tells_when_there_is_no_such_blob() {
    BlobKey key = BlobKey.create();

    assertThatThrownBy(() -> store().open(key)).isInstanceOf(NoSuchBlobException.class);
    assertThatThrownBy(() -> store().open(key, 0, 1)).isInstanceOf(NoSuchBlobException.class);
    assertThatThrownBy(() -> store().byteCount(key)).isInstanceOf(NoSuchBlobException.class);
  }

  @Test
  default void deletes_once_and_again() throws IOException {
    BlobKey key = put(content(6, 10));

    store().delete(key);
    store().delete(key);

    assertThatThrownBy(() -> store().open(key)).isInstanceOf(NoSuchBlobException.class);
  }

  @Test
  default void lists_every_blob_with_its_size() throws IOException {
    BlobKey small = put(content(7, 10));
    BlobKey large = put(content(8, 70_000));

    List<StoredBlob> listed = new ArrayList<>();
    store().list(listed::add);

    assertThat(listed)
        .extracting(StoredBlob::key, StoredBlob::byteCount)
        .contains(
            org.assertj.core.groups.Tuple.tuple(small, 10L),
            org.assertj.core.groups.Tuple.tuple(large, 70_000L));
  }

  @Test
  default void stores_blobs_of_many_threads_at_once() throws Exception {
    List<Callable<Void>> puts = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      byte[] content = content(100 + i, 10_000 + i);
      puts.add(() -> {
        assertThat(read(store().open(put(content)))).isEqualTo(content);
        return null;
      });
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(puts)) {
        done.get();
      }
    }
  }

  @Test
  default void takes_the_staging_file_of_what_it_stored() throws IOException {
    try (var staged = staging().create()) {
      staged.write(content(9, 100));
      store().put(BlobKey.create(), staged.seal());

      assertThat(staged.path()).doesNotExist();
    }
  }

  @Test
  default void reads_that_end_early_harm_nobody() throws IOException {
    byte[] content = content(10, 1_100_000);
    BlobKey key = put(content);

    for (int i = 0; i < 20; i++) {
      try (InputStream in = store().open(key, i, 1_000_000)) {
        assertThat(in.read()).isEqualTo(content[i] & 0xFF);
      }
    }

    assertThat(read(store().open(key))).isEqualTo(content);
  }

  @Test
  default void forgets_nothing_by_discarding_what_never_ended() throws IOException {
    byte[] content = content(11, 100);
    BlobKey key = put(content);

    store().discardIncomplete(java.time.Instant.parse("2999-01-01T00:00:00Z"));

    assertThat(read(store().open(key))).isEqualTo(content);
  }

  @Test
  default void says_that_it_serves() throws IOException {
    BlobKey key = put(content(12, 5));

    store().check();
    store().checkWrites(java.nio.file.Path.of(System.getProperty("java.io.tmpdir")));

    assertThat(store().isAway()).isFalse();
    List<StoredBlob> listed = new ArrayList<>();
    store().list(listed::add);
    assertThat(listed).extracting(StoredBlob::key).containsExactly(key);
  }

  @Test
  default void knows_its_free_space() throws IOException {
    assertThat(store().usableBytes()).isPositive().isLessThanOrEqualTo(store().totalBytes());
  }

  private BlobKey put(byte[] content) throws IOException {
    BlobKey key = BlobKey.create();
    try (var staged = staging().create()) {
      staged.write(content);
      store().put(key, staged.seal());
    }
    return key;
  }

  private static byte[] content(int seed, int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] read(InputStream in) throws IOException {
    try (in) {
      return in.readAllBytes();
    }
  }
}
