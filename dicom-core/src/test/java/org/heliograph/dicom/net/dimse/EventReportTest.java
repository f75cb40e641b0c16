package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.PduEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An SCP reports events on the association of the request that they follow. */
@Timeout(60)
class EventReportTest {
  private static final SopClassUid COMMITMENT = SopClassUid.of(Uids.StorageCommitmentPushModel);
  private static final SopInstanceUid WELL_KNOWN =
      SopInstanceUid.of(Uids.StorageCommitmentPushModelInstance);
  private static final Duration SILENCE = Duration.ofMillis(20);

  /** Answers each N-ACTION and then reports an event whose type is the action's. */
  private static final class Reporting implements NormalizedHandler {
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Duration silence;

    Reporting(Duration silence) {
      this.silence = silence;
    }

    @Override
    public NormalizedResult perform(NormalizedRequest request) throws IOException {
      if (!(request instanceof NormalizedRequest.Action action)) {
        return NormalizedResult.of(DimseStatus.UNRECOGNIZED_OPERATION);
      }
      action.invocation().followUps().add(new Report(action.actionType(), silence, told));
      return NormalizedResult.of(DimseStatus.SUCCESS);
    }
  }

  private record Report(int type, Duration silence, Queue<String> told) implements FollowUp {
    @Override
    public void run(EventReporter reporter) throws IOException {
      var status =
          reporter.report(
              COMMITMENT,
              WELL_KNOWN,
              type,
              Dataset.builder().string(Tag.TransactionUID, "2.25." + type).build());
      told.add(type + " " + (status == null ? "released" : status.hex()));
    }

    @Override
    public void abandoned() {
      told.add(type + " abandoned");
    }
  }

  private static NormalizedScu.Builder to(TestScp scp) {
    return NormalizedScu.to("127.0.0.1", scp.port(), TestScp.CALLER, TestScp.TITLE)
        .propose(COMMITMENT);
  }

  @Test
  void the_scu_gets_the_report_of_its_action_on_the_same_association() throws Exception {
    var reporting = new Reporting(SILENCE);
    var events = new ArrayList<String>();
    NormalizedHandler receiver =
        request -> {
          events.add(
              ((NormalizedRequest.EventReport) request)
                  .information()
                  .string(Tag.TransactionUID, ""));
          return NormalizedResult.of(DimseStatus.SUCCESS);
        };
    try (var scp = TestScp.start(DimseServices.builder().normalized(reporting, COMMITMENT));
        var scu = to(scp).events(receiver).open()) {
      assertThat(scu.awaitEvent(Duration.ofMillis(50))).isFalse();
      assertThat(scu.action(COMMITMENT, WELL_KNOWN, 1, Dataset.empty()).status())
          .isEqualTo(DimseStatus.SUCCESS);
      assertThat(scu.action(COMMITMENT, WELL_KNOWN, 2, Dataset.empty()).status())
          .isEqualTo(DimseStatus.SUCCESS);
      while (events.size() < 2) {
        scu.awaitEvent();
      }
      scu.release();

      assertThat(events).containsExactly("2.25.1", "2.25.2");
      await().untilAsserted(() -> assertThat(reporting.told).containsExactly("1 0000", "2 0000"));
      assertThat(scp.causes).isEmpty();
    }
  }

  @Test
  void an_scu_that_takes_no_events_says_so() throws Exception {
    var reporting = new Reporting(SILENCE);
    try (var scp = TestScp.start(DimseServices.builder().normalized(reporting, COMMITMENT));
        var scu = to(scp).open()) {
      scu.action(COMMITMENT, WELL_KNOWN, 1, Dataset.empty());
      scu.awaitEvent();
      scu.release();

      await().untilAsserted(() -> assertThat(reporting.told).containsExactly("1 0113"));
    }
  }

  @Test
  void who_releases_at_once_hears_nothing_and_the_report_is_left_to_others() throws Exception {
    var reporting = new Reporting(Duration.ofSeconds(30));
    try (var scp = TestScp.start(DimseServices.builder().normalized(reporting, COMMITMENT));
        var peer =
            RawPeer.associate(
                scp.port(), Uids.ImplicitVrLittleEndian, COMMITMENT.value().value())) {
      peer.message(1, action(1, 1));
      peer.message(1, action(2, 2));
      peer.send(PduEncoder.encode(new Pdu.ReleaseRq()));

      assertThat(peer.expectStatus()).isZero();
      assertThat(peer.expectStatus()).isZero();
      assertThat(peer.read()).isInstanceOf(Pdu.ReleaseRp.class);
      await()
          .untilAsserted(
              () -> assertThat(reporting.told).containsExactly("1 abandoned", "2 abandoned"));
      assertThat(scp.causes).isEmpty();
    }
  }

