package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Retrieval;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.PduEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that are wrong, in the wrong place, or at the wrong time. */
@SuppressWarnings("NullAway.Init")
class HostileRequestorTest {
  private static final String FIND = Uids.StudyRootQueryRetrieveFind;
  private static final String MOVE = Uids.StudyRootQueryRetrieveMove;
  private static final String MPPS = Uids.ModalityPerformedProcedureStep;
  private static final String SC = Uids.SecondaryCaptureImageStorage;
  private static final int VERIFICATION_CONTEXT = 1;
  private static final int FIND_CONTEXT = 3;
  private static final int MOVE_CONTEXT = 5;
  private static final int MPPS_CONTEXT = 7;
  private static final int STORE_CONTEXT = 9;

  /** (0008,0052) CS IMAGE, implicit. */
  private static final byte[] KEYS = {8, 0, 0x52, 0, 6, 0, 0, 0, 'I', 'M', 'A', 'G', 'E', ' '};

  private final CountDownLatch running = new CountDownLatch(1);
  private TestScp scp;
  private RawPeer peer;

  @BeforeEach
  void start() throws Exception {
    FindHandler untilCancelled =
        request ->
            () -> {
              running.countDown();
              while (!request.invocation().cancellation().isRequested()) {
                Thread.onSpinWait();
              }
              return null;
            };
    scp =
        TestScp.start(
            DimseServices.builder()
                .find(untilCancelled, InformationModel.STUDY_ROOT.find().orElseThrow())
                .move(
                    _ -> Retrieval.of(List.of()),
                    (_, _, _) -> {
                      throw new DimseException(DimseStatus.MOVE_DESTINATION_UNKNOWN);
                    },
                    InformationModel.STUDY_ROOT.move().orElseThrow())
                .normalized(_ -> NormalizedResult.of(DimseStatus.SUCCESS), SopClassUid.of(MPPS))
                .store((_, _) -> DimseStatus.SUCCESS));
    peer =
        RawPeer.associate(
            scp.port(),
            Uids.ImplicitVrLittleEndian,
            Uids.VerificationSopClass,
            FIND,
            MOVE,
            MPPS,
            SC);
  }

  @AfterEach
  void stop() throws Exception {
    peer.close();
    scp.close();
  }

  private static CommandSet request(Operation operation, String sopClass, int id) {
    return new CommandSet()
        .uid(CommandTag.AFFECTED_SOP_CLASS_UID, sopClass)
        .us(CommandTag.COMMAND_FIELD, operation.request())
        .us(CommandTag.MESSAGE_ID, id)
        .withoutDataSet();
  }

