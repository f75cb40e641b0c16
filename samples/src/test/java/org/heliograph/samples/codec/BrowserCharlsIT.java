package org.heliograph.samples.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.heliograph.dicom.pixel.jpegls.JpegLsEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our JPEG-LS streams in the very CharLS that the viewer's worker loads, run by node. */
class BrowserCharlsIT {

  private static final long SEED = 20260305;
  private static final Path VIEWER = Path.of("..", "viewer").toAbsolutePath().normalize();
  private static final Path SCRIPT =
      Path.of("src", "test", "resources", "charls", "decode.cjs").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void the_viewers_charls_decodes_our_streams_exactly() throws Exception {
    requireCharls();
    List<byte[]> originals = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int bits = 2; bits <= 16; bits++) {
      add(originals, expected, new SampleLayout(61, 77, 1, bits <= 8 ? 8 : 16), bits);
      add(originals, expected, new SampleLayout(1, 1, 1, bits <= 8 ? 8 : 16), bits);
    }
    add(originals, expected, new SampleLayout(61, 77, 3, 8), 8);
    add(originals, expected, new SampleLayout(1, 300, 3, 8), 8);
    add(originals, expected, new SampleLayout(3000, 3000, 1, 16), 14);

    List<String> said = node();

    assertThat(said).isEqualTo(expected);
    for (int i = 0; i < originals.size(); i++) {
      assertThat(Files.readAllBytes(folder.resolve(name(i) + ".raw")))
          .as("%s, seed %d", expected.get(i), SEED)
          .isEqualTo(originals.get(i));
    }
  }

  private static void requireCharls() throws Exception {
    boolean there =
        Files.isDirectory(VIEWER.resolve("node_modules/@cornerstonejs/codec-charls"))
            && Files.isExecutable(Path.of("/usr/bin/env"))
            && new ProcessBuilder("/usr/bin/env", "node", "--version").start().waitFor() == 0;
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(there).as("node and the viewer's CharLS are required").isTrue();
    }
    assumeTrue(there, "skipped: node or the viewer's node_modules are not installed");
  }

  private void add(List<byte[]> originals, List<String> expected, SampleLayout layout, int bits)
      throws Exception {
    byte[] cells = cells(layout, bits, SEED + originals.size());
    String name = name(originals.size());
    Files.write(folder.resolve(name + ".jls"), JpegLsEncoder.encode(cells, layout, bits));
    expected.add(
        "%s.jls %d %d %d %d"
            .formatted(name, layout.columns(), layout.rows(), bits, layout.samplesPerPixel()));
    originals.add(cells);
  }

  private static String name(int number) {
    return "%03d".formatted(number);
  }

  /** Smooth, flat and noisy parts, for regular and run mode alike. */
  private static byte[] cells(SampleLayout layout, int bits, long seed) {
    Random random = new Random(seed);
    byte[] cells = new byte[layout.byteCount()];
    int max = (1 << bits) - 1;
    int width = layout.columns() * layout.samplesPerPixel();
    for (int i = 0; i < cells.length / layout.bytesPerSample(); i++) {
      int x = i % width;
      int y = i / width;
      int value =
          switch ((x / 16 + y / 16) % 3) {
            case 0 -> max;
            case 1 -> (int) ((Math.sin(x / 19.0) + Math.cos(y / 13.0) + 2) / 4 * max);
            default -> random.nextInt(max + 1);
          };
      cells[i * layout.bytesPerSample()] = (byte) value;
      if (layout.bytesPerSample() == 2) {
        cells[i * 2 + 1] = (byte) (value >> 8);
      }
    }
    return cells;
  }

  private List<String> node() throws Exception {
    Process process =
        new ProcessBuilder(
                "/usr/bin/env", "node", SCRIPT.toString(), VIEWER.toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said.lines().toList();
  }
}
