package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Retrieval;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.PduEncoder;
import org.junit.jupiter.api.Test;

/**
 * Damaged messages against a running SCP: each gets a response or ends its association, nothing is
 * thrown but what is declared, and the SCP goes on. {@code -Ddicom.mutations=100000} makes it a
 * soak.
 */
class MessageMutationTest {
  private static final int MUTATIONS = Integer.getInteger("dicom.mutations", 2000);
  private static final String FIND = Uids.StudyRootQueryRetrieveFind;
  private static final String GET = Uids.StudyRootQueryRetrieveGet;
  private static final String MPPS = Uids.ModalityPerformedProcedureStep;
  private static final String SC = Uids.SecondaryCaptureImageStorage;
  private static final byte[] KEYS = {8, 0, 0x52, 0, 6, 0, 0, 0, 'I', 'M', 'A', 'G', 'E', ' '};

  private static TestScp scp() throws IOException {
    return TestScp.start(
        DimseServices.builder()
            .find(
                _ ->
                    FindHandler.Matches.of(
                        List.of(Dataset.builder().string(Tag.PatientID, "1").build())),
                SopClassUid.of(FIND))
            .get(_ -> Retrieval.of(List.of()), SopClassUid.of(GET))
            .normalized(
                request ->
                    request instanceof NormalizedRequest.Create
                        ? NormalizedResult.of(DimseStatus.MISSING_ATTRIBUTE)
                        : NormalizedResult.of(DimseStatus.SUCCESS),
                SopClassUid.of(MPPS))
            .store((_, dataset) -> {
              dataset.skipNBytes(3);
              return DimseStatus.SUCCESS;
            })
            .maxIdentifierBytes(64 * 1024));
  }

  private static CommandSet request(Operation operation, String sopClass) {
    return new CommandSet()
        .uid(CommandTag.AFFECTED_SOP_CLASS_UID, sopClass)
        .us(CommandTag.COMMAND_FIELD, operation.request())
        .us(CommandTag.MESSAGE_ID, 1)
        .us(CommandTag.PRIORITY, 0)
        .withoutDataSet();
  }

  /** One message of each kind, in the contexts 1, 3, 5, 7, 9. */
  private static List<byte[]> messages() {
    var all = new ArrayList<byte[]>();
    all.add(RawPeer.encoded(1, request(Operation.C_ECHO, Uids.VerificationSopClass)));
    all.add(RawPeer.encoded(3, request(Operation.C_FIND, FIND).withDataSet(), KEYS));
    all.add(RawPeer.encoded(5, request(Operation.C_GET, GET).withDataSet(), KEYS));
    all.add(
        RawPeer.encoded(
            7,
            new CommandSet()
                .uid(CommandTag.REQUESTED_SOP_CLASS_UID, MPPS)
                .uid(CommandTag.REQUESTED_SOP_INSTANCE_UID, "1.2.3")
                .us(CommandTag.COMMAND_FIELD, Operation.N_GET.request())
                .us(CommandTag.MESSAGE_ID, 1)
                .tags(CommandTag.ATTRIBUTE_IDENTIFIER_LIST, List.of(Tag.PatientID))
                .withoutDataSet()));
    all.add(
        RawPeer.encoded(
            7,
            new CommandSet()
                .uid(CommandTag.REQUESTED_SOP_CLASS_UID, MPPS)
                .uid(CommandTag.REQUESTED_SOP_INSTANCE_UID, "1.2.3")
                .us(CommandTag.COMMAND_FIELD, Operation.N_ACTION.request())
                .us(CommandTag.MESSAGE_ID, 1)
                .us(CommandTag.ACTION_TYPE_ID, 1)
                .withDataSet(),
            KEYS));
    all.add(
        RawPeer.encoded(
            9,
            request(Operation.C_STORE, SC)
                .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, "1.2.3")
                .withDataSet(),
            KEYS));
    return all;
  }

  @Test
  void damaged_messages_are_answered_or_end_their_association_only() throws Exception {
    var seed = Long.getLong("dicom.seed", 20261121);
    var random = new Random(seed);
    var messages = messages();
    var release = PduEncoder.encode(new Pdu.ReleaseRq());
    try (var scp = scp()) {
      for (var round = 0; round < MUTATIONS; round++) {
        var bytes = messages.get(random.nextInt(messages.size())).clone();
        for (var i = random.nextInt(1, 6); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        try (var peer =
            RawPeer.associate(
                scp.port(),
                Uids.ImplicitVrLittleEndian,
                Uids.VerificationSopClass,
                FIND,
                GET,
                MPPS,
                SC)) {
          peer.send(bytes);
          peer.send(release);
          peer.endOfOutput();
          peer.readToEnd();
        } catch (IOException e) {
          throw new IOException("seed " + seed + ", round " + round, e);
        }
      }
      try (var scu =
          StorageScu.to("127.0.0.1", scp.port(), TestScp.CALLER, TestScp.TITLE)
              .proposeVerification()
              .open()) {
        assertThat(scu.echo()).isEqualTo(DimseStatus.SUCCESS);
        scu.release();
      }
      assertThat(scp.causes)
          .as("seed %d", seed)
          .allSatisfy(cause -> assertThat(cause).isInstanceOf(AssociationException.class));
    }
  }
}
