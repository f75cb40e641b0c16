package org.heliograph.reader.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.media.DicomDirWriter;
import org.heliograph.dicom.media.FileId;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.CtStudies.Slice;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.console.ConsoleRun.Said;
import org.heliograph.reader.queryretrieve.PeerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Instances in by folders, ZIP files and media, and out again. */
class ImportExportIT {
  @TempDir private Path folder;

  private final List<Slice> slices = CtStudies.interleaved(2, 4, 32);

  /** Eight instances in three kinds of places, and beside them what is none. */
  private Path mixed() throws Exception {
    Path root = Files.createDirectories(folder.resolve("in"));
    for (int n = 0; n < 4; n++) {
      ConsoleRun.partTen(root.resolve("a/Kamau Wanjiru " + n + ".dcm"), slices.get(n).dataset());
    }
    // Without preamble and head.
    Files.write(root.resolve("bare"), CtStudies.encode(slices.get(4).dataset()));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(root.resolve("b.ZIP")))) {
      for (int n = 5; n < 8; n++) {
        Path one = folder.resolve("one");
        ConsoleRun.partTen(one, slices.get(n).dataset());
        zip.putNextEntry(new ZipEntry("../../../escaped-" + n));
        Files.copy(one, (OutputStream) zip);
        zip.closeEntry();
      }
      zip.putNextEntry(new ZipEntry("nested.zip"));
      zip.write(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0});
      zip.closeEntry();
    }
    Files.writeString(root.resolve("notes.txt"), "nothing of interest");
    Files.createSymbolicLink(root.resolve("link"), folder.resolve("one"));
    assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
        .isZero();
    return root;
  }

  @Test
  void folders_and_archives_are_imported_once_and_tell_no_names() throws Exception {
    ConsoleRun hub = new ConsoleRun(folder.resolve("data"));
    hub.site("HILL");
    Path root = mixed();
    Path problems = folder.resolve("problems");

    Said first = hub.run("import", root, "--site", "HILL", "--problems", problems);

    assertThat(first.code()).as(first.out() + first.err()).isEqualTo(ExitCode.REFUSED);
    assertThat(first.out())
        .contains("        8  stored\n")
        .contains("1  not DICOM")
        .contains("2  link, pipe or device")
        .contains("1  archive within an archive");
    assertThat(first.out() + first.err()).doesNotContain("Kamau", "CT-0", root.toString());
    assertThat(Files.readString(problems)).contains("NESTED_ARCHIVE").hasLineCount(1);
    assertThat(Files.exists(folder.resolve("escaped-5"))).isFalse();
    assertThat(digests(hub)).isEqualTo(digestsSent());

    Said again = hub.run("import", root, "--site", "HILL");

    assertThat(again.out()).contains("        8  stored before\n").doesNotContain("8  stored\n");
    assertThat(hub.count("select count(*) from archive.instance")).isEqualTo(8);
    assertThat(hub.count("select count(*) from reading.audit_event where kind = 'IMPORT'"))
        .isEqualTo(2);
  }

  @Test
  void the_journal_is_not_believed_when_the_catalog_lost_the_instance() throws Exception {
    ConsoleRun hub = new ConsoleRun(folder.resolve("data"));
    hub.site("HILL");
    Path root = Files.createDirectories(folder.resolve("in"));
    ConsoleRun.partTen(root.resolve("1"), slices.getFirst().dataset());
    assertThat(hub.run("import", root, "--site", "HILL").code()).isEqualTo(ExitCode.OK);
    // As after a restore of a database of before the import.
    JdbcClient.create(hub.source())
        .sql("truncate archive.study, archive.series, archive.instance restart identity cascade")
        .update();

    assertThat(hub.run("import", root, "--site", "HILL").out()).contains("1  stored\n");
  }

  @Test
  void only_what_the_medium_names_and_holds_is_imported() throws Exception {
    ConsoleRun hub = new ConsoleRun(folder.resolve("data"));
    hub.site("HILL");
    Path medium = Files.createDirectories(folder.resolve("medium"));
    ConsoleRun.partTen(medium.resolve("A/I1"), slices.get(0).dataset());
    ConsoleRun.partTen(medium.resolve("A/I2"), slices.get(1).dataset());
    ConsoleRun.partTen(folder.resolve("SECRET"), slices.get(2).dataset());
    Files.createSymbolicLink(medium.resolve("UP"), folder);
    Path directory = medium.resolve("DICOMDIR");
    try (DicomDirWriter writer = DicomDirWriter.create(directory, "")) {
      for (FileId id :
          List.of(FileId.of("A", "I1"), FileId.of("UP", "SECRET"), FileId.of("GONE"))) {
        writer.add(slices.get(0).dataset(), id, TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian));
      }
      writer.finish();
    }

    Said said = hub.run("import", directory, "--site", "HILL");

    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.out()).contains("1  stored\n").contains("2  named by the DICOMDIR");
    assertThat(hub.count("select count(*) from archive.instance")).isOne();
  }

  @Test
  void what_is_exported_is_read_by_dcmtk_and_imported_again() throws Exception {
    PeerProgram.need("dcmdump", "dcmgpdir", "dcmftest");
    ConsoleRun hub = new ConsoleRun(folder.resolve("data"));
    hub.site("HILL");
    hub.run("import", mixed(), "--site", "HILL");
    Path medium = folder.resolve("medium");

    Said said = hub.run("export", "--site", "HILL", "--as", "dicomdir", "--to", medium);

    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
    List<Path> files = files(medium);
    assertThat(files).hasSize(8).allMatch(f -> f.getFileName().toString().matches("I[0-9A-Z]{7}"));
    for (Path file : files) {
      assertThat(dcmtk("dcmftest", file.toString())).startsWith("yes:");
    }
    String dump = dcmtk("dcmdump", medium.resolve("DICOMDIR").toString());
    assertThat(dump.lines().filter(line -> line.contains("ReferencedFileID"))).hasSize(8);
    // dcmgpdir follows every offset and opens every file before it appends.
    ConsoleRun.partTen(
        medium.resolve("MORE"), CtStudies.interleaved(1, 1, 16).getFirst().dataset());
    assertThat(
            dcmtk(
                "dcmgpdir",
                "+A",
                "+I",
                "+D",
                medium.resolve("DICOMDIR").toString(),
                "+id",
                medium.toString(),
                "MORE"))
        .doesNotContainPattern("(?m)^E:");

    ConsoleRun other = new ConsoleRun(folder.resolve("other"));
    other.site("HILL");
    assertThat(other.run("import", medium.resolve("DICOMDIR"), "--site", "HILL").out())
        .contains("9  stored\n");
    assertThat(digests(other)).containsAll(digestsSent());
    assertThat(hub.run("export", "--site", "HILL", "--as", "dicomdir", "--to", medium).out())
        .contains("8  there already");
    assertThat(hub.run("export", "--site", "HILL", "--as", "folder", "--to", medium).code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(hub.count("select count(*) from reading.audit_event where kind = 'EXPORT'"))
        .isEqualTo(4);
  }

  @Test
  void a_zip_of_a_study_is_imported_again_and_a_de_identified_one_names_nobody() throws Exception {
    ConsoleRun hub = new ConsoleRun(folder.resolve("data"));
    hub.site("HILL");
    hub.run("import", mixed(), "--site", "HILL");
    String study = slices.getFirst().study();

    Path zip = folder.resolve("study.zip");
    assertThat(hub.run("export", "--study", study, "--as", "zip", "--to", zip).out())
        .contains("4  written");
    Path clean = folder.resolve("clean");
    Said said =
        hub.run("export", "--study", study, "--as", "folder", "--to", clean, "--deidentify");

    assertThat(said.out()).as(said.err()).contains("4  written");
    Set<String> studies = new HashSet<>();
    for (Path file : files(clean)) {
      String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(bytes).doesNotContain("Kamau", "CT-0", study);
      Dataset dataset = DicomReader.readPart10(file, ReadOptions.defaults()).dataset();
      studies.add(dataset.string(Tag.StudyInstanceUID, ""));
      assertThat(dataset.string(Tag.PatientIdentityRemoved, "")).isEqualTo("YES");
    }
    assertThat(studies).hasSize(1);
    ConsoleRun other = new ConsoleRun(folder.resolve("other"));
    other.site("HILL");
    assertThat(other.run("import", zip, "--site", "HILL").out()).contains("4  stored\n");
    assertThat(digestsSent()).containsAll(digests(other));
    assertThat(
            hub.run("export", "--study", "1.2.3", "--as", "zip", "--to", folder.resolve("no"))
                .err())
        .contains("TR-0091");
  }

  @Test
  void what_the_store_has_and_the_database_lost_is_stored_anew_once() throws Exception {
    ConsoleRun hub = new ConsoleRun(folder.resolve("data"));
    hub.site("HILL");
    hub.run("import", mixed(), "--site", "HILL");
    JdbcClient.create(hub.source())
        .sql("truncate archive.study, archive.series, archive.instance restart identity cascade")
        .update();
    for (Path blob : files(folder.resolve("data/blobs"))) {
      Files.setLastModifiedTime(blob, FileTime.fromMillis(0));
    }

    Said said = hub.run("import", "--unnamed", "--site", "HILL");

    assertThat(said.out()).as(said.err()).isEqualTo("        8  stored\n");
    assertThat(digests(hub)).isEqualTo(digestsSent());
    assertThat(hub.run("import", "--unnamed", "--site", "HILL").out())
        .isEqualTo("        8  stored before\n");
  }

  @Test
  void a_damaged_blob_is_left_out_and_told() throws Exception {
    ConsoleRun hub = new ConsoleRun(folder.resolve("data"));
    hub.site("HILL");
    hub.run("import", mixed(), "--site", "HILL");
    Path blob = files(folder.resolve("data/blobs")).getFirst();
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length - 5] ^= 1;
    Files.write(blob, bytes);

    Said said =
        hub.run("export", "--site", "HILL", "--as", "folder", "--to", folder.resolve("out"));

    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.out()).contains("7  written").contains("1  left out, damaged");
    assertThat(files(folder.resolve("out"))).hasSize(7);
  }

  @Test
  void killed_import_and_export_go_on() throws Exception {
    ConsoleRun hub = new ConsoleRun(folder.resolve("data"));
    hub.site("HILL");
    Path root = mixed();

    hub.killedAt("instance-decided", 3, "import", root, "--site", "HILL");
    assertThat(hub.count("select count(*) from archive.instance")).isBetween(2L, 8L);
    assertThat(hub.run("import", root, "--site", "HILL").out()).contains("1  not DICOM");
    assertThat(digests(hub)).isEqualTo(digestsSent());

    Path out = folder.resolve("out");
    hub.killedAt("file-written", 3, "export", "--site", "HILL", "--as", "dicomdir", "--to", out);
    assertThat(Files.exists(out.resolve("DICOMDIR"))).isFalse();
    Said said = hub.run("export", "--site", "HILL", "--as", "dicomdir", "--to", out);
    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
    assertThat(files(out)).hasSize(8);
    try (var all = Files.list(out)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".part"));
    }
  }

  private Set<String> digestsSent() {
    Set<String> digests = new TreeSet<>();
    slices.forEach(slice -> digests.add(slice.digest()));
    return digests;
  }

  private static Set<String> digests(ConsoleRun hub) {
    return new TreeSet<>(
        JdbcClient.create(hub.source())
            .sql("select encode(digest, 'hex') from archive.instance")
            .query(String.class)
            .list());
  }

  /** Instances below a folder: neither a DICOMDIR nor our own mark. */
  private static List<Path> files(Path root) throws IOException {
    try (var all = Files.walk(root)) {
      return new ArrayList<>(
          all.filter(Files::isRegularFile)
              .filter(path -> path.getFileName().toString().matches("I.*|[0-9a-f-]{36}"))
              .toList());
    }
  }

  private static String dcmtk(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
