package org.heliograph.dicom.net.ul;

import java.util.Arrays;
import java.util.Random;

/** Ways to break the bytes of a PDU. */
final class PduMutations {
  private PduMutations() {}

  static byte[] mutate(byte[] original, Random random) {
    var bytes = original.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      case 1 -> {
        for (var i = 0; i < 8; i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> bytes = Arrays.copyOf(bytes, 6 + random.nextInt(bytes.length - 6));
      case 3 -> {
        // a part comes twice
        var from = random.nextInt(bytes.length);
        var length = random.nextInt(bytes.length - from);
        var longer = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, from, longer, from + length, bytes.length - from);
        bytes = longer;
      }
      default -> {
        var at = random.nextInt(bytes.length - 2);
        bytes[at] = (byte) 0xff;
        bytes[at + 1] = (byte) 0xff;
      }
    }
    return bytes;
  }
}
