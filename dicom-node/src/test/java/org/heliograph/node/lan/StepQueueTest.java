package org.heliograph.node.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.durable.LosingDisk;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.node.link.PerformedStepReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class StepQueueTest {
  private static final String STUDY = "2.25.1000";

  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final StandInHub hub = new StandInHub();
  private final SopInstanceUid step = new SopInstanceUid(Uid.create());
  private StepQueue queue;

  @BeforeEach
  void open() throws IOException {
    queue = StepQueue.open(folder, DurableFiles.SYSTEM, clock);
  }

  @AfterEach
  void close() throws IOException {
    queue.close();
  }

  @Test
  void a_step_is_told_as_it_stands_and_not_again() throws Exception {
    queue.create(Steps.CALLER, step, Steps.begun(STUDY, "S1", "A1"));
    queue.change(Steps.CALLER, step, Steps.to("COMPLETED"));
    assertThat(queue.waiting()).hasSize(1);

    queue.tellNext(hub);
    queue.tellNext(hub);

    assertThat(hub.steps).hasSize(1);
    assertThat(hub.lastStep().revision()).isEqualTo(2);
    assertThat(hub.lastStep().callingAe()).isEqualTo("CT1");
    assertThat(status(hub.lastStep())).isEqualTo("COMPLETED");
    assertThat(queue.waiting()).isEmpty();
  }

  @Test
  void revisions_go_up_in_order_over_a_restart() throws Exception {
    queue.create(Steps.CALLER, step, Steps.begun(STUDY, "S1", "A1"));
    queue.tellNext(hub);
    queue.close();
    open();
    queue.change(
        Steps.CALLER,
        step,
        current ->
            current.toBuilder().string(Tag.PerformedProcedureStepDescription, "half").build());
    queue.tellNext(hub);
    queue.close();
    open();
    queue.change(Steps.CALLER, step, Steps.to("COMPLETED"));
    queue.tellNext(hub);

    assertThat(hub.steps).extracting(PerformedStepReport::revision).containsExactly(1L, 2L, 3L);
    assertThat(
            DicomJson.read(hub.lastStep().attributes())
                .string(Tag.PerformedProcedureStepDescription))
        .contains("half");
  }

  @Test
  void the_rules_are_those_of_the_hub() throws Exception {
    queue.create(Steps.CALLER, step, Steps.begun(STUDY, "S1", "A1"));

    assertThat(refusal(() -> queue.create(Steps.CALLER, step, Steps.begun(STUDY, "S1", "A1"))))
        .isEqualTo("0111");
    assertThat(
            refusal(() ->
                queue.change(
                    Steps.CALLER, new SopInstanceUid(Uid.create()), Steps.to("COMPLETED"))))
        .isEqualTo("0112");
    queue.change(Steps.CALLER, step, Steps.to("COMPLETED"));
    queue.tellNext(hub);
    queue.close();
    open();
    Dataset[] seen = new Dataset[1];
    queue.change(
        Steps.CALLER,
        step,
        current -> {
          seen[0] = current;
          return current;
        });
    assertThat(seen[0].string(Tag.PerformedProcedureStepStatus))
        .as("a final step stays known as such when the hub has it")
        .contains("COMPLETED");
    assertThat(refusal(() -> queue.create(Steps.CALLER, step, Steps.begun(STUDY, "S1", "A1"))))
        .isEqualTo("0111");
  }

  @Test
  void attributes_are_bounded() throws Exception {
    Dataset large =
        Steps.begun(STUDY, "S1", "A1").toBuilder()
            .string(Tag.CommentsOnThePerformedProcedureStep, "x".repeat(3 << 20))
            .build();
    for (int i = 0; i < 5; i++) {
      queue.create(Steps.CALLER, new SopInstanceUid(Uid.create()), large);
    }

    assertThat(refusal(() -> queue.create(Steps.CALLER, step, large))).isEqualTo("0213");
    assertThat(
            refusal(() ->
                queue.create(
                    Steps.CALLER,
                    step,
                    large.toBuilder()
                        .string(Tag.CommentsOnThePerformedProcedureStep, "x".repeat(5 << 20))
                        .build())))
        .isEqualTo("0213");
    while (!queue.waiting().isEmpty()) {
      queue.tellNext(hub);
    }
    assertThat(hub.steps).hasSize(5);
  }

  @Test
  void a_hub_that_is_away_is_tried_for_ever() throws Exception {
    hub.away = true;
    queue.create(Steps.CALLER, step, Steps.begun(STUDY, "S1", "A1"));
    for (int attempt = 0; attempt < 200; attempt++) {
      queue.tellNext(hub);
      Duration pause = queue.tellNext(hub);
      assertThat(pause).isPositive().isLessThan(Duration.ofMinutes(13));
      clock.advance(pause);
    }
    assertThat(queue.waiting().getFirst().failures()).isEqualTo(200);
    hub.away = false;
    queue.tellNext(hub);
    assertThat(hub.steps).hasSize(1);
  }

  @Test
  void a_clock_that_is_set_back_does_not_delay_what_is_due() throws Exception {
    hub.away = true;
    queue.create(Steps.CALLER, step, Steps.begun(STUDY, "S1", "A1"));
    queue.tellNext(hub);
    clock.advance(Duration.ofDays(-400));
    hub.away = false;

    queue.tellNext(hub);

    assertThat(hub.steps).hasSize(1);
  }

  @Test
  void what_the_hub_refuses_waits_for_a_person_or_for_the_modality() throws Exception {
    hub.answer = new HubExchange.StepAnswer.Refused("TR-0420");
    queue.create(Steps.CALLER, step, Steps.begun(STUDY, "S1", "A1"));
    queue.tellNext(hub);
    assertThat(queue.waiting().getFirst().code()).isEqualTo("TR-0420");
    assertThat(queue.tellNext(hub)).isGreaterThan(Duration.ofDays(1));

    queue.retry(step);
    hub.answer = new HubExchange.StepAnswer.Refused("<b>no code</b>");
    queue.tellNext(hub);
    assertThat(queue.waiting().getFirst().code()).isEqualTo("GW-STEP-REFUSED");

    hub.answer = new HubExchange.StepAnswer.Taken();
    queue.change(Steps.CALLER, step, Steps.to("COMPLETED"));
    queue.tellNext(hub);
    assertThat(queue.waiting()).isEmpty();
    assertThat(hub.lastStep().revision()).isEqualTo(2);
  }

  @Test
  void a_change_while_the_hub_is_told_is_told_too() throws Exception {
    queue.create(Steps.CALLER, step, Steps.begun(STUDY, "S1", "A1"));

    queue.tellNext(
        new ForwardingHub(hub) {
          @Override
          public StepAnswer tell(SopInstanceUid uid, PerformedStepReport report)
              throws IOException, InterruptedException {
            queue.change(Steps.CALLER, uid, Steps.to("COMPLETED"));
            return super.tell(uid, report);
          }
        });
    assertThat(queue.waiting()).hasSize(1);
    queue.tellNext(hub);

    assertThat(hub.steps).extracting(PerformedStepReport::revision).containsExactly(1L, 2L);
    assertThat(queue.waiting()).isEmpty();
  }

  @Test
  void what_was_told_long_ago_is_forgotten() throws Exception {
    queue.create(Steps.CALLER, step, Steps.begun(STUDY, "S1", "A1"));
    queue.tellNext(hub);
    clock.advance(Duration.ofDays(31));
    queue.tellNext(hub);

    assertThat(refusal(() -> queue.change(Steps.CALLER, step, Steps.to("COMPLETED"))))
        .isEqualTo("0112");
  }

  /** After each cut all that was answered is there, and in the end the hub has all of it. */
  @Test
  void power_cuts_lose_no_step_that_was_answered() throws Exception {
    long seed = new Random().nextLong();
    var chance = new Random(seed);
    Path root = folder.resolve("disk");
    Files.createDirectories(root);
    Map<SopInstanceUid, String> answered = new HashMap<>();
    Set<SopInstanceUid> uncertain = new HashSet<>();
    for (int cut = 0; cut < 50; cut++) {
      var disk = new LosingDisk(root, chance, chance.nextInt(60));
      try (var steps = StepQueue.open(root.resolve("lan"), disk, clock)) {
        check(steps, answered, uncertain, seed);
        while (true) {
          var uid = new SopInstanceUid(Uid.create());
          uncertain.add(uid);
          steps.create(Steps.CALLER, uid, Steps.begun(STUDY, "S1", ""));
          answered.put(uid, "IN PROGRESS");
          if (chance.nextBoolean()) {
            steps.change(Steps.CALLER, uid, Steps.to("COMPLETED"));
            answered.put(uid, "COMPLETED");
          }
          uncertain.remove(uid);
          if (chance.nextInt(3) == 0) {
            hub.away = chance.nextInt(4) == 0;
            clock.advance(Duration.ofMinutes(30));
            steps.tellNext(hub);
          }
        }
      } catch (IOException e) {
        disk.cut();
      }
    }
    hub.away = false;
    try (var steps = StepQueue.open(root.resolve("lan"), DurableFiles.SYSTEM, clock)) {
      while (!steps.waiting().isEmpty()) {
        clock.advance(Duration.ofMinutes(30));
        steps.tellNext(hub);
      }
    }
    Map<String, String> atHub = new HashMap<>();
    Map<String, Long> revisions = new HashMap<>();
    for (int i = 0; i < hub.steps.size(); i++) {
      String uid = hub.uids.get(i);
      assertThat(hub.steps.get(i).revision())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(revisions.getOrDefault(uid, 0L));
      revisions.put(uid, hub.steps.get(i).revision());
      atHub.put(uid, status(hub.steps.get(i)));
    }
    answered.forEach((uid, status) -> {
      if (!uncertain.contains(uid)) {
        assertThat(atHub.get(uid.value().value())).as("seed %d", seed).isEqualTo(status);
      }
    });
  }

  private static void check(
      StepQueue steps,
      Map<SopInstanceUid, String> answered,
      Set<SopInstanceUid> uncertain,
      long seed)
      throws IOException {
    for (var each : answered.entrySet()) {
      if (uncertain.contains(each.getKey())) {
        continue;
      }
      assertThat(
              refusal(
                  () -> steps.create(Steps.CALLER, each.getKey(), Steps.begun(STUDY, "S1", ""))))
          .as("seed %d", seed)
          .isEqualTo("0111");
      assertThatThrownBy(() ->
              steps.change(
                  Steps.CALLER,
                  each.getKey(),
                  current -> {
                    throw new IllegalStateException(
                        current.string(Tag.PerformedProcedureStepStatus, ""));
                  }))
          .as("seed %d", seed)
          .hasMessage(each.getValue());
    }
  }

  private interface Request {
    void make() throws IOException;
  }

  private static String refusal(Request request) throws IOException {
    try {
      request.make();
      return "0000";
    } catch (DimseException e) {
      return e.status().hex();
    }
  }

  private static String status(PerformedStepReport report) {
    return DicomJson.read(report.attributes()).string(Tag.PerformedProcedureStepStatus, "");
  }

  /** Another hub's answers. */
  private static class ForwardingHub implements HubExchange {
    private final HubExchange other;

    ForwardingHub(HubExchange other) {
      this.other = other;
    }

    @Override
    public Answer worklist(String etag) throws IOException, InterruptedException {
      return other.worklist(etag);
    }

    @Override
    public Answer configuration(String etag) throws IOException, InterruptedException {
      return other.configuration(etag);
    }

    @Override
    public StepAnswer tell(SopInstanceUid uid, PerformedStepReport report)
        throws IOException, InterruptedException {
      return other.tell(uid, report);
    }
  }
}
