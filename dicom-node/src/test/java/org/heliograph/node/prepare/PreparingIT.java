package org.heliograph.node.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.node.spool.Prepared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preparing with real images, with dcmtk as the judge, and with little memory. */
class PreparingIT {
  @TempDir Path temp;

  private final Preparing preparing = new Preparing(PrepareSettings.defaults());

  private static Path samples() {
    Path folder = Path.of("").toAbsolutePath().resolve("../../shared/data/dicom").normalize();
    assumeTrue(Files.isDirectory(folder), "skipped: no ../shared/data beside the repository");
    return folder;
  }

  private Prepared prepared(Path file) throws IOException {
    String syntax = DicomReader.readPart10(file, ReadOptions.header()).transferSyntax().uid();
    Preparation preparation =
        preparing.prepare(
            Images.spooled(file, syntax),
            file,
            new Targets(temp.resolve("new.dcm"), temp.resolve("new.jpg"), 60_000));
    assertThat(preparation).isInstanceOf(Preparation.Ready.class);
    return ((Preparation.Ready) preparation).prepared();
  }

  private static byte[] cells(Path file) throws IOException {
    FrameReader reader = FrameReader.open(file);
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < reader.frameCount(); i++) {
      all.writeBytes(reader.stored(i).cells());
    }
    return all.toByteArray();
  }

  @Test
  void all_real_files_are_prepared_and_keep_their_pixels() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(samples())) {
      files = all.filter(p -> p.toString().endsWith(".dcm")).sorted().toList();
    }
    int recoded = 0;
    int previews = 0;
    for (Path file : files) {
      String name = file.getFileName().toString();
      boolean another = name.matches("MR(0[2-9]|1.)\\.dcm") || Files.size(file) > 900_000;
      if (name.contains("nopreamble") || another) {
        continue; // the spool gives the one a head of its own; the others only take time
      }
      Prepared prepared = prepared(file);
      Path newFile = prepared.newFile();
      if (newFile != null) {
        recoded++;
        assertThat(cells(newFile)).as("%s", file.getFileName()).isEqualTo(cells(file));
        assertThat(Files.size(newFile)).isLessThan(Files.size(file));
      }
      if (prepared.newPreview() != null) {
        previews++;
        byte[] jpeg = Files.readAllBytes(prepared.newPreview());
        assertThat(jpeg.length).as("%s", file.getFileName()).isLessThanOrEqualTo(60_000);
        assertThat(ImageIO.read(new ByteArrayInputStream(jpeg))).isNotNull();
      }
    }
    assertThat(recoded).isGreaterThan(20);
    assertThat(previews).isGreaterThan(50);
  }

  @ParameterizedTest
  @CsvSource({
    "ts-ct/implicit-le",
    "ts-ct/explicit-be",
    "ts-ct/deflated",
    "series-mr-wrist/MR08",
    "xray/dx-dog-thorax-mono1-8bit",
    "us/us-rgb",
    "xray/xa-synthetic-12frames"
  })
  void dcmtk_decodes_what_we_made_to_the_original(String name) throws Exception {
    boolean there = Files.isExecutable(Path.of("/usr/bin/dcmdjpls"));
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(there).as("dcmtk is required").isTrue();
    }
    assumeTrue(there, "skipped: dcmtk is not installed");
    Path file = samples().resolve(name + ".dcm");
    Path newFile = prepared(file).newFile();
    assumeTrue(newFile != null, "skipped: not smaller, so it stays as it is");
    Path theirs = temp.resolve("theirs.dcm");

    run("dcmdjpls", Objects.requireNonNull(newFile).toString(), theirs.toString());

    assertThat(cells(theirs)).isEqualTo(cells(file));
  }

  /** A mammogram of 41 MB in one frame, and an enhanced object of many: neither fits the heap. */
  @ParameterizedTest
  @CsvSource({"4915, 4200, 1", "512, 512, 200"})
  void a_large_object_needs_little_memory(int rows, int columns, int frames) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    String output =
        run(
            java,
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LargeObject.class.getName(),
            temp.toString(),
            Integer.toString(rows),
            Integer.toString(columns),
            Integer.toString(frames));

    assertThat(output).contains("syntax=" + Uids.JpegLsLossless).contains("preview=true");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
