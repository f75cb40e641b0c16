package org.heliograph.node.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.net.dimse.Peer;
import org.heliograph.node.peer.PeerAddress;
import org.heliograph.node.peer.PeerConnections;
import org.heliograph.node.storage.CallerPolicy;
import org.heliograph.node.storage.DicomNode;
import org.heliograph.node.storage.NodeSettings;
import org.heliograph.node.storage.StoreOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports in the PACS of a clinic: dcmtk's storescp, and one that refuses. */
class PacsDeliveryIT {
  private static final AeTitle PACS = new AeTitle("PACS");
  private static final PeerConnections PLAIN =
      new PeerConnections(() -> {
        throw new IllegalStateException("no TLS here");
      });

  @TempDir private Path folder;
  private final StandInHub hub = new StandInHub();
  private final byte[] pdf = StandInHub.pdf(150_001);
  private final Dataset report = structuredReport();

  @Test
  void storescp_gets_the_report_and_its_pdf_in_each_uncompressed_syntax() throws Exception {
    Peer.need("storescp", "dcmdump", "dsrdump");
    for (String syntax : List.of("+xe", "+xi")) {
      Path received = Files.createDirectory(folder.resolve("received" + syntax));
      int port = Peer.freePort();
      try (Peer storescp =
              Peer.serve(
                  folder,
                  port,
                  "storescp",
                  List.of(syntax, "-aet", "PACS", "-od", received.toString(), "" + port));
          Inbox inbox = inbox("inbox" + syntax, port)) {
        assertThat(storescp).isNotNull();
        inbox.announce(hub.tell(forms()));
        inbox.start(hub, PLAIN);
        await().atMost(Duration.ofSeconds(20)).until(() -> isDone(inbox));
        assertThat(files(inbox.folder(inbox.reports().getFirst())))
            .extracting(each -> each.getFileName().toString())
            .containsExactly("pdf", "sr");
      }

      List<Dataset> objects = new ArrayList<>();
      for (Path each : files(received)) {
        objects.add(
            DicomReader.readPart10(
                    new ByteArrayInputStream(Files.readAllBytes(each)),
                    ReadOptions.inMemory(1 << 20))
                .dataset());
      }
      assertThat(objects).hasSize(2);
      Dataset document = ofClass(objects, Uids.EncapsulatedPdfStorage);
      assertThat(document.bytes(Tag.EncapsulatedDocument)).startsWith(pdf).hasSize(150_002);
      assertThat(document.string(Tag.EncapsulatedDocumentLength)).contains("150001");
      for (int tag : new int[] {Tag.PatientName, Tag.PatientID, Tag.StudyInstanceUID}) {
        assertThat(document.string(tag)).isPresent().isEqualTo(report.string(tag));
      }
      Dataset text = ofClass(objects, Uids.BasicTextSrStorage);
      assertThat(text.string(Tag.SOPInstanceUID)).isEqualTo(report.string(Tag.SOPInstanceUID));
      for (Path each : files(received)) {
        var dump = Peer.run(folder, "dcmdump", List.of("-q", each.toString()));
        assertThat(dump.exitCode()).as(dump.output()).isZero();
        if (dump.output().contains("=BasicTextSRStorage")) {
          var read = Peer.run(folder, "dsrdump", List.of(each.toString()));
          assertThat(read.output()).contains("No fracture.");
        }
      }
    }
  }

  @Test
  void a_pacs_that_refuses_is_tried_some_times_and_by_a_person_again() throws Exception {
    var accepts = new boolean[1];
    try (DicomNode pacs =
            DicomNode.start(
                NodeSettings.of(PACS).build(),
                CallerPolicy.everyone(),
                _ ->
                    accepts[0]
                        ? new StoreOutcome.Stored()
                        : new StoreOutcome.CannotUnderstand("no"));
        Inbox inbox = inbox("inbox", pacs.port())) {
      arrive(inbox);
      var clock = new org.heliograph.node.lan.FakeClock();
      clock.advance(Duration.ofDays(100_000));
      var deliveries = deliveries(inbox, pacs.port(), clock);
      for (int i = 0; i < 10; i++) {
        deliveries.deliverNext();
        clock.advance(Duration.ofHours(1));
      }
      assertThat(inbox.reports().getFirst().deliveries())
          .extracting(Delivery::state, Delivery::code)
          .containsOnly(org.assertj.core.groups.Tuple.tuple(Delivery.State.PARKED, "STATUS_C000"));
      assertThat(inbox.counts().parked()).isEqualTo(1);

      accepts[0] = true;
      inbox.retry(inbox.reports().getFirst().id());
      deliveries.deliverNext();
      deliveries.deliverNext();
      assertThat(isDone(inbox)).isTrue();
    }
  }

