package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu.Progress;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.Retry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dcmtk's programs as acceptors of every service of our SCUs. */
class DcmtkAcceptorIT {
  private static final SopClassUid SC = SopClassUid.of(Uids.SecondaryCaptureImageStorage);
  private static final TransferSyntaxUid EXPLICIT =
      TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);
  private static final String STUDY = "2.25.4712";

  @TempDir private Path folder;

  @BeforeAll
  static void dcmtk_is_installed() {
    Peer.need("dcmqrscp", "wlmscpfs", "storescp");
  }

  private Peer queryRetrieveScp(int destinationPort) throws IOException {
    var port = Peer.freePort();
    var data = Files.createDirectory(folder.resolve("qr"));
    var config = folder.resolve("qr.cfg");
    Files.writeString(
        config,
        """
        NetworkTCPPort = %d
        MaxPDUSize = 16384
        MaxAssociations = 16
        HostTable BEGIN
        target = (TARGET, 127.0.0.1, %d)
        HostTable END
        VendorTable BEGIN
        VendorTable END
        AETable BEGIN
        QRSCP %s RW (200, 1024mb) ANY
        AETable END
        """
            .formatted(port, destinationPort, data));
    return Peer.serve(folder, port, "dcmqrscp", List.of("-c", config.toString()));
  }

  private static QueryRetrieveScu open(Peer peer) throws IOException {
    return QueryRetrieveScu.to("127.0.0.1", peer.port(), TestScp.CALLER, new AeTitle("QRSCP"))
        .proposeVerification()
        .proposeFind(InformationModel.STUDY_ROOT)
        .proposeFind(InformationModel.PATIENT_ROOT)
        .proposeMove(InformationModel.STUDY_ROOT)
        .proposeGet(InformationModel.STUDY_ROOT)
        .proposeRetrieved(SC, EXPLICIT)
        .open();
  }

  private static List<SopInstanceUid> fill(Peer peer, int count) throws IOException {
    var uids = new ArrayList<SopInstanceUid>();
    try (var scu =
        StorageScu.to("127.0.0.1", peer.port(), TestScp.CALLER, new AeTitle("QRSCP"))
            .propose(SC, EXPLICIT)
            .open()) {
      for (var i = 0; i < count; i++) {
        var image = TestArchive.image(STUDY, Uid.create().value());
        var instance = TestArchive.stored(image, Uids.ExplicitVrLittleEndian);
        assertThat(scu.store(instance, Priority.HIGH, null)).isEqualTo(DimseStatus.SUCCESS);
        uids.add(instance.sopInstance());
      }
      scu.release();
    }
    return uids;
  }

  @Test
  void dcmqrscp_is_filled_and_queried_and_gives_everything_back() throws Exception {
    var archive = new TestArchive();
    try (var target = TestScp.start(archive.services());
        var peer = queryRetrieveScp(target.port())) {
      var uids = fill(peer, 12);
      try (var scu = open(peer)) {
        var level = Identifier.at(QueryRetrieveLevel.IMAGE);
        var images =
            level
                .study(new StudyInstanceUid(new Uid(STUDY)))
                .match(Tag.SeriesInstanceUID, STUDY + ".1")
                .returning(Tag.SOPInstanceUID)
                .build();
        try (var results = scu.find(InformationModel.STUDY_ROOT, images);
            var stream = results.stream()) {
          assertThat(stream.map(each -> each.string(Tag.SOPInstanceUID, "")))
              .containsExactlyInAnyOrderElementsOf(
                  uids.stream().map(uid -> uid.value().value()).toList());
        }
        try (var results = scu.find(InformationModel.STUDY_ROOT, images)) {
          assertThat(results.next()).isNotNull();
        } // cancelled
        var study =
            Identifier.at(QueryRetrieveLevel.STUDY)
                .study(new StudyInstanceUid(new Uid(STUDY)))
                .build();

        var got = new HashSet<SopInstanceUid>();
        var get =
            scu.get(
                InformationModel.STUDY_ROOT,
                study,
                (request, in) -> {
                  in.readAllBytes();
                  got.add(request.sopInstance());
                  return DimseStatus.SUCCESS;
                },
                Progress.IGNORED);
        assertThat(get.status()).isEqualTo(DimseStatus.SUCCESS);
        assertThat(got).hasSize(12).containsExactlyInAnyOrderElementsOf(uids);

        var counts = new ArrayList<SubOperations>();
        var move =
            scu.move(
                InformationModel.STUDY_ROOT,
                new AeTitle("TARGET"),
                study,
                progress -> {
                  counts.add(progress);
                  return QueryRetrieveScu.Next.CONTINUE;
                });
        assertThat(move.status()).isEqualTo(DimseStatus.SUCCESS);
        assertThat(move.counts().completed()).isEqualTo(12);
        assertThat(counts).isNotEmpty();
        assertThat(archive.stores)
            .hasSize(12)
            .allSatisfy(store ->
                assertThat(store.moveOriginator())
                    .extracting(MoveOriginator::aeTitle)
                    .isEqualTo(TestScp.CALLER));

        var unknown =
            scu.move(InformationModel.STUDY_ROOT, new AeTitle("NOBODY"), study, Progress.IGNORED);
        assertThat(unknown.status().code()).isEqualTo(0xa801);
        assertThat(scu.echo()).isEqualTo(DimseStatus.SUCCESS);
        scu.release();
      }
    }
  }

  @Test
  void a_worklist_of_wlmscpfs_is_read() throws Exception {
    var worklist = Files.createDirectories(folder.resolve("wl/WORKLIST"));
    Files.createFile(worklist.resolve("lockfile"));
    for (var modality : List.of("CT", "MR")) {
      var step =
          Dataset.builder()
              .string(Tag.Modality, modality)
              .string(Tag.ScheduledStationAETitle, "SCANNER")
              .string(Tag.ScheduledProcedureStepStartDate, "20261121")
              .string(Tag.ScheduledProcedureStepStartTime, "1200")
              .string(Tag.ScheduledPerformingPhysicianName, "")
              .string(Tag.ScheduledProcedureStepDescription, "Head")
              .string(Tag.ScheduledProcedureStepID, "S1")
              .build();
      var item =
          Dataset.builder()
              .string(Tag.SpecificCharacterSet, "ISO_IR 192")
              .string(Tag.AccessionNumber, "A-" + modality)
              .string(Tag.PatientName, "Żółć^Łucja")
              .string(Tag.PatientID, "P-2")
              .string(Tag.StudyInstanceUID, Uid.create().value())
              .string(Tag.RequestedProcedureID, "R1")
              .string(Tag.RequestedProcedureDescription, "CT of the head")
              .sequence(Tag.ScheduledProcedureStepSequence, step)
              .build();
      try (var out = Files.newOutputStream(worklist.resolve(modality + ".wl"))) {
        DicomWriter.writePart10(
            out,
            DicomWriter.fileMeta(SC, new SopInstanceUid(Uid.create()), EXPLICIT),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            item,
            BulkSource.NONE);
      }
    }
    var port = Peer.freePort();
    try (var peer =
            Peer.serve(
                folder,
                port,
                "wlmscpfs",
                List.of("-csk", "-dfp", folder.resolve("wl").toString(), "" + port));
        var scu =
            QueryRetrieveScu.to("127.0.0.1", peer.port(), TestScp.CALLER, new AeTitle("WORKLIST"))
                .proposeFind(InformationModel.MODALITY_WORKLIST)
                .open()) {
      var keys =
          Identifier.withoutLevel()
              .match(
                  Tag.ScheduledProcedureStepSequence,
                  Dataset.builder()
                      .string(Tag.Modality, "CT")
                      .empty(Tag.ScheduledProcedureStepStartDate)
                      .build())
              .returning(Tag.PatientName, Tag.AccessionNumber)
              .characterSet("ISO_IR 192")
              .build();
      try (var results = scu.find(InformationModel.MODALITY_WORKLIST, keys)) {
        var match = Objects.requireNonNull(results.next());
        assertThat(match.identifier().string(Tag.AccessionNumber)).hasValue("A-CT");
        assertThat(match.identifier().string(Tag.PatientName)).hasValue("Żółć^Łucja");
        assertThat(results.next()).isNull();
        assertThat(results.status()).isEqualTo(DimseStatus.SUCCESS);
      }
      scu.release();
    }
  }

  @Test
  void storescp_takes_what_we_store_and_a_lost_association_says_to_try_again() throws Exception {
    var out = Files.createDirectory(folder.resolve("out"));
    var port = Peer.freePort();
    try (var peer =
            Peer.serve(
                folder,
                port,
                "storescp",
                List.of("-od", out.toString(), "--abort-after", "" + port));
        var scu =
            StorageScu.to("127.0.0.1", peer.port(), TestScp.CALLER, new AeTitle("STORESCP"))
                .propose(SC, EXPLICIT)
                .open()) {
      var image = TestArchive.image(STUDY, Uid.create().value());
      var instance = TestArchive.stored(image, Uids.ExplicitVrLittleEndian);

      assertThatThrownBy(
              () -> {
                scu.store(instance, Priority.LOW, null);
                scu.store(instance, Priority.LOW, null);
              })
          .isInstanceOfSatisfying(
              AssociationException.class, e -> assertThat(e.retry()).isEqualTo(Retry.LATER));
    }
  }
}
