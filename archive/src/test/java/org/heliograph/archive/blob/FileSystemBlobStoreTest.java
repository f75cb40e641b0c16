package org.heliograph.archive.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.heliograph.dicom.durable.DurableFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemBlobStoreTest implements BlobStoreContract {
  @TempDir Path folder;
  private BlobStore store;
  private StagingFolder staging;

  @BeforeEach
  void open() throws IOException {
    store = FileSystemBlobStore.open(folder.resolve("blobs"));
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
  void forces_content_then_renames_then_forces_the_folder() throws IOException {
    List<String> steps = new ArrayList<>();
    var files =
        new DurableFiles() {
          @Override
          public void force(FileChannel channel) throws IOException {
            steps.add("force");
            DurableFiles.super.force(channel);
          }

          @Override
          public void rename(Path from, Path to) throws IOException {
            steps.add("rename");
            DurableFiles.super.rename(from, to);
          }

          @Override
          public void forceFolder(Path path) throws IOException {
            steps.add("force folder");
            DurableFiles.super.forceFolder(path);
          }
        };
    var watched = FileSystemBlobStore.open(folder.resolve("watched"), files);
    var watchedStaging = StagingFolder.open(folder.resolve("staging"), files);
    steps.clear();

    try (var staged = watchedStaging.create()) {
      staged.write(1);
      watched.put(BlobKey.create(), staged.seal());
    }

    assertThat(steps).containsExactly("force", "force folder", "rename", "force folder");
  }

  @Test
  void never_tries_a_failed_fsync_again_on_the_same_file() throws IOException {
    var failing =
        new DurableFiles() {
          @Override
          public void force(FileChannel channel) throws IOException {
            throw new IOException("Input/output error");
          }
        };
    var failingStaging = StagingFolder.open(folder.resolve("staging"), failing);

    try (var staged = failingStaging.create()) {
      staged.write(1);
      assertThatThrownBy(staged::seal).hasMessage("Input/output error");
      assertThatThrownBy(staged::seal).hasMessageContaining("not tried again");
    }

    assertThat(folder.resolve("staging")).isEmptyDirectory();
  }

  @Test
  void sweeps_only_stale_staging_files() throws IOException {
    Path stale = Files.createFile(folder.resolve("staging").resolve("dead.part"));
    Files.setLastModifiedTime(
        stale, java.nio.file.attribute.FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

    try (var live = staging.create()) {
      int removed = staging.sweep(Instant.parse("2026-01-02T00:00:00Z"));

      assertThat(removed).isEqualTo(1);
      assertThat(live.path()).exists();
    }
  }

  @Test
  void two_sweeps_at_once_remove_each_file_once() throws Exception {
    for (int i = 0; i < 3000; i++) {
      Files.createFile(folder.resolve("staging").resolve("dead-" + i + ".part"));
    }
    Instant later = Instant.parse("2999-01-01T00:00:00Z");

    try (var threads = Executors.newFixedThreadPool(2)) {
      var first = threads.submit(() -> staging.sweep(later));
      var second = threads.submit(() -> staging.sweep(later));

      assertThat(first.get() + second.get()).isEqualTo(3000);
    }
  }

  @Test
  void listing_passes_over_files_that_are_not_its_own() throws IOException {
    Path shard = Files.createDirectories(folder.resolve("blobs").resolve("abc"));
    Files.createFile(shard.resolve("notes.txt"));

    List<StoredBlob> listed = new ArrayList<>();
    store.list(listed::add);

    assertThat(listed).isEmpty();
  }
}
