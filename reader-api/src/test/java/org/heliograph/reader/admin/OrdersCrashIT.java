package org.heliograph.reader.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.InformationModel;
import org.heliograph.dicom.net.dimse.NormalizedScu;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.HubProcess;
import org.heliograph.reader.hl7.MllpClient;
import org.heliograph.reader.hl7.OrderMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders and performed steps that were acknowledged survive SIGKILL, each once. */
class OrdersCrashIT {
  private static final int BEFORE_THE_KILL = 60;
  private static final AeTitle STATION = new AeTitle("HILL_DX");
  private static final AeTitle HUB = new AeTitle("HELIOGRAPH");

  @Test
  void what_was_acknowledged_before_a_kill_is_on_the_worklist_after_it(@TempDir Path folder)
      throws Exception {
    try (HubProcess hub = new HubProcess(folder, List.of("--hl7-port", "0"), Map.of())) {
      hub.start();
      admin(hub, "site", "add", "HILL", "--name", "Hill Clinic", "--time-zone", "Africa/Nairobi");
      admin(hub, "ae", "add", "HILL", STATION.value(), "--may", "store,worklist");
      admin(hub, "hl7", "add", "HILL", "RIS", "*");
      assertThat(admin(hub, "hl7", "list").out()).isEqualTo("RIS  *  HILL\n");

      var acknowledged = new LinkedHashMap<String, String>();
      var enough = new CountDownLatch(BEFORE_THE_KILL);
      int port = hl7Port(hub);
      Thread sender = Thread.ofVirtual().start(() -> send(port, acknowledged, enough));
      assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
      SopInstanceUid performed = perform(hub);
      hub.kill();
      hub.awaitEnd();
      sender.join();

      hub.start();
      Map<String, Integer> listed = listed(hub);
      assertThat(listed.keySet()).containsAll(acknowledged.keySet());
      assertThat(listed.values()).containsOnly(1);
      assertThat(complete(hub, performed)).isEqualTo("0000");
      try (var again = MllpClient.to(hl7Port(hub))) {
        for (String message : acknowledged.values()) {
          assertThat(again.exchange(message.getBytes(StandardCharsets.UTF_8))).contains("MSA|AA|");
        }
      }
      assertThat(listed(hub)).isEqualTo(listed);
      deadLettersAreSeenTo(hub);
    }
  }

  private static void deadLettersAreSeenTo(HubProcess hub) throws IOException {
    String message = new OrderMessages("STRANGER").orm("NW");
    try (var client = MllpClient.to(hl7Port(hub))) {
      assertThat(client.exchange(message.getBytes(StandardCharsets.UTF_8))).contains("MSA|AR|");
    }
    String number =
        admin(hub, "hl7", "dead-letters", "list", "--json").json().get(0).get("id").asString();
    assertThat(admin(hub, "hl7", "dead-letters", "show", number).out()).contains("PID|1||");
    assertThat(run(hub, "hl7", "dead-letters", "retry", number))
        .satisfies(refused -> {
          assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
          assertThat(refused.err()).contains("TR-0456").doesNotContain("Kamau");
        });
    admin(hub, "hl7", "dead-letters", "drop", number);
    assertThat(admin(hub, "hl7", "dead-letters", "list").out()).isEqualTo("none\n");
    assertThat(hub.log()).noneMatch(line -> line.contains("Kamau") || line.contains("HL7_"));
  }

  private static void send(int port, Map<String, String> acknowledged, CountDownLatch enough) {
    try (var client = MllpClient.to(port)) {
      while (true) {
        var order = new OrderMessages("RIS");
        String message = order.orm("NW");
        if (!client.exchange(message.getBytes(StandardCharsets.UTF_8)).contains("MSA|AA|")) {
          throw new AssertionError("refused");
        }
        acknowledged.put(order.accession, message);
        enough.countDown();
      }
    } catch (UncheckedIOException _) {
      // killed
    }
  }

  /** A step of no order, begun. */
  private static SopInstanceUid perform(HubProcess hub) throws IOException {
    var step = SopInstanceUid.of(Uid.create().value());
    try (var scu = scu(hub)) {
      Dataset begun =
          Dataset.builder()
              .string(Tag.PerformedProcedureStepStatus, "IN PROGRESS")
              .string(Tag.PerformedProcedureStepID, "1")
              .string(Tag.PerformedStationAETitle, STATION.value())
              .string(Tag.PerformedProcedureStepStartDate, "20260304")
              .string(Tag.PerformedProcedureStepStartTime, "101600")
              .string(Tag.Modality, "DX")
              .sequence(
                  Tag.ScheduledStepAttributesSequence,
                  Dataset.builder().string(Tag.StudyInstanceUID, Uid.create().value()).build())
              .build();
      assertThat(scu.create(sopClass(), step, begun).status().hex()).isEqualTo("0000");
      scu.release();
    }
    return step;
  }

  private static String complete(HubProcess hub, SopInstanceUid step) throws IOException {
    try (var scu = scu(hub)) {
      Dataset ended =
          Dataset.builder()
              .string(Tag.PerformedProcedureStepStatus, "DISCONTINUED")
              .string(Tag.PerformedProcedureStepEndDate, "20260304")
              .string(Tag.PerformedProcedureStepEndTime, "101700")
              .build();
      String status = scu.set(sopClass(), step, ended).status().hex();
      scu.release();
      return status;
    }
  }

  private static NormalizedScu scu(HubProcess hub) throws IOException {
    return NormalizedScu.to("127.0.0.1", hub.dicomPort(), STATION, HUB).propose(sopClass()).open();
  }

  private static SopClassUid sopClass() {
    return SopClassUid.of(Uids.ModalityPerformedProcedureStep);
  }

  /** Accession numbers on the worklist, and how often each is. */
  private static Map<String, Integer> listed(HubProcess hub) throws IOException {
    Map<String, Integer> listed = new LinkedHashMap<>();
    Set<String> studies = new HashSet<>();
    try (var scu =
            QueryRetrieveScu.to("127.0.0.1", hub.dicomPort(), STATION, HUB)
                .proposeFind(InformationModel.MODALITY_WORKLIST)
                .open();
        var results =
            scu.find(
                InformationModel.MODALITY_WORKLIST,
                Dataset.builder().empty(Tag.AccessionNumber).empty(Tag.StudyInstanceUID).build())) {
      for (var match = results.next(); match != null; match = results.next()) {
        listed.merge(match.identifier().string(Tag.AccessionNumber, ""), 1, Integer::sum);
        studies.add(match.identifier().string(Tag.StudyInstanceUID, ""));
      }
      assertThat(results.status().hex()).isEqualTo("0000");
    }
    assertThat(studies).hasSameSizeAs(listed.keySet());
    return listed;
  }

  private static int hl7Port(HubProcess hub) throws IOException {
    String line =
        hub.output().stream()
            .filter(each -> each.startsWith("  HL7    port "))
            .reduce((first, second) -> second)
            .orElseThrow();
    return Integer.parseInt(line.substring("  HL7    port ".length()));
  }

  private static AdminRun admin(HubProcess hub, String... command) {
    AdminRun run = run(hub, command);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.OK);
    return run;
  }

  private static AdminRun run(HubProcess hub, String... command) {
    return AdminRun.of(
        Map.of("HELIOGRAPH_DATA", hub.data().root().toString()), "", List.of(command));
  }
}
