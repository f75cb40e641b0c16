package org.heliograph.dicom.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File-sets of dcmtk read by us, and ours by dcmtk and dicom3tools. */
class DicomDirPeersIT {
  @TempDir private Path folder;

  @BeforeAll
  static void peers_are_installed() {
    for (String tool : List.of("dcmmkdir", "dcmgpdir", "dcmdump", "dciodvfy")) {
      boolean there = false;
      for (String path : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
        there |= Files.isExecutable(Path.of(path).resolve(tool));
      }
      if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
        assertThat(there).as(tool + " is required").isTrue();
      }
      Assumptions.assumeTrue(there, tool + " is not installed");
    }
  }

  @Test
  void a_directory_of_dcmtk_is_read_with_either_kind_of_lengths() throws Exception {
    fileSet();
    for (String lengths : List.of("+e", "-e")) {
      Path made = folder.resolve("DICOMDIR");
      run("dcmmkdir", lengths, "+I", "+D", made.toString(), "+id", folder.toString(), "+r");

      DicomDir read = DicomDir.read(made);
      List<Path> files = new ArrayList<>();
      for (DirectoryRecord patient : read.roots()) {
        for (DirectoryRecord study : read.below(patient)) {
          for (DirectoryRecord series : read.below(study)) {
            for (DirectoryRecord image : read.below(series)) {
              files.add(image.file().orElseThrow().resolve(folder).orElseThrow());
            }
          }
        }
      }
      assertThat(files).hasSize(8).doesNotHaveDuplicates();
      Files.delete(made);
    }
  }

  @Test
  void dcmtk_and_dicom3tools_take_ours() throws Exception {
    List<Dataset> instances = fileSet();
    Path made = folder.resolve("DICOMDIR");
    try (DicomDirWriter writer = DicomDirWriter.create(made, "HELIOGRAPH")) {
      for (int n = 0; n < instances.size(); n++) {
        writer.add(
            instances.get(n),
            FileId.of("S" + (n >> 2), "I" + n),
            TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian));
      }
      writer.finish();
    }

    String dump = run("dcmdump", "-v", made.toString());
    assertThat(dump).contains("PATIENT", "SERIES", "S1\\I7").doesNotContainIgnoringCase("error");
    // Appending makes dcmgpdir read all records and follow their offsets.
    Path extra = folder.resolve("S0").resolve("I99");
    part10(extra, DicomDirTest.instance(9, 9, 9, 9, Uids.SecondaryCaptureImageStorage));
    String appended =
        run(
            "dcmgpdir",
            "-v",
            "+A",
            "+I",
            "+D",
            made.toString(),
            "+id",
            folder.toString(),
            "S0/I99");
    assertThat(appended).doesNotContain("E:").doesNotContain("W:");
    assertThat(DicomDir.read(made).records().stream().filter(r -> r.file().isPresent())).hasSize(9);
  }

  @Test
  void the_validator_finds_no_fault_of_the_directory() throws Exception {
    List<Dataset> instances = fileSet();
    Path made = folder.resolve("DICOMDIR");
    try (DicomDirWriter writer = DicomDirWriter.create(made, "HELIOGRAPH")) {
      for (int n = 0; n < instances.size(); n++) {
        writer.add(
            instances.get(n),
            FileId.of("S" + (n >> 2), "I" + n),
            TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian));
      }
      writer.finish();
    }
    assertThat(run("dciodvfy", made.toString()).lines())
        .as("dciodvfy")
        .noneMatch(line -> line.startsWith("Error"));
  }

  private List<Dataset> fileSet() throws IOException {
    List<Dataset> instances = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      Dataset instance =
          DicomDirTest.instance(n >> 2, n >> 1 & 1, 1, n & 1, Uids.SecondaryCaptureImageStorage);
      instances.add(instance);
      Path file = folder.resolve("S" + (n >> 2)).resolve("I" + n);
      Files.createDirectories(file.getParent());
      part10(file, instance);
    }
    return instances;
  }

  private static void part10(Path file, Dataset instance) throws IOException {
    Dataset whole =
        instance.toBuilder()
            .string(Tag.StudyDate, "20260102")
            .string(Tag.StudyTime, "101010")
            .string(Tag.StudyID, "1")
            .integer(Tag.SeriesNumber, 1)
            .integer(Tag.InstanceNumber, 1)
            .integer(Tag.Rows, 2)
            .integer(Tag.Columns, 2)
            .integer(Tag.BitsAllocated, 8)
            .integer(Tag.BitsStored, 8)
            .integer(Tag.HighBit, 7)
            .integer(Tag.SamplesPerPixel, 1)
            .integer(Tag.PixelRepresentation, 0)
            .string(Tag.PhotometricInterpretation, "MONOCHROME2")
            .bytes(Tag.PixelData, Vr.OW, new byte[4])
            .build();
    try (OutputStream out = Files.newOutputStream(file)) {
      TransferSyntax syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
      DicomWriter.writePart10(
          out, DicomWriter.fileMeta(whole, syntax), syntax, whole, BulkSource.NONE);
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
