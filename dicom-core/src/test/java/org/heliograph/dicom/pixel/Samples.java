package org.heliograph.dicom.pixel;

import java.util.Random;
import org.heliograph.dicom.pixel.codec.SampleLayout;

/** Frames as scanners, screens and attackers make them. */
public enum Samples {
  CONSTANT {
    @Override
    int value(int x, int y, int component, int max, Random random) {
      return max / 3;
    }
  },
  GRADIENT {
    @Override
    int value(int x, int y, int component, int max, Random random) {
      return (x * 3 + y * 2 + component * 17) & max;
    }
  },
  RANDOM {
    @Override
    int value(int x, int y, int component, int max, Random random) {
      return random.nextInt() & max;
    }
  },
  SPARSE {
    @Override
    int value(int x, int y, int component, int max, Random random) {
      return random.nextInt(40) == 0 ? random.nextInt(max + 1) : max;
    }
  },
  ANATOMY {
    @Override
    int value(int x, int y, int component, int max, Random random) {
      double shape = Math.sin(x / 37.0) * Math.cos(y / 29.0 + component) * 0.4 + 0.5;
      double noise = random.nextGaussian() * 0.005;
      boolean air = Math.hypot(x % 512 - 256, y % 512 - 256) > 250;
      return air ? 0 : (int) Math.clamp((shape + noise) * max, 0, max);
    }
  };

  abstract int value(int x, int y, int component, int max, Random random);

  /** Cells whose values have {@code bits} bits. */
  public byte[] cells(SampleLayout layout, int bits, long seed) {
    Random random = new Random(seed);
    byte[] cells = new byte[layout.byteCount()];
    int max = (1 << bits) - 1;
    int to = 0;
    for (int y = 0; y < layout.rows(); y++) {
      for (int x = 0; x < layout.columns(); x++) {
        for (int i = 0; i < layout.samplesPerPixel(); i++) {
          int value = value(x, y, i, max, random);
          cells[to++] = (byte) value;
          if (layout.bytesPerSample() == 2) {
            cells[to++] = (byte) (value >> 8);
          }
        }
      }
    }
    return cells;
  }
}