  @Test
  void a_pacs_that_is_off_is_waited_for() throws Exception {
    int port = Peer.freePort();
    try (Inbox inbox = inbox("inbox", port)) {
      arrive(inbox);
      var deliveries = deliveries(inbox, port, InstantSource.system());

      deliveries.deliverNext();

      assertThat(inbox.reports().getFirst().deliveries())
          .anySatisfy(each -> {
            assertThat(each.state()).isEqualTo(Delivery.State.WAITING);
            assertThat(each.code()).isEqualTo("UNREACHABLE");
          });
    }
  }

  private void arrive(Inbox inbox) throws Exception {
    inbox.announce(hub.tell(forms()));
    new ReportFetch(inbox, hub, DurableFiles.SYSTEM, InstantSource.system()).fetchNext();
  }

  private Deliveries deliveries(Inbox inbox, int port, InstantSource clock) {
    return new Deliveries(inbox, settings(port), PLAIN, DurableFiles.SYSTEM, clock);
  }

  private Inbox inbox(String name, int port) throws IOException {
    return Inbox.open(
        folder.resolve(name), DurableFiles.SYSTEM, InstantSource.system(), settings(port));
  }

  private static InboxSettings settings(int port) {
    return InboxSettings.defaults(new AeTitle("GATEWAY"))
        .pacs(new PeerAddress(PACS, "127.0.0.1", port, PeerAddress.Transport.PLAIN));
  }

  private static boolean isDone(Inbox inbox) {
    return inbox.reports().stream()
        .allMatch(each ->
            each.deliveries().size() == 2
                && each.deliveries().stream()
                    .allMatch(delivery -> delivery.state() == Delivery.State.DONE));
  }

  private Map<String, byte[]> forms() throws IOException {
    var file = new ByteArrayOutputStream();
    DicomWriter.writePart10(
        file, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, report, BulkSource.NONE);
    Map<String, byte[]> forms = new LinkedHashMap<>();
    forms.put("sr", file.toByteArray());
    forms.put("pdf", pdf);
    return forms;
  }

  private static Dataset structuredReport() {
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .string(Tag.SOPClassUID, Uids.BasicTextSrStorage)
        .string(Tag.SOPInstanceUID, Uid.create().value())
        .string(Tag.StudyDate, "20261120")
        .string(Tag.ContentDate, "20261120")
        .string(Tag.StudyTime, "101500")
        .string(Tag.ContentTime, "101500")
        .string(Tag.AccessionNumber, "A1")
        .string(Tag.Modality, "SR")
        .empty(Tag.Manufacturer)
        .empty(Tag.ReferringPhysicianName)
        .sequence(Tag.ReferencedPerformedProcedureStepSequence)
        .string(Tag.PatientName, "Müller^Änne")
        .string(Tag.PatientID, "P-1")
        .empty(Tag.PatientBirthDate)
        .string(Tag.PatientSex, "F")
        .string(Tag.StudyInstanceUID, Uid.create().value())
        .string(Tag.SeriesInstanceUID, Uid.create().value())
        .string(Tag.StudyID, "1")
        .integer(Tag.SeriesNumber, 9001)
        .integer(Tag.InstanceNumber, 1)
        .string(Tag.ValueType, "CONTAINER")
        .sequence(Tag.ConceptNameCodeSequence, code("18748-4", "LN", "Diagnostic Imaging Report"))
        .string(Tag.ContinuityOfContent, "SEPARATE")
        .string(Tag.CompletionFlag, "COMPLETE")
        .string(Tag.VerificationFlag, "UNVERIFIED")
        .sequence(Tag.PerformedProcedureCodeSequence)
        .sequence(
            Tag.ContentSequence,
            Dataset.builder()
                .string(Tag.RelationshipType, "CONTAINS")
                .string(Tag.ValueType, "TEXT")
                .sequence(Tag.ConceptNameCodeSequence, code("121071", "DCM", "Finding"))
                .string(Tag.TextValue, "No fracture.")
                .build())
        .build();
  }

  private static Dataset code(String value, String scheme, String meaning) {
    return Dataset.builder()
        .string(Tag.CodeValue, value)
        .string(Tag.CodingSchemeDesignator, scheme)
        .string(Tag.CodeMeaning, meaning)
        .build();
  }

  private static Dataset ofClass(List<Dataset> objects, String sopClass) {
    return objects.stream()
        .filter(each -> each.string(Tag.SOPClassUID, "").equals(sopClass))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> files(Path of) throws IOException {
    try (Stream<Path> all = Files.list(of)) {
      return all.sorted().toList();
    }
  }
}
