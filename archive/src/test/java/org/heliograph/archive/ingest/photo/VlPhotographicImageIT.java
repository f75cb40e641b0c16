package org.heliograph.archive.ingest.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The objects as others see them: dcmtk's dcmdump and dicom3tools' dciodvfy. */
class VlPhotographicImageIT {

  @TempDir private Path folder = Path.of("");

  @Test
  void dciodvfy_finds_no_errors_in_kept_turned_gray_and_png_photos() throws Exception {
    PhotoPreparation preparation = new PhotoPreparation(Photos.SMALL);
    for (String name :
        List.of(
            "dermoscopy-large-ISIC_0012099.jpg",
            "orientation/Landscape_6.jpg",
            "gray.jpg",
            "cmyk.jpg",
            "exif.png")) {
      Path file = written(preparation.prepare(Photos.read(name)), Photos.header("2.25.77"));

      List<String> lines = run("dciodvfy", file);

      assertThat(lines).as(name).noneMatch(line -> line.startsWith("Error"));
      assertThat(String.join("\n", lines)).contains("VLPhotographicImage");
    }
  }

  @Test
  void dcmdump_reads_names_and_lossy_compression() throws Exception {
    PhotoPreparation preparation = new PhotoPreparation(Photos.SMALL);
    Path file =
        written(
            preparation.prepare(Photos.read("orientation/Portrait_6.jpg")),
            Photos.header("2.25.78"));

    String dump = String.join("\n", run("dcmdump", file));

    assertThat(dump)
        .contains("PN [Çelik^Ayşe]")
        .contains("(0028,2110) CS [01]")
        .contains("(0028,2114) CS [ISO_10918_1\\ISO_10918_1]")
        .contains("(0028,0010) US 1800")
        .contains("(0028,0011) US 1200")
        .contains("(0018,0015) CS [FOREARM]");
  }

  private Path written(PreparedPhoto photo, PhotoHeader header) throws IOException {
    Dataset dataset = VlPhotographicImage.of(header, photo);
    Path file = folder.resolve("photo.dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(
          out,
          DicomWriter.fileMeta(
              SopClassUid.of(Uids.VlPhotographicImageStorage),
              header.instance(),
              VlPhotographicImage.TRANSFER_SYNTAX),
          TransferSyntax.of(VlPhotographicImage.TRANSFER_SYNTAX),
          dataset,
          BulkSource.NONE);
    }
    return file;
  }

  private static List<String> run(String program, Path file) throws Exception {
    Path installed = Path.of("/usr/bin", program);
    boolean required = "required".equals(System.getenv("HELIOGRAPH_PEERS"));
    assumeTrue(required || Files.isExecutable(installed), "skipped: no " + program);
    Process process =
        new ProcessBuilder(installed.toString(), file.toString()).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    }
    process.waitFor();
    return lines;
  }
}
