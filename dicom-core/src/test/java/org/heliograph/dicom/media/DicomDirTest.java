package org.heliograph.dicom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomDirTest {
  private static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);

  @TempDir private Path folder;

  static Dataset instance(int patient, int study, int series, int image, String sopClass) {
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .string(Tag.PatientName, "Ünal^" + patient)
        .string(Tag.PatientID, "P" + patient)
        .string(Tag.StudyInstanceUID, "2.25." + patient + "." + study)
        .string(Tag.SeriesInstanceUID, "2.25." + patient + "." + study + "." + series)
        .string(Tag.SOPInstanceUID, "2.25." + patient + "." + study + "." + series + "." + image)
        .string(Tag.SOPClassUID, sopClass)
        .string(Tag.Modality, "CT")
        .build();
  }

  private Path write(Path file) throws IOException {
    try (DicomDirWriter writer = DicomDirWriter.create(file, "TEST")) {
      for (int n = 0; n < 16; n++) {
        writer.add(
            instance(n >> 3, n >> 2 & 1, n >> 1 & 1, n & 1, Uids.CtImageStorage),
            FileId.of("S" + (n >> 2), "I" + n),
            SYNTAX);
      }
      assertThat(writer.instances()).isEqualTo(16);
      writer.finish();
    }
    return file;
  }

  @Test
  void what_was_written_is_read_as_a_tree() throws Exception {
    DicomDir read = DicomDir.read(write(folder.resolve("DICOMDIR")));

    assertThat(read.fileSetId()).isEqualTo("TEST");
    assertThat(read.records()).hasSize(2 + 4 + 8 + 16);
    List<String> files = new ArrayList<>();
    for (DirectoryRecord patient : read.roots()) {
      assertThat(patient.type()).isEqualTo("PATIENT");
      assertThat(patient.dataset().string(Tag.PatientName, "")).startsWith("Ünal^");
      for (DirectoryRecord study : read.below(patient)) {
        assertThat(study.dataset().string(Tag.StudyDate, "")).isEqualTo("19000101");
        for (DirectoryRecord series : read.below(study)) {
          for (DirectoryRecord image : read.below(series)) {
            assertThat(image.type()).isEqualTo("IMAGE");
            files.add(image.file().orElseThrow().toString());
          }
        }
      }
    }
    assertThat(files).hasSize(16).doesNotHaveDuplicates().contains("S0\\I0", "S3\\I15");
  }

  @Test
  void kinds_of_instances_have_their_records() {
    assertThat(RecordType.of(Uids.CtImageStorage).term()).isEqualTo("IMAGE");
    assertThat(RecordType.of(Uids.BasicTextSrStorage).term()).isEqualTo("SR DOCUMENT");
    assertThat(RecordType.of(Uids.EncapsulatedPdfStorage).term()).isEqualTo("ENCAP DOC");
    assertThat(RecordType.of(Uids.RtDoseStorage).term()).isEqualTo("RT DOSE");
    assertThat(RecordType.of(Uids.SegmentationStorage).term()).isEqualTo("IMAGE");
    assertThat(RecordType.of(Uids.SurfaceSegmentationStorage).term()).isEqualTo("SURFACE");
    assertThat(RecordType.of(Uids.KeyObjectSelectionDocumentStorage).term())
        .isEqualTo("KEY OBJECT DOC");
    assertThat(RecordType.of("1.2.3.4").term()).isEqualTo("PRIVATE");
  }

  @Test
  void a_file_id_never_leads_out_of_the_medium() throws Exception {
    Path medium = Files.createDirectory(folder.resolve("medium"));
    Path secret = Files.writeString(folder.resolve("SECRET"), "x");
    Path inside =
        Files.writeString(Files.createDirectory(medium.resolve("dir")).resolve("im1"), "x");
    Files.createSymbolicLink(medium.resolve("LINK"), secret);
    Files.createSymbolicLink(medium.resolve("UP"), folder);

    assertThat(FileId.of("DIR", "IM1").resolve(medium)).contains(inside.toRealPath());
    for (FileId hostile :
        List.of(
            FileId.of("..", "SECRET"),
            FileId.of(secret.toString()),
            FileId.of("../SECRET"),
            FileId.of("DIR", "..", "..", "SECRET"),
            FileId.of("LINK"),
            FileId.of("UP", "SECRET"),
            FileId.of(""),
            FileId.of("DIR", "", "IM1"),
            FileId.of("IM1\0"),
            FileId.of("DIR"),
            new FileId(List.of()))) {
      assertThat(hostile.resolve(medium)).as(hostile.toString()).isEmpty();
      assertThat(hostile.isConformant() && hostile.components().contains("..")).isFalse();
    }
    assertThatThrownBy(
            () -> {
              try (DicomDirWriter writer = DicomDirWriter.create(folder.resolve("D"), "")) {
                writer.add(instance(1, 1, 1, 1, Uids.CtImageStorage), FileId.of("..", "A"), SYNTAX);
              }
            })
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void circles_and_offsets_into_nothing_are_refused() throws Exception {
    Path file = write(folder.resolve("DICOMDIR"));
    byte[] bytes = Files.readAllBytes(file);
    DicomDir sound = DicomDir.read(file);
    int second = (int) sound.roots().get(1).offset();

    patch(bytes, second + 16, sound.roots().getFirst().offset());
    DicomDir circle = DicomDir.read(Files.write(folder.resolve("circle"), bytes));
    assertThat(circle.records()).hasSize(30);
    assertThatThrownBy(circle::roots).isInstanceOf(DicomFormatException.class);

    patch(bytes, second + 16, 7);
    DicomDir nothing = DicomDir.read(Files.write(folder.resolve("nothing"), bytes));
    assertThatThrownBy(nothing::roots).isInstanceOf(DicomFormatException.class);
  }

  @Test
  void damaged_directories_end_in_a_declared_exception() throws Exception {
    byte[] sound = Files.readAllBytes(write(folder.resolve("DICOMDIR")));
    Random random = new Random(4);
    Path file = folder.resolve("damaged");
    for (int n = 0; n < 2_000; n++) {
      byte[] bytes = sound.clone();
      for (int flips = random.nextInt(4) + 1; flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1));
      try {
        DicomDir read = DicomDir.read(file);
        for (DirectoryRecord root : read.roots()) {
          read.below(root);
        }
      } catch (DicomFormatException expected) {
        assertThat(expected.code()).isNotNull();
      }
    }
  }

  @Test
  void an_endless_record_is_refused_before_it_fills_the_memory() throws Exception {
    byte[] sound = Files.readAllBytes(write(folder.resolve("DICOMDIR")));
    int first = (int) DicomDir.read(folder.resolve("DICOMDIR")).roots().getFirst().offset();
    patch(sound, first + 4, 0x7FFF_FFF0L);

    assertThatThrownBy(() -> DicomDir.read(Files.write(folder.resolve("endless"), sound)))
        .isInstanceOfSatisfying(
            DicomFormatException.class,
            e -> assertThat(e.code()).isEqualTo(DicomFormatException.Code.TOO_LARGE));
    Path text =
        Files.write(folder.resolve("text"), "no".repeat(200).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> DicomDir.read(text)).isInstanceOf(DicomFormatException.class);
  }

  private static void patch(byte[] bytes, int at, long value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >> (8 * i));
    }
  }
}
