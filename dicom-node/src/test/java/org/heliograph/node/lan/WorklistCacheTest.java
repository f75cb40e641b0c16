package org.heliograph.node.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.durable.LosingDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorklistCacheTest {
  private static final String STUDY = "2.25.1000";
  private static final Dataset ANY = Dataset.empty();
  private static final Dataset BEGUN_TOO =
      Dataset.builder()
          .sequence(
              Tag.ScheduledProcedureStepSequence,
              Dataset.builder().string(Tag.ScheduledProcedureStepStatus, "STARTED").build())
          .build();

  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final StandInHub hub = new StandInHub();

  @Test
  void the_last_worklist_is_served_without_the_hub_and_after_a_restart() throws Exception {
    hub.worklist = Steps.worklist(item("S1"), item("S2"));
    try (var cache = cache(LocalSteps.NONE)) {
      cache.refresh(hub);
      assertThat(stepIds(cache, ANY)).containsExactly("S1", "S2");
      hub.away = true;
      cache.versionSeen("2");
      assertThatThrownBy(() -> cache.refresh(hub)).isInstanceOf(IOException.class);
      assertThat(stepIds(cache, ANY)).containsExactly("S1", "S2");
      assertThat(cache.state().code()).isEqualTo("GW-HUB-UNREACHABLE");
    }
    clock.advance(Duration.ofHours(30));

    try (var cache = cache(LocalSteps.NONE)) {
      assertThat(stepIds(cache, ANY)).containsExactly("S1", "S2");
      assertThat(cache.state().fetchedAt()).isEqualTo(clock.instant().minus(Duration.ofHours(30)));
      assertThat(cache.items(Steps.CALLER, ANY).next().string(Tag.PatientName))
          .contains("Müller^Änne");
    }
  }

  @Test
  void before_the_hub_was_asked_nobody_hears_that_there_is_nothing_to_do() throws Exception {
    try (var cache = cache(LocalSteps.NONE)) {
      assertThatThrownBy(() -> cache.items(Steps.CALLER, ANY)).isInstanceOf(IOException.class);
      cache.refresh(hub);
      assertThat(stepIds(cache, ANY)).isEmpty();
    }
  }

  @Test
  void it_is_asked_for_again_when_its_version_changes_and_once_an_hour() throws Exception {
    try (var cache = cache(LocalSteps.NONE)) {
      cache.refresh(hub);
      assertThat(hub.asked).isEqualTo(1);
      cache.versionSeen("7");
      cache.refresh(hub);
      assertThat(hub.asked).isEqualTo(2);
      cache.versionSeen("7");
      clock.advance(Duration.ofMinutes(50));
      assertThat(cache.refresh(hub)).isEqualTo(Duration.ofMinutes(10));
      assertThat(hub.asked).isEqualTo(2);
      clock.advance(Duration.ofMinutes(11));
      cache.refresh(hub);
      assertThat(hub.asked).isEqualTo(3);
      assertThat(cache.state().fetchedAt()).isEqualTo(clock.instant());
      clock.advance(Duration.ofDays(-300));
      cache.refresh(hub);
      assertThat(hub.asked).as("a clock that was set back").isEqualTo(4);
    }
  }

  @Test
  void what_cannot_be_read_does_not_replace_what_could() throws Exception {
    hub.worklist = Steps.worklist(item("S1"));
    try (var cache = cache(LocalSteps.NONE)) {
      cache.refresh(hub);
      for (String bad :
          List.of("", "{}", "null", "[", "[{]", "[1", "<html>", "[".repeat(100_000))) {
        hub.etag = "\"bad\"";
        hub.worklist = bad;
        cache.versionSeen("bad " + bad.length());
        assertThatThrownBy(() -> cache.refresh(hub)).as(bad).isInstanceOf(IOException.class);
        assertThat(cache.state().code()).isEqualTo("GW-ANSWER-UNREADABLE");
      }
      hub.body = EndlessBody::new;
      assertThatThrownBy(() -> cache.refresh(hub)).isInstanceOf(IOException.class);
      assertThat(cache.state().code()).isEqualTo("GW-ANSWER-TOO-LARGE");
      assertThat(stepIds(cache, ANY)).containsExactly("S1");
    }
    try (var cache = cache(LocalSteps.NONE)) {
      assertThat(stepIds(cache, ANY)).containsExactly("S1");
    }
  }

  @Test
  void single_items_that_cannot_be_read_are_left_out_and_counted() throws Exception {
    String good = Steps.worklist(item("S1"));
    hub.worklist =
        good.substring(0, good.length() - 1)
            + ", {\"00100010\":{\"vr\":\"PN\"}}, 7, {\"0040\":1}, [[]]]";
    try (var cache = cache(LocalSteps.NONE)) {
      cache.refresh(hub);

      assertThat(stepIds(cache, ANY)).containsExactly("S1");
      assertThat(cache.state().unreadable()).isEqualTo(4);
    }
  }

  @Test
  void an_entity_tag_cannot_forge_the_file() throws Exception {
    hub.etag = "\"x\n" + "y".repeat(10) + "\"";
    hub.worklist = Steps.worklist(item("S1"));
    try (var cache = cache(LocalSteps.NONE)) {
      cache.refresh(hub);
    }
    try (var cache = cache(LocalSteps.NONE)) {
      assertThat(stepIds(cache, ANY)).containsExactly("S1");
    }
  }

  @Test
  void steps_that_the_hub_knows_to_be_begun_are_told_when_the_status_is_asked_for()
      throws Exception {
    hub.worklist =
        Steps.worklist(
            item("S1"),
            Steps.item(STUDY, "S2", "", "STARTED"),
            Steps.item(STUDY, "S3", "", "COMPLETED"));
    try (var cache = cache(LocalSteps.NONE)) {
      cache.refresh(hub);

      assertThat(stepIds(cache, ANY)).containsExactly("S1");
      assertThat(stepIds(cache, BEGUN_TOO)).containsExactly("S1", "S2");
    }
  }

  @Test
  void what_modalities_perform_without_the_hub_shows_at_once() throws Exception {
    hub.worklist =
        Steps.worklist(
            item("S1"),
            item("S2"),
            Steps.item("2.25.2000", "S1", "A9", "SCHEDULED"),
            Steps.item("2.25.3000", "X", "", "SCHEDULED"));
    try (var steps = StepQueue.open(folder.resolve("steps"), DurableFiles.SYSTEM, clock);
        var cache = cache(steps)) {
      cache.refresh(hub);
      clock.advance(Duration.ofMinutes(1));
      SopInstanceUid exact = uid();
      SopInstanceUid byAccession = uid();
      SopInstanceUid wholeStudy = uid();
      steps.create(Steps.CALLER, exact, Steps.begun(STUDY, "S2", ""));
      steps.create(Steps.CALLER, byAccession, Steps.begun("2.25.4000", "S1", "A9"));
      steps.create(Steps.CALLER, wholeStudy, Steps.begun("2.25.3000", "unknown", ""));

      assertThat(stepIds(cache, ANY)).containsExactly("S1");
      assertThat(stepIds(cache, BEGUN_TOO)).containsExactly("S1", "S2", "S1", "X");

      steps.change(Steps.CALLER, exact, Steps.to("COMPLETED"));
      steps.change(Steps.CALLER, byAccession, Steps.to("DISCONTINUED"));
      assertThat(stepIds(cache, ANY)).containsExactly("S1", "S1");
      assertThat(stepIds(cache, BEGUN_TOO)).containsExactly("S1", "S1", "X");

      while (!steps.waiting().isEmpty()) {
        steps.tellNext(hub);
      }
      assertThat(stepIds(cache, ANY)).as("the hub's list is older").containsExactly("S1", "S1");
      clock.advance(Duration.ofHours(2));
      hub.etag = "\"2\"";
      hub.worklist = Steps.worklist(item("S1"), item("S2"));
      cache.refresh(hub);
      assertThat(stepIds(cache, ANY)).as("the hub knows best").containsExactly("S1", "S2");
    }
  }

  @Test
  void a_discontinued_step_does_not_hide_that_another_is_in_progress() throws Exception {
    hub.worklist = Steps.worklist(item("S1"));
    try (var steps = StepQueue.open(folder.resolve("steps"), DurableFiles.SYSTEM, clock);
        var cache = cache(steps)) {
      SopInstanceUid known = uid();
      steps.create(Steps.CALLER, known, Steps.begun(STUDY, "S1", ""));
      steps.tellNext(hub);
      clock.advance(Duration.ofMinutes(1));
      cache.refresh(hub);
      SopInstanceUid other = uid();
      steps.create(Steps.CALLER, other, Steps.begun(STUDY, "S1", ""));
      steps.change(Steps.CALLER, other, Steps.to("DISCONTINUED"));

      assertThat(stepIds(cache, ANY)).isEmpty();
    }
  }

  @Test
  void a_step_for_any_station_and_day_is_for_who_asks_and_due_today() throws Exception {
    Dataset any =
        Dataset.builder()
            .string(Tag.Modality, "DX")
            .empty(Tag.ScheduledStationAETitle)
            .empty(Tag.ScheduledProcedureStepStartDate)
            .empty(Tag.ScheduledProcedureStepStartTime)
            .string(Tag.ScheduledProcedureStepID, "S1")
            .string(Tag.ScheduledProcedureStepStatus, "SCHEDULED")
            .build();
    hub.worklist =
        Steps.worklist(
            item("S1").toBuilder().sequence(Tag.ScheduledProcedureStepSequence, any).build());
    // 2026-11-21 08:00 UTC is 21:45 in Chatham.
    try (var cache =
        WorklistCache.open(
            folder, DurableFiles.SYSTEM, clock, ZoneId.of("Pacific/Chatham"), LocalSteps.NONE)) {
      cache.refresh(hub);
      assertThat(stationAndStart(cache, ANY)).isEqualTo("CT1 20261121 000000");
      clock.advance(Duration.ofDays(3));
      for (String asked : List.of("XRAY7", "XR*", "")) {
        Dataset keys =
            Dataset.builder()
                .sequence(
                    Tag.ScheduledProcedureStepSequence,
                    Dataset.builder().string(Tag.ScheduledStationAETitle, asked).build())
                .build();
        assertThat(stationAndStart(cache, keys))
            .isEqualTo((asked.equals("XRAY7") ? "XRAY7" : "CT1") + " 20261124 000000");
      }
    }
  }

  private static String stationAndStart(WorklistCache cache, Dataset keys) throws IOException {
    Dataset step =
        cache
            .items(Steps.CALLER, keys)
            .next()
            .item(Tag.ScheduledProcedureStepSequence)
            .orElseThrow();
    return step.string(Tag.ScheduledStationAETitle, "")
        + " "
        + step.string(Tag.ScheduledProcedureStepStartDate, "")
        + " "
        + step.string(Tag.ScheduledProcedureStepStartTime, "");
  }

  /** Whatever a cut leaves, it is one of the worklists that the hub told, or none. */
  @Test
  void power_cuts_leave_a_whole_worklist() throws Exception {
    long seed = new Random().nextLong();
    var chance = new Random(seed);
    Path root = folder.resolve("disk");
    Files.createDirectories(root);
    int seen = 0;
    for (int cut = 1; cut <= 60; cut++) {
      var disk = new LosingDisk(root, chance, chance.nextInt(24));
      try (var cache = WorklistCache.open(root.resolve("lan"), disk, clock, LocalSteps.NONE)) {
        if (cache.state().fetchedAt() != null) {
          List<String> ids = stepIds(cache, ANY);
          assertThat(ids).as("seed %d", seed).hasSize(3).allMatch(ids.getFirst()::equals);
          int of = Integer.parseInt(ids.getFirst());
          assertThat(of).as("seed %d", seed).isBetween(seen, 100 * cut);
          seen = of;
        }
        for (int version = 0; ; version++) {
          int of = 100 * cut + version;
          hub.etag = "\"" + of + "\"";
          hub.worklist = Steps.worklist(item("" + of), item("" + of), item("" + of));
          cache.versionSeen("" + of);
          cache.refresh(hub);
          seen = of;
        }
      } catch (IOException e) {
        disk.cut();
      }
    }
  }

  private WorklistCache cache(LocalSteps local) throws IOException {
    return WorklistCache.open(folder.resolve("lan"), DurableFiles.SYSTEM, clock, local);
  }

  private static Dataset item(String stepId) {
    return Steps.item(STUDY, stepId, "", "SCHEDULED");
  }

  private static SopInstanceUid uid() {
    return new SopInstanceUid(Uid.create());
  }

  private static List<String> stepIds(WorklistCache cache, Dataset keys) throws IOException {
    List<String> ids = new ArrayList<>();
    cache
        .items(Steps.CALLER, keys)
        .forEachRemaining(item ->
            ids.add(
                item.item(Tag.ScheduledProcedureStepSequence)
                    .orElseThrow()
                    .string(Tag.ScheduledProcedureStepID, "")));
    return ids;
  }

  /** A JSON array that never ends. */
  private static final class EndlessBody extends InputStream {
    @Override
    public int read() {
      return '[';
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Arrays.fill(buffer, offset, offset + length, (byte) '[');
      return length;
    }
  }
}
