package org.heliograph.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.json.DicomJson;
import org.junit.jupiter.api.Test;

/** Broken bytes give a declared exception or a data set; {@code -Ddicom.mutations=100000} soaks. */
class MutatedFilesTest {
  private static final int MUTATIONS = Integer.getInteger("dicom.mutations", 2000);
  private static final long SEED = Long.getLong("dicom.seed", 20260101L);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final ReadOptions OPTIONS =
      ReadOptions.defaults().withMaxTotalInMemoryBytes(8 << 20);

  @Test
  void mutated_files_neither_hang_nor_throw_what_is_not_declared() throws IOException {
    List<byte[]> originals = originals(); // which loads the dictionary, so that it is not counted
    int[] outcome = new int[2];
    assertTimeoutPreemptively(
        Duration.ofSeconds(60L + MUTATIONS / 100),
        () -> {
          for (int i = 0; i < MUTATIONS; i++) {
            Random random = new Random(SEED + i);
            byte[] bytes = mutated(originals.get(random.nextInt(originals.size())), random);
            try {
              outcome[read(bytes) ? 0 : 1]++;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
              throw new AssertionError("seed " + (SEED + i), e);
            }
          }
        });
    assertThat(outcome[0] + outcome[1]).isEqualTo(MUTATIONS);
    assertThat(outcome[1]).as("some mutations must be refused").isPositive();
  }

  private static boolean read(byte[] bytes) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      ParsedObject object = DicomReader.readPart10(new ByteArrayInputStream(bytes), OPTIONS);
      checkCost(before, bytes.length, object.transferSyntax().deflated());
      DicomJson.write(object.dataset(), e -> "bulk");
      return true;
    } catch (DicomFormatException e) {
      checkCost(before, bytes.length, true);
      return false;
    }
  }

  /** What parsing allocates goes by what there is, and for deflated data sets by the limit. */
  private static void checkCost(long before, int length, boolean maybeDeflated) {
    long cost = THREADS.getCurrentThreadAllocatedBytes() - before;
    long bound = 512 * 1024 + 60L * length;
    assertThat(cost)
        .isLessThan(maybeDeflated ? bound + 4 * OPTIONS.maxTotalInMemoryBytes() : bound);
  }

  private static List<byte[]> originals() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (long seed = 1; seed <= 40; seed++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TransferSyntax syntax =
          TransferSyntax.of(
              seed % 2 == 0 ? Uids.ExplicitVrLittleEndian : Uids.DeflatedExplicitVrLittleEndian);
      DicomWriter.writePart10(
          out,
          org.heliograph.dicom.data.Dataset.empty(),
          syntax,
          new RandomDatasets(seed).next(),
          BulkSource.NONE);
      all.add(out.toByteArray());
    }
    Path samples = Path.of("..", "..", "shared", "data", "dicom");
    if (Files.isDirectory(samples)) {
      for (Path file : RealFiles.all()) {
        if (Files.size(file) < 100_000) {
          all.add(Files.readAllBytes(file));
        }
      }
    }
    return all;
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int header = Math.min(bytes.length, 6000);
    for (int n = 1 + random.nextInt(6); n > 0; n--) {
      int at = random.nextInt(random.nextBoolean() ? header : bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
        case 3 -> {
          int length = Math.min(random.nextInt(64), bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        }
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
      }
      header = Math.min(header, bytes.length);
    }
    return bytes;
  }
}
