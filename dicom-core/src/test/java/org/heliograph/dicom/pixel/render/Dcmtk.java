package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Assumptions;

/** The renderers of dcmtk, found on the PATH. */
final class Dcmtk {

  /** What a tool drew: one gray sample a pixel, or red, green and blue. */
  @SuppressWarnings("ArrayRecordComponent")
  record Picture(int width, int height, int bands, int[] samples) {}

  private Dcmtk() {}

  static void assume(String tool) {
    boolean there = false;
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      there |= Files.isExecutable(Path.of(folder).resolve(tool));
    }
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(there).as("%s is required", tool).isTrue();
    }
    Assumptions.assumeTrue(there, "skipped: no " + tool);
  }

  /** Runs a tool that ends with input and output file, and reads its PGM or PPM. */
  static Picture run(Path input, Path output, List<String> toolAndOptions) throws Exception {
    List<String> command = new ArrayList<>(toolAndOptions);
    command.add(input.toString());
    command.add(output.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as(toolAndOptions.toString()).isZero();
    byte[] bytes = Files.readAllBytes(output);
    String head = new String(bytes, 0, Math.min(200, bytes.length), StandardCharsets.ISO_8859_1);
    try (Scanner scanner = new Scanner(head.replaceAll("#[^\n]*\n", ""))) {
      int bands = scanner.next().equals("P6") ? 3 : 1;
      int width = scanner.nextInt();
      int height = scanner.nextInt();
      int[] samples = new int[width * height * bands];
      int from = bytes.length - samples.length;
      for (int i = 0; i < samples.length; i++) {
        samples[i] = bytes[from + i] & 0xFF;
      }
      return new Picture(width, height, bands, samples);
    }
  }
}
