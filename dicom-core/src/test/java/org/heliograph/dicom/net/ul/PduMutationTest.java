package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken PDUs are refused by a {@link PduFormatException} and by nothing else. */
class PduMutationTest {
  private static final long SEED = 20260102;
  private static final int MUTATIONS = 2000;

  @Test
  void two_thousand_mutated_pdus_are_decoded_or_refused() {
    var random = new Random(SEED);
    var originals =
        List.of(
            GoldenHex.read("associate-rq"),
            GoldenHex.read("associate-ac"),
            GoldenHex.read("p-data"),
            GoldenHex.read("abort"));
    var refused = 0;
    for (var i = 0; i < MUTATIONS; i++) {
      var mutated = mutate(originals.get(i % originals.size()), random);
      try {
        var pdu = PduDecoder.decode(mutated[0] & 0xff, body(mutated));
        assertThat(PduEncoder.encode(pdu).length).isLessThanOrEqualTo(mutated.length + 256);
      } catch (PduFormatException _) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed " + SEED + ", mutation " + i + ": " + HexFormat.of().formatHex(mutated), e);
      }
    }
    assertThat(refused).isBetween(100, MUTATIONS);
  }

  @Test
  void a_pdv_longer_than_its_pdu_is_refused() {
    assertThatThrownBy(() -> PduDecoder.decode(4, ByteBuffer.wrap(hex("7fffffff 01 03 0000"))))
        .isInstanceOf(PduFormatException.class)
        .hasMessageContaining("PDV length 2147483647");
  }

  @Test
  void a_pdv_without_its_own_header_is_refused() {
    assertThatThrownBy(() -> PduDecoder.decode(4, ByteBuffer.wrap(hex("00000001 01 03"))))
        .isInstanceOf(PduFormatException.class);
  }

  @Test
  void an_even_context_id_is_refused() {
    var rq = GoldenHex.read("associate-rq");
    rq[6 + 68 + 4 + 21 + 4] = 2;

    assertThatThrownBy(() -> PduDecoder.decode(1, body(rq)))
        .isInstanceOf(PduFormatException.class)
        .hasMessageContaining("context id 2 is even");
  }

  private static byte[] mutate(byte[] original, Random random) {
    var bytes = original.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      case 1 -> {
        for (var i = 0; i < 8; i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> bytes = Arrays.copyOf(bytes, 6 + random.nextInt(bytes.length - 6));
      default -> {
        var at = random.nextInt(bytes.length - 2);
        bytes[at] = (byte) 0xff;
        bytes[at + 1] = (byte) 0xff;
      }
    }
    return bytes;
  }

  private static ByteBuffer body(byte[] whole) {
    return ByteBuffer.wrap(whole).slice(6, whole.length - 6);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
