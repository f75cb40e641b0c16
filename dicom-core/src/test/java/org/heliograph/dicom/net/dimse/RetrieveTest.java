package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu.Next;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu.Progress;
import org.heliograph.dicom.net.dimse.RetrieveHandler.MoveDestination;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Retrieval;
import org.junit.jupiter.api.Test;

/** C-GET and C-MOVE between our SCU and our SCP. */
class RetrieveTest {
  private static final SopClassUid MOVE = InformationModel.STUDY_ROOT.move().orElseThrow();
  private static final SopClassUid GET = InformationModel.STUDY_ROOT.get().orElseThrow();
  private static final SopClassUid SC = SopClassUid.of(Uids.SecondaryCaptureImageStorage);
  private static final Dataset KEYS =
      Identifier.at(QueryRetrieveLevel.STUDY).returning(Tag.PatientName).build();

  static StoredInstance instance(String syntax, int pixelBytes) throws IOException {
    var uid = new SopInstanceUid(Uid.create());
    var dataset =
        Dataset.builder()
            .string(Tag.SOPClassUID, SC.value().value())
            .string(Tag.SOPInstanceUID, uid.value().value())
            .string(Tag.PatientID, "P1")
            .bytes(Tag.PixelData, Vr.OW, new byte[pixelBytes])
            .build();
    var out = new ByteArrayOutputStream();
    DicomWriter.writeDataset(out, TransferSyntax.of(syntax), dataset, BulkSource.NONE);
    return new StoredInstance(
        SC, uid, TransferSyntaxUid.of(syntax), DatasetSource.of(out.toByteArray()));
  }