  private static CommandSet cancel(int id) {
    return new CommandSet()
        .us(CommandTag.COMMAND_FIELD, Operation.C_CANCEL.request())
        .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, id)
        .withoutDataSet();
  }

  private void echoes() throws Exception {
    peer.message(VERIFICATION_CONTEXT, request(Operation.C_ECHO, Uids.VerificationSopClass, 99));
    assertThat(peer.expectStatus()).isZero();
  }

  private void startQuery() throws Exception {
    peer.message(FIND_CONTEXT, request(Operation.C_FIND, FIND, 1).withDataSet(), KEYS);
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_data_set_where_none_is_allowed_is_a_mistyped_argument() throws Exception {
    peer.message(
        VERIFICATION_CONTEXT,
        request(Operation.C_ECHO, Uids.VerificationSopClass, 1).withDataSet(),
        KEYS);
    assertThat(peer.expectStatus()).isEqualTo(0x0212);
    echoes();
  }

  @ParameterizedTest
  @CsvSource({"C_FIND, " + FIND + ", 3", "C_MOVE, " + MOVE + ", 5", "C_STORE, " + SC + ", 9"})
  void a_missing_data_set_is_a_mistyped_argument(Operation operation, String sopClass, int context)
      throws Exception {
    peer.message(context, request(operation, sopClass, 1));
    assertThat(peer.expectStatus()).isEqualTo(0x0212);
    echoes();
  }

  @Test
  void the_sop_class_of_another_context_is_not_supported() throws Exception {
    peer.message(MOVE_CONTEXT, request(Operation.C_FIND, FIND, 1).withDataSet(), KEYS);
    assertThat(peer.expectStatus()).isEqualTo(0x0122);
    peer.message(FIND_CONTEXT, request(Operation.C_STORE, SC, 2).withDataSet(), KEYS);
    assertThat(peer.expectStatus()).isEqualTo(0x0122);
    echoes();
  }

  @Test
  void an_operation_that_the_sop_class_does_not_have_is_unrecognized() throws Exception {
    peer.message(FIND_CONTEXT, request(Operation.C_MOVE, FIND, 1).withDataSet(), KEYS);
    assertThat(peer.expectStatus()).isEqualTo(0x0211);
    peer.message(
        VERIFICATION_CONTEXT,
        new CommandSet()
            .us(CommandTag.COMMAND_FIELD, 0x0777)
            .us(CommandTag.MESSAGE_ID, 2)
            .withDataSet(),
        KEYS);
    assertThat(peer.expectStatus()).isEqualTo(0x0211);
    echoes();
  }

  @Test
  void an_identifier_that_is_not_dicom_is_not_processed() throws Exception {
    var garbage = new byte[] {8, 0, 0x52, 0, (byte) 0xff, (byte) 0xff, 0, 0, 1, 2};
    peer.message(FIND_CONTEXT, request(Operation.C_FIND, FIND, 1).withDataSet(), garbage);
    assertThat(peer.expectStatus()).isEqualTo(0xc000);
    echoes();
  }

  @Test
  void a_move_to_no_ae_title_has_an_unknown_destination() throws Exception {
    peer.message(MOVE_CONTEXT, request(Operation.C_MOVE, MOVE, 1).withDataSet(), KEYS);
    assertThat(peer.expectStatus()).isEqualTo(0xa801);
    echoes();
  }

  @Test
  void normalized_requests_that_lack_something_are_told_what() throws Exception {
    var set =
        new CommandSet()
            .uid(CommandTag.REQUESTED_SOP_CLASS_UID, MPPS)
            .us(CommandTag.COMMAND_FIELD, Operation.N_SET.request())
            .us(CommandTag.MESSAGE_ID, 1)
            .withDataSet();
    peer.message(MPPS_CONTEXT, set, KEYS);
    assertThat(peer.expectStatus()).isEqualTo(0x0117);
    peer.message(MPPS_CONTEXT, set.uid(CommandTag.REQUESTED_SOP_INSTANCE_UID, "1..2"), KEYS);
    assertThat(peer.expectStatus()).isEqualTo(0x0117);
    peer.message(
        MPPS_CONTEXT, set.uid(CommandTag.REQUESTED_SOP_INSTANCE_UID, "1.2").withoutDataSet());
    assertThat(peer.expectStatus()).isEqualTo(0x0212);
    peer.message(MPPS_CONTEXT, set.us(CommandTag.COMMAND_FIELD, Operation.N_ACTION.request()));
    assertThat(peer.expectStatus()).isEqualTo(0x0212);
    // N-CREATE without UID: the handler made none, which is its bug
    peer.message(MPPS_CONTEXT, request(Operation.N_CREATE, MPPS, 5));
    assertThat(peer.expectStatus()).isEqualTo(0x0110);
    peer.expectAbort();
    peer.close();
    await()
        .untilAsserted(
            () -> assertThat(scp.causes).singleElement().isInstanceOf(IllegalStateException.class));
  }

  @Test
  void a_cancel_of_nothing_is_passed_over() throws Exception {
    peer.message(FIND_CONTEXT, cancel(77));
    echoes();
  }

  @Test
  void a_cancel_of_another_message_does_not_end_the_query_and_the_right_one_does()
      throws Exception {
    startQuery();
    peer.message(FIND_CONTEXT, cancel(77));
    peer.message(FIND_CONTEXT, cancel(1));
    assertThat(peer.expectStatus()).isEqualTo(0xfe00);
    echoes();
  }

  @Test
  void a_second_request_while_one_is_performed_ends_the_association() throws Exception {
    startQuery();
    peer.message(VERIFICATION_CONTEXT, request(Operation.C_ECHO, Uids.VerificationSopClass, 2));
    peer.expectAbort();
  }

  @Test
  void a_release_while_a_request_is_performed_is_answered_after_it() throws Exception {
    startQuery();
    peer.send(PduEncoder.encode(new Pdu.ReleaseRq()));
    assertThat(peer.expectStatus()).isEqualTo(0xfe00);
    assertThat(peer.read()).isInstanceOf(Pdu.ReleaseRp.class);
  }

  @Test
  void a_response_to_no_request_ends_the_association() throws Exception {
    peer.message(
        FIND_CONTEXT,
        new CommandSet()
            .us(CommandTag.COMMAND_FIELD, Operation.C_STORE.response())
            .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, 1)
            .withoutDataSet()
            .status(DimseStatus.SUCCESS));
    peer.expectAbort();
  }

  @Test
  void a_data_set_in_another_context_than_its_command_ends_the_association() throws Exception {
    peer.send(
        RawPeer.pdv(
            FIND_CONTEXT,
            Pdu.Pdv.Kind.COMMAND,
            request(Operation.C_FIND, FIND, 1).withDataSet().encode()));
    peer.send(RawPeer.pdv(MOVE_CONTEXT, Pdu.Pdv.Kind.DATASET, KEYS));
    peer.expectAbort();
  }

  @Test
  void a_data_set_without_command_ends_the_association() throws Exception {
    peer.send(RawPeer.pdv(FIND_CONTEXT, Pdu.Pdv.Kind.DATASET, KEYS));
    peer.expectAbort();
  }

  @Test
  void a_command_in_a_context_that_was_not_accepted_ends_the_association() throws Exception {
    peer.message(101, request(Operation.C_ECHO, Uids.VerificationSopClass, 1));
    peer.expectAbort();
  }

  @Test
  void a_store_in_its_context_is_taken() throws Exception {
    peer.message(
        STORE_CONTEXT,
        request(Operation.C_STORE, SC, 1)
            .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, "1.2.3")
            .withDataSet(),
        KEYS);
    assertThat(peer.expectStatus()).isZero();
  }
}
