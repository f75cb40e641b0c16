package org.heliograph.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.node.link.GatewayStatus;
import org.heliograph.samples.people.SyntheticPatient;
import org.heliograph.samples.skin.Lesion;
import org.heliograph.samples.skin.SkinPhoto;
import org.heliograph.samples.skin.SkinTone;
import org.heliograph.samples.study.XrayStudy;
import org.heliograph.samples.xray.Forearm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People in browsers, from the clinic's request to the acknowledged report, against a hub in a
 * process of its own. The steps are in viewer/journeys; a picture of each stays under
 * target/screenshots.
 */
class JourneyIT {
  private static final String ACCESSION = "HJOURNEY1";

  @TempDir static Path folder;
  private static HubProcess hub;

  @BeforeAll
  static void start() throws Exception {
    Journeys.requireBrowser();
    hub = HubProcess.start(folder);
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void an_x_ray_goes_from_the_clinic_to_an_acknowledged_report() throws Exception {
    SyntheticPatient patient = SyntheticPatient.JUMA;
    Path pdf = folder.resolve("report.pdf");
    Map<String, Object> settings = settings("xray", patient);
    settings.put("storescu", Peers.require("storescu"));
    settings.put("callingAe", DemoClinic.DEMO_CLINIC_A.name());
    settings.put("accessionNumber", ACCESSION);
    settings.put("xray", xray(patient).toString());
    settings.put("pdf", pdf.toString());

    Journeys.travel("xray.mjs", settings);

    try (var document = Loader.loadPDF(pdf.toFile())) {
      assertThat(new PDFTextStripper().getText(document))
          .contains(patient.familyName(), patient.givenName(), "Displaced fracture");
    }
  }

  @Test
  void skin_photos_go_from_the_clinic_to_a_report_that_it_reads() throws Exception {
    Map<String, Object> settings = settings("skin", SyntheticPatient.MARIA);
    settings.put(
        "photos",
        List.of(
            photo(SkinPhoto.View.OVERVIEW).toString(), photo(SkinPhoto.View.CLOSE_UP).toString()));

    Journeys.travel("skin.mjs", settings);
  }

  @Test
  void a_case_is_read_from_the_previews_of_a_gateway_and_signed_when_its_pictures_are_whole()
      throws Exception {
    SyntheticPatient patient = SyntheticPatient.AMINA;
    GatewayParcel parcel =
        GatewayParcel.of(
            Files.createDirectory(folder.resolve("gateway")),
            DemoClinic.DEMO_CLINIC_A.name(),
            List.of(
                forearm(patient, "HJOURNEY2", 1, Forearm.Fracture.DISTAL_RADIUS),
                forearm(patient, "HJOURNEY2", 2, Forearm.Fracture.NONE)));
    Map<String, Object> settings = settings("gateway", patient);
    settings.put("siteCode", DemoClinic.DEMO_CLINIC_A.name());
    settings.put("manifest", parcel.manifest());
    settings.put("parts", parcel.parts());
    settings.put(
        "status",
        new GatewayStatus(
            "journey", Instant.now(), 1, 3_000_000, 40, 0, 1L << 36, 1L << 30, 5500L));

    Journeys.travel("gateway.mjs", settings);
  }

  private static Map<String, Object> settings(String name, SyntheticPatient patient) {
    Map<String, String> form =
        Map.of(
            "familyName", patient.familyName(),
            "givenName", patient.givenName(),
            "id", patient.id(),
            "birthDate", patient.birthDate().toString(),
            "sex", patient.sex());
    return Journeys.settings(name, hub, Map.of("patient", form));
  }

  private static Path xray(SyntheticPatient patient) throws IOException {
    Dataset image = forearm(patient, ACCESSION, 1, Forearm.Fracture.DISTAL_RADIUS);
    TransferSyntax syntax = TransferSyntax.of(Uids.ExplicitVrLittleEndian);
    Path file = folder.resolve("forearm.dcm");
    try (var out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(out, syntax, image, BulkSource.NONE);
    }
    return file;
  }

  private static Dataset forearm(
      SyntheticPatient patient, String accession, int number, Forearm.Fracture fracture) {
    LocalDateTime takenAt = LocalDateTime.of(2026, 3, 2, 10, 14);
    return new XrayStudy(patient, XrayStudy.Projection.FOREARM_LEFT, accession, takenAt)
        .image(number, new Forearm(6 + number, fracture).radiograph());
  }

  private static Path photo(SkinPhoto.View view) throws IOException {
    Path file = folder.resolve(view.name() + ".jpg");
    var photo = new SkinPhoto(SkinTone.III, Lesion.ATYPICAL_PIGMENTED, view, 52);
    return Files.write(file, Seeding.jpeg(photo.image()));
  }
}
