package org.heliograph.reader.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.catalog.StoredSeries;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.report.ReportDocument.Addendum;
import org.heliograph.reader.report.ReportDocument.Letterhead;
import org.heliograph.reader.report.ReportDocument.Patient;
import org.heliograph.reader.report.ReportDocument.Request;
import org.heliograph.reader.report.ReportDocument.Signature;
import org.heliograph.reader.report.ReportDocument.Standing;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ReportObjectsTest {
  private static final Signature SIGNED =
      new Signature("Ingrid Lindqvist", "MD, Radiology", Instant.parse("2026-11-21T14:05:00Z"));
  private static final ReportUids UIDS =
      new ReportUids(1, "2.25.101", "2.25.102", "2.25.103", "2.25.104");

  @Test
  void a_report_names_its_patient_pictures_and_observer() {
    Dataset sr = ReportObjects.structuredReport(document(List.of()), UIDS, study(), null);

    assertThat(sr.string(Tag.PatientID)).contains("KHC-00481");
    assertThat(sr.string(Tag.VerificationFlag)).contains("VERIFIED");
    assertThat(
            sr.item(Tag.VerifyingObserverSequence)
                .orElseThrow()
                .personName(Tag.VerifyingObserverName))
        .map(name -> name.value())
        .contains("Lindqvist^Ingrid");
    Dataset evidence = sr.item(Tag.CurrentRequestedProcedureEvidenceSequence).orElseThrow();
    assertThat(
            evidence
                .item(Tag.ReferencedSeriesSequence)
                .orElseThrow()
                .items(Tag.ReferencedSOPSequence))
        .hasSize(1);
  }

  @Test
  void an_addendum_names_the_report_it_follows() {
    Dataset sr =
        ReportObjects.structuredReport(
            document(List.of(new Addendum("The ulnar styloid is broken as well.", SIGNED))),
            UIDS,
            study(),
            "2.25.99");

    assertThat(sr.items(Tag.PredecessorDocumentsSequence)).hasSize(1);
    assertThat(sr.toString()).doesNotContain("styloid");
  }

  @Test
  void the_objects_are_read_without_error_by_programs_we_did_not_write() throws Exception {
    boolean required = "required".equals(System.getenv("HELIOGRAPH_PEERS"));
    Assumptions.assumeTrue(
        required || (installed("dciodvfy") && installed("dsrdump")),
        "dciodvfy or dsrdump is not installed");
    var document = document(List.of(new Addendum("Ulnar styloid as well.", SIGNED)));
    byte[] pdf = new ReportPdf().render(document);
    Path sr = write("sr", ReportObjects.structuredReport(document, UIDS, study(), "2.25.99"));
    Path page = write("pdf", ReportObjects.encapsulatedPdf(document, UIDS, study(), pdf));

    assertThat(run("dciodvfy", sr.toString())).doesNotContain("Error");
    assertThat(run("dciodvfy", page.toString())).doesNotContain("Error");
    assertThat(run("dsrdump", "+Pl", sr.toString()))
        .contains("Displaced fracture of the distal radius")
        .contains("Ulnar styloid as well");
    Path out = sr.resolveSibling("extracted.pdf");
    run("dcm2pdf", page.toString(), out.toString());
    assertThat(Files.readAllBytes(out)).startsWith(pdf);
  }

  private static ReportDocument document(List<Addendum> addenda) {
    return new ReportDocument(
        new Letterhead("Kibera Health Centre", "Nairobi", null),
        new Patient("王, 小明", "KHC-00481", "KHC", LocalDate.of(1984, 3, 9), "F"),
        new Request(
            "Left forearm",
            "Fracture?",
            "Fall yesterday.\nSwelling.",
            "Dr J. Mwangi",
            "A-1",
            "DX, 1 image",
            LocalDate.of(2026, 11, 20)),
        "2026-000123",
        Specialty.RADIOLOGY,
        addenda.isEmpty() ? Standing.FINAL : Standing.AMENDED,
        new ReportSections(
            "AP view.", "", "Cortical break.", "Displaced fracture of the distal radius.", "Cast."),
        SIGNED,
        addenda);
  }

  private static StoredStudy study() {
    var study = StudyInstanceUid.of("2.25.1");
    var series = SeriesInstanceUid.of("2.25.2");
    UUID site = new UUID(1, 2);
    var image =
        new StoredInstance(
            1,
            1,
            site,
            study,
            series,
            SopInstanceUid.of("2.25.3"),
            SopClassUid.of(Uids.SecondaryCaptureImageStorage),
            TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian),
            1,
            2500,
            2000,
            1,
            BlobKey.create(),
            10,
            0,
            "00",
            Instant.EPOCH,
            null);
    return new StoredStudy(
        1,
        site,
        study,
        PersonName.parse("Wang^Xiaoming=王^小明"),
        "KHC-00481",
        "KHC",
        LocalDate.of(1984, 3, 9),
        "F",
        LocalDate.of(2026, 11, 20),
        "101500",
        "A-1",
        "Forearm",
        PersonName.parse("Mwangi^J"),
        List.of(new StoredSeries(1, series, "DX", 1, "", "", "", List.of(image))));
  }

  private static Path write(String name, Dataset object) throws IOException {
    Path file = Files.createDirectories(Path.of("target", "reports")).resolve(name + ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(
          out, TransferSyntax.of(Uids.ExplicitVrLittleEndian), object, BulkSource.NONE);
    }
    return file;
  }

  private static boolean installed(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out;
  }
}