  @Test
  void who_releases_instead_of_answering_a_report_is_released() throws Exception {
    var reporting = new Reporting(Duration.ofSeconds(1));
    try (var scp = TestScp.start(DimseServices.builder().normalized(reporting, COMMITMENT));
        var peer =
            RawPeer.associate(
                scp.port(), Uids.ImplicitVrLittleEndian, COMMITMENT.value().value())) {
      peer.message(1, action(1, 1));
      peer.message(1, action(2, 2));
      peer.expectStatus();
      peer.expectStatus();
      assertThat(field(peer.expectCommand())).isEqualTo(Operation.N_EVENT_REPORT.request());
      peer.send(PduEncoder.encode(new Pdu.ReleaseRq()));
      while (!(peer.read() instanceof Pdu.ReleaseRp)) {
        // the report's data set
      }
      await()
          .untilAsserted(
              () -> assertThat(reporting.told).containsExactly("1 released", "2 abandoned"));
      assertThat(scp.causes).isEmpty();
    }
  }

  @Test
  void an_answer_to_no_report_ends_the_association() throws Exception {
    try (var scp =
            TestScp.start(DimseServices.builder().normalized(new Reporting(SILENCE), COMMITMENT));
        var peer =
            RawPeer.associate(
                scp.port(), Uids.ImplicitVrLittleEndian, COMMITMENT.value().value())) {
      peer.message(1, answer(0x8000));
      peer.expectAbort();
    }
  }

  /**
   * Whatever the peer does first, its next request or its answer: each request is answered once, no
   * report comes before the answer to its action, and no two are under way.
   */
  @Test
  void requests_and_reports_never_get_into_each_others_way() throws Exception {
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (var round = 0; round < 12; round++) {
      var reporting = new Reporting(SILENCE);
      try (var scp = TestScp.start(DimseServices.builder().normalized(reporting, COMMITMENT));
          var peer =
              RawPeer.associate(
                  scp.port(),
                  Uids.ImplicitVrLittleEndian,
                  COMMITMENT.value().value(),
                  Uids.VerificationSopClass)) {
        new Conversation(peer, random).run(6);
        var expected = List.of("1 0000", "2 0000", "3 0000", "4 0000", "5 0000", "6 0000");
        await()
            .untilAsserted(() ->
                assertThat(reporting.told).as("seed " + seed).containsExactlyElementsOf(expected));
        assertThat(scp.causes).isEmpty();
      }
    }
  }

  /** A peer that sends N-ACTIONs and C-ECHOs one at a time, and answers reports when it likes. */
  private static final class Conversation {
    private final RawPeer peer;
    private final Random random;
    private int messageId;
    private int requested;
    private int acted;
    private int reported;
    private int answered;
    private int openRequest;
    private int openReport;

    Conversation(RawPeer peer, Random random) {
      this.peer = peer;
      this.random = random;
    }

    void run(int actions) throws Exception {
      while (answered < actions) {
        if (openReport > 0 && (openRequest > 0 || requested == actions || random.nextBoolean())) {
          peer.message(1, answer(openReport));
          openReport = 0;
          answered++;
        } else if (openRequest == 0 && requested < actions && random.nextInt(4) > 0) {
          openRequest = ++messageId;
          if (random.nextBoolean()) {
            peer.message(1, action(openRequest, ++requested));
          } else {
            peer.message(3, echo(openRequest));
          }
        } else if (openRequest > 0 || (openReport == 0 && reported < acted)) {
          take(peer.expectCommand());
        }
      }
    }

    private void take(CommandSet command) {
      if (field(command) == Operation.N_EVENT_REPORT.request()) {
        assertThat(openReport).as("one report at a time").isZero();
        openReport = command.us(CommandTag.MESSAGE_ID).orElseThrow();
        assertThat(command.us(CommandTag.EVENT_TYPE_ID).orElseThrow()).isEqualTo(++reported);
        assertThat(reported).as("after its action was answered").isLessThanOrEqualTo(acted);
        return;
      }
      assertThat(command.us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO).orElseThrow())
          .isEqualTo(openRequest);
      if (field(command) == Operation.N_ACTION.response()) {
        acted++;
      }
      openRequest = 0;
    }
  }

  private static int field(CommandSet command) {
    return command.us(CommandTag.COMMAND_FIELD).orElseThrow();
  }

  private static CommandSet action(int messageId, int type) {
    return new CommandSet()
        .us(CommandTag.COMMAND_FIELD, Operation.N_ACTION.request())
        .us(CommandTag.MESSAGE_ID, messageId)
        .withoutDataSet()
        .uid(CommandTag.REQUESTED_SOP_CLASS_UID, COMMITMENT.value().value())
        .uid(CommandTag.REQUESTED_SOP_INSTANCE_UID, WELL_KNOWN.value().value())
        .us(CommandTag.ACTION_TYPE_ID, type);
  }

  private static CommandSet echo(int messageId) {
    return new CommandSet()
        .us(CommandTag.COMMAND_FIELD, Operation.C_ECHO.request())
        .us(CommandTag.MESSAGE_ID, messageId)
        .withoutDataSet()
        .uid(CommandTag.AFFECTED_SOP_CLASS_UID, Uids.VerificationSopClass);
  }

  private static CommandSet answer(int messageId) {
    return new CommandSet()
        .us(CommandTag.COMMAND_FIELD, Operation.N_EVENT_REPORT.response())
        .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, messageId)
        .withoutDataSet()
        .status(DimseStatus.SUCCESS);
  }
}
