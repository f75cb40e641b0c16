package org.heliograph.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dcmtk's dcmdump sees in the same files, and in files that this library wrote. */
class DcmdumpIT {
  @TempDir Path folder;

  @BeforeAll
  static void dcmtk_is_installed() {
    boolean there =
        List.of("/usr/bin/dcmdump", "/usr/local/bin/dcmdump").stream()
            .anyMatch(p -> Files.isExecutable(Path.of(p)));
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(there).as("dcmdump is required").isTrue();
    }
    Assumptions.assumeTrue(there, "dcmdump is not installed");
  }

  @Test
  void finds_as_many_elements_as_dcmdump_in_every_sample_file() throws Exception {
    for (Path file : RealFiles.all()) {
      ParsedObject object = RealFiles.read(Files.readAllBytes(file));
      long own = count(object.fileMeta()) + count(object.dataset());

      assertThat(own).as(file.toString()).isEqualTo(dcmdump(file).size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Uids.ImplicitVrLittleEndian,
        Uids.ExplicitVrLittleEndian,
        Uids.ExplicitVrBigEndian,
        Uids.DeflatedExplicitVrLittleEndian
      })
  void dcmdump_reads_what_was_written_in_each_uncompressed_syntax(String uid) throws Exception {
    Path source = RealFiles.folder().resolve("dicom/ts-ct/implicit-le.dcm");
    byte[] bytes = Files.readAllBytes(source);
    ParsedObject object =
        DicomReader.readPart10(new ByteArrayInputStream(bytes), ReadOptions.inMemory(8 << 20));
    Dataset meta =
        DicomWriter.fileMeta(
            SopClassUid.of(object.dataset().string(Tag.SOPClassUID, "")),
            new SopInstanceUid(Uid.create()),
            TransferSyntaxUid.of(uid));
    Path written = folder.resolve("written.dcm");
    try (OutputStream out = Files.newOutputStream(written)) {
      DicomWriter.writePart10(
          out, meta, TransferSyntax.of(uid), object.dataset(), RealFiles.bulk(bytes));
    }

    List<String> before = dcmdump(source).stream().filter(l -> !l.startsWith("(0002")).toList();
    List<String> after = dcmdump(written).stream().filter(l -> !l.startsWith("(0002")).toList();
    assertThat(after).hasSameSizeAs(before);
    assertThat(after).anyMatch(l -> l.contains("(0010,0010) PN [MISTER^CT]"));
  }

  private static long count(Dataset dataset) {
    long sum = 0;
    for (Element e : dataset) {
      sum++;
      if (e instanceof SequenceElement s) {
        sum += s.items().stream().mapToLong(DcmdumpIT::count).sum();
      }
    }
    return sum;
  }

  /** The lines that show an element, without items, delimiters and fragments. */
  private static List<String> dcmdump(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("dcmdump", "-q", "+L", "-M", file.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines;
    try (BufferedReader out = process.inputReader(StandardCharsets.ISO_8859_1)) {
      lines =
          out.lines()
              .filter(l -> l.strip().matches("\\([0-9a-f]{4},[0-9a-f]{4}\\).*"))
              .filter(l -> !l.strip().startsWith("(fffe"))
              .toList();
    }
    assertThat(process.waitFor()).as(file + " " + lines.stream().limit(3).toList()).isZero();
    return lines;
  }
}
