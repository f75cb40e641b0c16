package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.junit.jupiter.api.Test;

/** DIMSE-N between our SCU and our SCP: MPPS, storage commitment, print. */
class NormalizedTest {
  private static final SopClassUid MPPS = SopClassUid.of(Uids.ModalityPerformedProcedureStep);
  private static final SopClassUid COMMITMENT = SopClassUid.of(Uids.StorageCommitmentPushModel);
  private static final SopInstanceUid WELL_KNOWN =
      SopInstanceUid.of(Uids.StorageCommitmentPushModelInstance);
  private static final SopClassUid PRINT = SopClassUid.of("1.2.840.10008.5.1.1.9");
  private static final SopClassUid FILM_SESSION = SopClassUid.of("1.2.840.10008.5.1.1.1");
  private static final Dataset IN_PROGRESS =
      Dataset.builder().string(Tag.PerformedProcedureStepStatus, "IN PROGRESS").build();
  private static final Dataset COMPLETED =
      Dataset.builder().string(Tag.PerformedProcedureStepStatus, "COMPLETED").build();

  private static NormalizedScu.Builder to(TestScp scp) {
    return NormalizedScu.to("127.0.0.1", scp.port(), TestScp.CALLER, TestScp.TITLE);
  }

  /** A performed procedure step that is made, set, read and deleted. */
  private static final class Steps implements NormalizedHandler {
    private final List<String> seen = new ArrayList<>();
    private final SopInstanceUid made = new SopInstanceUid(Uid.create());
    private Dataset step = Dataset.empty();

    @Override
    public NormalizedResult perform(NormalizedRequest request) throws IOException {
      seen.add(request.toString());
      return switch (request) {
        case NormalizedRequest.Create create -> {
          step = create.attributes();
          yield NormalizedResult.created(
              create.sopInstance() == null ? made : create.sopInstance(), Dataset.empty());
        }
        case NormalizedRequest.Set set -> {
          if (step.equals(COMPLETED)) {
            throw new DimseException(
                DimseStatus.PROCESSING_FAILURE
                    .withComment("may no longer be updated")
                    .withErrorId(0xa710));
          }
          step = set.modifications();
          yield NormalizedResult.of(DimseStatus.SUCCESS);
        }
        case NormalizedRequest.Get get -> {
          assertThat(get.attributes()).containsExactly(Tag.PerformedProcedureStepStatus);
          yield NormalizedResult.success(step);
        }
        case NormalizedRequest.Delete _ -> NormalizedResult.of(DimseStatus.SUCCESS);
        case NormalizedRequest.Action _, NormalizedRequest.EventReport _ ->
            NormalizedResult.of(DimseStatus.UNRECOGNIZED_OPERATION);
      };
    }
  }

  @Test
  void a_performed_procedure_step_is_created_set_read_and_deleted() throws Exception {
    var steps = new Steps();
    try (var scp = TestScp.start(DimseServices.builder().normalized(steps, MPPS));
        var scu = to(scp).propose(MPPS).open()) {
      var created = scu.create(MPPS, null, IN_PROGRESS);
      assertThat(created.status()).isEqualTo(DimseStatus.SUCCESS);
      assertThat(created.sopInstance()).isEqualTo(steps.made);

      assertThat(scu.set(MPPS, steps.made, COMPLETED).status()).isEqualTo(DimseStatus.SUCCESS);
      var late = scu.set(MPPS, steps.made, IN_PROGRESS);
      assertThat(late.status().code()).isEqualTo(0x0110);
      assertThat(late.status().errorId()).isEqualTo(0xa710);
      assertThat(scu.get(MPPS, steps.made, List.of(Tag.PerformedProcedureStepStatus)).dataset())
          .isEqualTo(COMPLETED);
      assertThat(scu.action(MPPS, steps.made, 1, Dataset.empty()).status())
          .isEqualTo(DimseStatus.UNRECOGNIZED_OPERATION);
      assertThat(scu.delete(MPPS, steps.made).status()).isEqualTo(DimseStatus.SUCCESS);
      scu.release();
      assertThat(steps.seen)
          .containsExactly("Create[]", "Set[]", "Set[]", "Get[]", "Action[1]", "Delete[]");
      assertThat(scp.causes).isEmpty();
    }
  }

  @Test
  void an_scp_of_storage_commitment_reports_on_an_association_of_its_own() throws Exception {
    var reports = new ConcurrentLinkedQueue<NormalizedRequest>();
    NormalizedHandler handler =
        request -> {
          reports.add(request);
          return NormalizedResult.of(DimseStatus.SUCCESS);
        };
    try (var requestor = TestScp.start(DimseServices.builder().normalized(handler, COMMITMENT));
        var scp = to(requestor).proposeAsScp(COMMITMENT).open()) {
      var information = Dataset.builder().string(Tag.TransactionUID, "2.25.9").build();

      var result = scp.eventReport(COMMITMENT, WELL_KNOWN, 2, information);

      assertThat(result.status()).isEqualTo(DimseStatus.SUCCESS);
      assertThat(reports)
          .singleElement()
          .isInstanceOfSatisfying(
              NormalizedRequest.EventReport.class,
              report -> {
                assertThat(report.eventType()).isEqualTo(2);
                assertThat(report.sopInstance()).isEqualTo(WELL_KNOWN);
                assertThat(report.information()).isEqualTo(information);
              });
      scp.release();
    }
  }

  @Test
  void a_meta_sop_class_carries_its_sop_classes_and_no_others() throws Exception {
    NormalizedHandler printer =
        _ -> NormalizedResult.created(new SopInstanceUid(new Uid("2.25.5")), Dataset.empty());
    try (var scp =
            TestScp.start(DimseServices.builder().normalizedIn(PRINT, printer, FILM_SESSION));
        var scu = to(scp).propose(PRINT).open().in(PRINT)) {
      assertThat(scu.create(FILM_SESSION, null, Dataset.empty()).sopInstance())
          .isEqualTo(SopInstanceUid.of("2.25.5"));
      assertThat(scu.create(MPPS, null, Dataset.empty()).status())
          .isEqualTo(DimseStatus.NO_SUCH_SOP_CLASS);
      scu.release();
    }
  }

  @Test
  void what_was_not_proposed_is_not_sent() throws Exception {
    try (var scp = TestScp.start(DimseServices.builder());
        var scu = to(scp).propose(MPPS).open()) {
      assertThatThrownBy(() -> scu.create(MPPS, null, IN_PROGRESS))
          .isInstanceOf(NoAcceptedContextException.class);
    }
  }
}
