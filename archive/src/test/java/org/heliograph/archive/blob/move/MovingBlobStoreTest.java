package org.heliograph.archive.blob.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.BlobStoreContract;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.blob.NoSuchBlobException;
import org.heliograph.archive.blob.SealedFile;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.dicom.durable.DurableFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovingBlobStoreTest implements BlobStoreContract {
  @TempDir Path folder;
  private BlobStore source;
  private BlobStore target;
  private MovingBlobStore store;
  private StagingFolder staging;

  @BeforeEach
  void open() throws IOException {
    source = FileSystemBlobStore.open(folder.resolve("source"));
    target = FileSystemBlobStore.open(folder.resolve("target"));
    store = new MovingBlobStore(source, target);
    staging = StagingFolder.open(folder.resolve("staging"), DurableFiles.SYSTEM);
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
  void new_blobs_go_to_the_target_and_old_ones_are_read_from_the_source() throws IOException {
    BlobKey old = put(source, 1);
    BlobKey young = put(store, 2);

    assertThat(target.byteCount(young)).isEqualTo(1);
    assertThatThrownBy(() -> source.byteCount(young)).isInstanceOf(NoSuchBlobException.class);
    assertThat(first(old)).isEqualTo(1);
    assertThat(first(young)).isEqualTo(2);
  }

  @Test
  void a_key_of_the_source_is_taken() throws IOException {
    BlobKey old = put(source, 1);

    try (var staged = staging.create()) {
      staged.write(3);
      SealedFile sealed = staged.seal();
      assertThatThrownBy(() -> store.put(old, sealed))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
  }

  @Test
  void what_is_deleted_is_deleted_in_both() throws IOException {
    BlobKey old = put(source, 1);
    BlobKey young = put(store, 2);

    store.delete(old);
    store.delete(young);

    assertThatThrownBy(() -> store.byteCount(old)).isInstanceOf(NoSuchBlobException.class);
    assertThatThrownBy(() -> store.byteCount(young)).isInstanceOf(NoSuchBlobException.class);
  }

  @Test
  void the_source_is_not_asked_any_more_once_it_is_dropped() throws IOException {
    BlobKey old = put(source, 1);

    store.dropSource();

    assertThatThrownBy(() -> store.byteCount(old)).isInstanceOf(NoSuchBlobException.class);
    assertThat(source.byteCount(old)).isEqualTo(1);
  }

  private int first(BlobKey key) throws IOException {
    try (var in = store.open(key)) {
      return in.read();
    }
  }

  private BlobKey put(BlobStore into, int content) throws IOException {
    BlobKey key = BlobKey.create();
    try (var staged = staging.create()) {
      staged.write(content);
      into.put(key, staged.seal());
    }
    return key;
  }
}