  private static QueryRetrieveScu open(TestScp scp) throws IOException {
    return QueryRetrieveScu.to("127.0.0.1", scp.port(), TestScp.CALLER, TestScp.TITLE)
        .proposeVerification()
        .proposeFind(InformationModel.STUDY_ROOT)
        .proposeMove(InformationModel.STUDY_ROOT)
        .proposeGet(InformationModel.STUDY_ROOT)
        .proposeRetrieved(SC, TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian))
        .open();
  }

  @Test
  void get_streams_instances_back_and_counts_what_failed() throws Exception {
    var received = new ArrayList<String>();
    var explicit = instance(Uids.ExplicitVrLittleEndian, 300_000);
    var implicit = instance(Uids.ImplicitVrLittleEndian, 300_000);
    var compressed = instance(Uids.JpegBaseline8Bit, 10);
    RetrieveHandler handler = _ -> Retrieval.of(List.of(explicit, implicit, compressed));
    try (var scp = TestScp.start(DimseServices.builder().get(handler, GET));
        var scu = open(scp)) {
      var counts = new ArrayList<SubOperations>();
      var result =
          scu.get(
              InformationModel.STUDY_ROOT,
              KEYS,
              (request, dataset) -> {
                assertThat(request.moveOriginator()).isNull();
                received.add(request.sopInstance().value().value() + " " + length(dataset));
                return DimseStatus.SUCCESS;
              },
              progress -> {
                counts.add(progress);
                return Next.CONTINUE;
              });

      assertThat(result.status()).isEqualTo(DimseStatus.SUB_OPERATIONS_COMPLETE_WITH_FAILURES);
      assertThat(result.counts()).isEqualTo(new SubOperations(0, 2, 1, 0));
      assertThat(result.failed()).containsExactly(compressed.sopInstance());
      assertThat(received)
          .containsExactly(
              explicit.sopInstance() + " " + explicit.dataset().length(),
              implicit.sopInstance() + " " + explicit.dataset().length());
      assertThat(counts)
          .containsExactly(new SubOperations(2, 1, 0, 0), new SubOperations(1, 2, 0, 0));
    }
  }

  private static long length(InputStream dataset) throws IOException {
    return dataset.readAllBytes().length;
  }

  @Test
  void get_is_cancelled_between_sub_operations() throws Exception {
    var instances = new ArrayList<StoredInstance>();
    for (var i = 0; i < 200; i++) {
      instances.add(instance(Uids.ExplicitVrLittleEndian, 2000));
    }
    try (var scp = TestScp.start(DimseServices.builder().get(_ -> Retrieval.of(instances), GET));
        var scu = open(scp)) {
      var result =
          scu.get(
              InformationModel.STUDY_ROOT,
              KEYS,
              (_, _) -> DimseStatus.SUCCESS,
              counts -> counts.completed() >= 3 ? Next.CANCEL : Next.CONTINUE);

      assertThat(result.status()).isEqualTo(DimseStatus.CANCEL);
      assertThat(result.counts().completed()).isBetween(3, 20);
      assertThat(result.counts().remaining()).isEqualTo(200 - result.counts().completed());
      assertThat(scu.echo()).isEqualTo(DimseStatus.SUCCESS);
    }
  }

  @Test
  void move_sends_to_its_destination_and_names_the_originator() throws Exception {
    var stored = new ConcurrentLinkedQueue<StoreRequest>();
    StoreHandler receiver =
        (request, _) -> {
          stored.add(request);
          return stored.size() == 2 ? DimseStatus.COERCION_OF_DATA_ELEMENTS : DimseStatus.SUCCESS;
        };
    var instances =
        List.of(
            instance(Uids.ExplicitVrLittleEndian, 10),
            instance(Uids.ImplicitVrLittleEndian, 10),
            instance(Uids.JpegBaseline8Bit, 10));
    try (var target = TestScp.start(DimseServices.builder().store(receiver));
        var scp =
            TestScp.start(
                DimseServices.builder().move(_ -> Retrieval.of(instances), to(target), MOVE));
        var scu = open(scp)) {
      var result =
          scu.move(InformationModel.STUDY_ROOT, new AeTitle("TARGET"), KEYS, Progress.IGNORED);

      assertThat(result.status().code()).isEqualTo(0xb000);
      assertThat(result.counts()).isEqualTo(new SubOperations(0, 2, 0, 1));
      assertThat(stored)
          .extracting(StoreRequest::moveOriginator)
          .containsOnly(new MoveOriginator(TestScp.CALLER, 1));

      var unknown =
          scu.move(InformationModel.STUDY_ROOT, new AeTitle("NOBODY"), KEYS, Progress.IGNORED);
      assertThat(unknown.status()).isEqualTo(DimseStatus.MOVE_DESTINATION_UNKNOWN);
    }
  }

  @Test
  void move_goes_on_over_another_association_when_its_destination_breaks_one() throws Exception {
    var calls = new AtomicInteger();
    StoreHandler breaking =
        (_, _) -> {
          if (calls.incrementAndGet() == 1) {
            throw new IllegalStateException("bug");
          }
          return DimseStatus.SUCCESS;
        };
    var instances =
        List.of(
            instance(Uids.ExplicitVrLittleEndian, 1),
            instance(Uids.ExplicitVrLittleEndian, 1),
            instance(Uids.ExplicitVrLittleEndian, 1));
    try (var target = TestScp.start(DimseServices.builder().store(breaking));
        var scp =
            TestScp.start(
                DimseServices.builder().move(_ -> Retrieval.of(instances), to(target), MOVE));
        var scu = open(scp)) {
      var result =
          scu.move(InformationModel.STUDY_ROOT, new AeTitle("TARGET"), KEYS, Progress.IGNORED);

      assertThat(result.status()).isEqualTo(DimseStatus.SUB_OPERATIONS_COMPLETE_WITH_FAILURES);
      assertThat(result.counts()).isEqualTo(new SubOperations(0, 2, 1, 0));
      assertThat(result.failed()).containsExactly(instances.getFirst().sopInstance());
    }
  }

  private static MoveDestinations to(TestScp target) {
    return (request, destination, retrieval) -> {
      if (!destination.equals(new MoveDestination(new AeTitle("TARGET")))) {
        throw new DimseException(DimseStatus.MOVE_DESTINATION_UNKNOWN);
      }
      return StorageSender.open(
          StorageScu.to("127.0.0.1", target.port(), TestScp.TITLE, destination.aeTitle()),
          retrieval,
          request.invocation().priority());
    };
  }

  @Test
  void move_to_a_destination_that_is_away_fails_and_names_every_instance() throws Exception {
    var instances =
        List.of(instance(Uids.ExplicitVrLittleEndian, 1), instance(Uids.ExplicitVrLittleEndian, 1));
    var target = TestScp.start(DimseServices.builder());
    target.close();
    try (var scp =
            TestScp.start(
                DimseServices.builder().move(_ -> Retrieval.of(instances), to(target), MOVE));
        var scu = open(scp)) {
      var result =
          scu.move(InformationModel.STUDY_ROOT, new AeTitle("TARGET"), KEYS, Progress.IGNORED);

      assertThat(result.status()).isEqualTo(DimseStatus.UNABLE_TO_PERFORM_SUB_OPERATIONS);
      assertThat(result.counts().failed()).isEqualTo(2);
      assertThat(Set.copyOf(result.failed()))
          .isEqualTo(Set.of(instances.get(0).sopInstance(), instances.get(1).sopInstance()));
    }
  }
}
