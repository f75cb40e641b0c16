package org.heliograph.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.pixel.RealData.Sample;
import org.junit.jupiter.api.Test;

/** Cut, flipped and overwritten frames end in samples or in a declared exception, and soon. */
class DamagedFramesTest {

  private static final int EACH = 35;
  private static final long SEED = 20260101;
  private static final DecodeLimits LIMITS =
      new DecodeLimits(1_000_000, 16 << 20, Duration.ofSeconds(5));

  @Test
  void more_than_200_damaged_frames_do_no_harm() throws Exception {
    List<String> files =
        List.of(
            "dicom/ts-ct/rle.dcm",
            "dicom/ts-ct/jpeg-p1-8bit-50.dcm",
            "dicom/ts-ct/jpeg-lossless-sv1-70.dcm",
            "dicom/ts-ct/jpeg-p4-12bit-51.dcm",
            "dicom/ts-ct/jpeg-lossless-57.dcm",
            "dicom/ts-ct/jpegls-lossless-80.dcm",
            "dicom/ts-ct/j2k-lossless-90.dcm",
            "dicom/ts-rgb/jpeg-baseline-ybr422.dcm",
            "dicom/ts-rgb/jpegls-ilv-line.dcm",
            "dicom/ts-rgb/j2k-ybr-rct.dcm");
    Random random = new Random(SEED);
    int refused = 0;
    int decoded = 0;
    for (String file : files) {
      Sample sample = RealData.read(file);
      FrameIndex index = FrameIndex.of(sample.object().dataset(), sample.source());
      byte[] frame = index.read(0, sample.source(), LIMITS);
      ImageDescription image = ImageDescription.of(sample.object().dataset());
      for (int i = 0; i < EACH; i++) {
        byte[] damaged = damaged(frame, random, i);
        long start = System.nanoTime();
        try {
          FrameDecoder.decode(damaged, 0, sample.transferSyntax().uid(), image, LIMITS);
          decoded++;
        } catch (PixelDataException e) {
          refused++;
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .as("%s, damage %d, seed %d", file, i, SEED)
            .isLessThan(Duration.ofSeconds(10));
      }
    }
    assertThat(refused + decoded).isEqualTo(files.size() * EACH).isGreaterThanOrEqualTo(200);
    assertThat(refused).as("decoded %d", decoded).isGreaterThan(100);
  }

  private static byte[] damaged(byte[] frame, Random random, int kind) {
    byte[] bytes = frame.clone();
    switch (kind % 4) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> {
        for (int i = 0; i < 1 + random.nextInt(20); i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> {
        // headers, where sizes and tables are
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
          bytes[2 + random.nextInt(Math.min(200, bytes.length - 2))] = (byte) random.nextInt(256);
        }
      }
      default -> {
        int from = random.nextInt(bytes.length);
        byte[] noise = new byte[Math.min(bytes.length - from, 1 + random.nextInt(400))];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, from, noise.length);
      }
    }
    return bytes;
  }
}
