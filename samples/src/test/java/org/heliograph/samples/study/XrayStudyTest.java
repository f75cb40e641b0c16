package org.heliograph.samples.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.samples.people.SyntheticPatient;
import org.heliograph.samples.xray.Hand;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XrayStudyTest {
  private static final LocalDateTime TAKEN = LocalDateTime.of(2026, 11, 20, 9, 30);

  @Test
  void the_same_study_made_twice_is_the_same_study() {
    Dataset first = study(XrayStudy.Projection.HAND_RIGHT).image(1, new Hand(2).radiograph());
    Dataset again = study(XrayStudy.Projection.HAND_RIGHT).image(1, new Hand(2).radiograph());

    assertThat(again).isEqualTo(first);
    assertThat(first.bytes(Tag.PixelData)).hasSize(2000 * 2500 * 2);
  }

  @ParameterizedTest
  @EnumSource(XrayStudy.Projection.class)
  void a_validator_we_did_not_write_finds_no_error(XrayStudy.Projection projection)
      throws Exception {
    boolean required = "required".equals(System.getenv("HELIOGRAPH_PEERS"));
    boolean installed = Files.isExecutable(Path.of("/usr/bin/dciodvfy"));
    Assumptions.assumeTrue(required || installed, "dciodvfy is not installed");
    Dataset image = study(projection).image(1, new Hand(2).radiograph());
    Path file = Files.createDirectories(Path.of("target", "studies")).resolve(projection + ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(
          out,
          DicomWriter.fileMeta(
              SopClassUid.of(image.string(Tag.SOPClassUID, "")),
              SopInstanceUid.of(image.string(Tag.SOPInstanceUID, "")),
              TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian)),
          TransferSyntax.of(Uids.ExplicitVrLittleEndian),
          image,
          BulkSource.NONE);
    }

    Process process =
        new ProcessBuilder("dciodvfy", file.toString()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThat(said).doesNotContain("Error");
  }

  private static XrayStudy study(XrayStudy.Projection projection) {
    return new XrayStudy(SyntheticPatient.XIAOMING, projection, "CST-2026-1", TAKEN);
  }
}
