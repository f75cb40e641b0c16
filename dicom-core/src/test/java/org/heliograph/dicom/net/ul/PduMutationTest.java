package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * PDUs come back as they went; broken ones are refused by a {@link PduFormatException} and by
 * nothing else; {@code -Ddicom.mutations=100000} soaks.
 */
class PduMutationTest {
  private static final long SEED = 20260102;
  private static final int MUTATIONS = Integer.getInteger("dicom.mutations", 2000);
  private static final int PDUS = 2000;

  /** A decoder copies each byte a few times at most, in objects with headers. */
  private static final long ALLOWED_BYTES_PER_BYTE = 64;

  private static final long ALLOWED_BYTES_OF_A_PDU = 64 * 1024;

  @Test
  void any_pdu_is_decoded_to_what_was_encoded() throws Exception {
    var pdus = new RandomPdus(new Random(SEED));
    for (var i = 0; i < PDUS; i++) {
      var pdu = pdus.next();
      var encoded = PduEncoder.encode(pdu);
      var decoded = PduGoldenTest.decode(encoded);
      assertThat(decoded).as("seed %s, PDU %s", SEED, i).isEqualTo(pdu);
      assertThat(PduEncoder.encode(decoded)).as("seed %s, PDU %s", SEED, i).isEqualTo(encoded);
    }
  }

  @Test
  void mutated_pdus_are_decoded_or_refused_in_little_memory() {
    var random = new Random(SEED);
    var pdus = new RandomPdus(random);
    var originals =
        List.of(
            GoldenHex.read("associate-rq"),
            GoldenHex.read("associate-ac"),
            GoldenHex.read("p-data"),
            GoldenHex.read("abort"));
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var self = Thread.currentThread().threadId();
    var refused = 0;
    for (var i = 0; i < MUTATIONS; i++) {
      var original = i % 2 == 0 ? PduEncoder.encode(pdus.next()) : originals.get(i / 2 % 4);
      var mutated = PduMutations.mutate(original, random);
      var body = body(mutated);
      var before = threads.getThreadAllocatedBytes(self);
      try {
        var pdu = PduDecoder.decode(mutated[0] & 0xff, body);
        assertThat(threads.getThreadAllocatedBytes(self) - before)
            .as("seed %s, mutation %s", SEED, i)
            .isLessThan(ALLOWED_BYTES_OF_A_PDU + mutated.length * ALLOWED_BYTES_PER_BYTE);
        assertThat(PduEncoder.encode(pdu).length).isLessThanOrEqualTo(mutated.length + 256);
      } catch (PduFormatException _) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed " + SEED + ", mutation " + i + ": " + HexFormat.of().formatHex(mutated), e);
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 20, MUTATIONS);
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

  private static ByteBuffer body(byte[] whole) {
    return ByteBuffer.wrap(whole).slice(6, whole.length - 6);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
