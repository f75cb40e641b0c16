package org.heliograph.node.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.Samples;
import org.heliograph.node.spool.InstanceState;
import org.heliograph.node.spool.Prepared;
import org.heliograph.node.spool.Spool;
import org.heliograph.node.spool.SpoolCode;
import org.heliograph.node.spool.SpoolSettings;
import org.heliograph.node.spool.SpooledInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preparing together with a real spool. */
class PrepareQueueTest {
  private static final long SEED = 20261123;
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  @TempDir Path temp;

  private Spool open() throws IOException {
    return Spool.open(
        SpoolSettings.of(temp.resolve("spool")).withReserveBytes(0),
        DurableFiles.SYSTEM,
        InstantSource.system());
  }

  private UUID added(Spool spool, byte[] cells, ImageDescription image) throws IOException {
    Path file =
        Images.write(
            temp.resolve("a.dcm"), Images.image(image, cells), Uids.ExplicitVrLittleEndian);
    return Objects.requireNonNull(spool.addFile(file, "WATCHFOLDER").instance());
  }

  private static InstanceState state(Spool spool, UUID id) {
    return spool.find(id).orElseThrow().state();
  }

  @Test
  void what_the_spool_has_is_prepared_and_takes_the_originals_place() throws IOException {
    ImageDescription image = Images.gray(200, 300, 12, false, 2);
    List<UUID> ids = new ArrayList<>();
    try (Spool spool = open()) {
      ids.add(added(spool, Images.cells(Samples.ANATOMY, image, SEED), image));
      try (PrepareQueue _ =
          PrepareQueue.start(spool, new Preparing(PrepareSettings.defaults()), 2)) {
        for (int i = 1; i < 6; i++) {
          ids.add(added(spool, Images.cells(Samples.ANATOMY, image, SEED + i), image));
        }
        await()
            .atMost(DEADLINE)
            .until(() -> ids.stream().allMatch(id -> state(spool, id) == InstanceState.PREPARED));
      }
      for (int i = 0; i < ids.size(); i++) {
        SpooledInstance instance = spool.find(ids.get(i)).orElseThrow();
        Prepared prepared = Objects.requireNonNull(instance.prepared());
        Path file = spool.file(instance);

        assertThat(prepared.syntax().value().value()).isEqualTo(Uids.JpegLsLossless);
        assertThat(FileDigest.measureDataset(file))
            .isEqualTo(new FileDigest(instance.digest(), instance.datasetBytes()));
        assertThat(spool.verify(instance.id())).isTrue();
        assertThat(spool.preview(instance)).isPresent();
        byte[] cells = Images.cells(Samples.ANATOMY, image, SEED + i);
        assertThat(FrameReader.open(file).stored(1).cells())
            .isEqualTo(java.util.Arrays.copyOfRange(cells, cells.length / 2, cells.length));
      }
      try (var left = Files.list(temp.resolve("spool/incoming"))) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void several_workers_do_not_get_in_each_others_way() throws IOException {
    ImageDescription image = Images.gray(20, 20, 8, false, 1);
    List<UUID> ids = new ArrayList<>();
    try (Spool spool = open();
        PrepareQueue _ = PrepareQueue.start(spool, new Preparing(PrepareSettings.defaults()), 4)) {
      for (int i = 0; i < 60; i++) {
        ids.add(added(spool, Images.cells(Samples.ANATOMY, image, i), image));
      }
      await()
          .atMost(DEADLINE)
          .until(() -> ids.stream().noneMatch(id -> state(spool, id) == InstanceState.RECEIVED));

      assertThat(ids).allMatch(id -> state(spool, id) == InstanceState.PREPARED);
    }
  }

  @Test
  void a_file_that_was_damaged_on_the_disk_is_parked_and_the_others_go_on() throws IOException {
    ImageDescription image = Images.gray(64, 64, 8, false, 1);
    try (Spool spool = open()) {
      UUID damaged = added(spool, Images.cells(Samples.RANDOM, image, 1), image);
      UUID good = added(spool, Images.cells(Samples.ANATOMY, image, 2), image);
      Path file = spool.file(spool.find(damaged).orElseThrow());
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 100] ^= 1;
      Files.write(file, bytes);

      try (PrepareQueue _ =
          PrepareQueue.start(spool, new Preparing(PrepareSettings.defaults()), 1)) {
        await().atMost(DEADLINE).until(() -> state(spool, good) == InstanceState.PREPARED);
        await().atMost(DEADLINE).until(() -> state(spool, damaged) == InstanceState.PARKED);
      }

      assertThat(spool.find(damaged).orElseThrow().code()).isEqualTo(SpoolCode.DAMAGED);
    }
  }
}
