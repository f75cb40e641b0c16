package org.heliograph.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.DicomFormatException.Code;
import org.heliograph.dicom.io.ValuePlacement.Place;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What lengths claim costs nothing; what is there costs memory in proportion, up to the limit. */
class HostileStreamsTest {
  private static final TransferSyntax EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;

  @BeforeAll
  static void the_dictionary_is_loaded_once_and_not_counted() {
    assertThat(Dictionary.vrOf(Tag.Modality)).isEqualTo(Vr.CS);
  }

  /** The bytes that a refusal allocates. */
  private static long costOfRefusal(
      InputStream in, TransferSyntax syntax, ReadOptions options, Code code) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      DicomReader.readDataset(in, syntax, options);
    } catch (DicomFormatException e) {
      long cost = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(e.code()).isEqualTo(code);
      return cost;
    }
    throw new AssertionError("was not refused");
  }

  @Test
  void four_gigabytes_that_a_short_stream_claims_are_never_allocated() throws IOException {
    ReadOptions inMemory =
        ReadOptions.defaults()
            .withMaxTotalInMemoryBytes(Long.MAX_VALUE)
            .withPlacement((tag, vr, length, depth) -> Place.IN_MEMORY);
    String[] streams = {
      "08 00 60 00 55 54 00 00 F0 FF FF 7F 4F 54", // 2 GB of text
      "08 00 15 11 53 51 00 00 FE FF FF FF FE FF 00 E0 F0 FF FF FF", // sequence, item
      "E0 7F 10 00 4F 42 00 00 FF FF FF FF FE FF 00 E0 FE FF FF FF 00 00", // fragment
      "08 00 15 11 55 4E 00 00 F0 FF FF 7F FE FF 00 E0 F0 FF FF 7F", // unknown sequence
    };
    for (String hex : streams) {
      for (ReadOptions options : new ReadOptions[] {ReadOptions.defaults(), inMemory}) {
        long cost =
            costOfRefusal(
                new ByteArrayInputStream(Hex.bytes(hex)), EXPLICIT, options, Code.TRUNCATED);
        assertThat(cost).as(hex).isLessThan(2 << 20);
      }
    }
    assertThat(
            costOfRefusal(
                new ByteArrayInputStream(Hex.bytes("08 00 60 00 55 54 00 00 FE FF FF FF 4F 54")),
                EXPLICIT,
                inMemory,
                Code.TOO_LARGE))
        .isLessThan(2 << 20);
  }

  @Test
  void a_hundred_thousand_nested_items_are_refused_at_the_limit() throws IOException {
    byte[] level = Hex.bytes("08 00 15 11 53 51 00 00 FF FF FF FF FE FF 00 E0 FF FF FF FF");
    byte[] bytes = new byte[level.length * 100_000];
    for (int at = 0; at < bytes.length; at += level.length) {
      System.arraycopy(level, 0, bytes, at, level.length);
    }
    long cost =
        costOfRefusal(
            new ByteArrayInputStream(bytes), EXPLICIT, ReadOptions.defaults(), Code.TOO_DEEP);
    assertThat(cost).isLessThan(1 << 20);
  }

  @Test
  void many_empty_items_are_refused_at_the_memory_limit() throws IOException {
    byte[] head = Hex.bytes("08 00 15 11 53 51 00 00 FF FF FF FF");
    byte[] bytes = new byte[16 << 20];
    System.arraycopy(head, 0, bytes, 0, head.length);
    byte[] item = Hex.bytes("FE FF 00 E0 00 00 00 00");
    for (int at = head.length; at + 8 <= bytes.length; at += 8) {
      System.arraycopy(item, 0, bytes, at, 8);
    }
    ReadOptions options = ReadOptions.defaults().withMaxTotalInMemoryBytes(8 << 20);
    long cost = costOfRefusal(new ByteArrayInputStream(bytes), EXPLICIT, options, Code.TOO_LARGE);
    assertThat(cost).isLessThan(3 * (8 << 20));
  }

  @Test
  void unknown_values_that_might_be_sequences_cost_what_they_hold() throws IOException {
    byte[] element = Hex.bytes("08 00 15 11 55 4E 00 00 08 00 00 00 FE FF 00 E0 00 00 00 00");
    byte[] bytes = new byte[element.length * 10_000];
    for (int at = 0; at < bytes.length; at += element.length) {
      System.arraycopy(element, 0, bytes, at, element.length);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    ParsedObject object =
        DicomReader.readDataset(new ByteArrayInputStream(bytes), EXPLICIT, ReadOptions.defaults());
    long cost = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(object.dataset().items(Tag.ReferencedSeriesSequence)).hasSize(1);
    assertThat(object.warnings()).hasSize(100);
    assertThat(cost).isLessThan(60L * bytes.length);
  }

  @Test
  void a_deflate_bomb_is_refused_in_a_bounded_number_of_bytes() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    Deflater best = new Deflater(Deflater.BEST_COMPRESSION, true);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bomb, best)) {
      out.write(Hex.bytes("08 00 60 00 55 54 00 00 00 00 00 20"));
      byte[] spaces = new byte[1 << 20];
      Arrays.fill(spaces, (byte) ' ');
      for (int i = 0; i < 160; i++) {
        out.write(spaces);
      }
    } finally {
      best.end();
    }
    long cost =
        costOfRefusal(
            new ByteArrayInputStream(bomb.toByteArray()),
            TransferSyntax.of(Uids.DeflatedExplicitVrLittleEndian),
            ReadOptions.defaults(),
            Code.TOO_LARGE);
    assertThat(cost).isLessThan(1 << 20);
  }

  @Test
  void zeros_without_end_are_refused_or_read_without_collecting_them() throws IOException {
    byte[] start = Hex.bytes("08 00 60 00 43 53 02 00 4F 54");
    byte[] bytes = Arrays.copyOf(start, 32 << 20);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    InputStream in = new ByteArrayInputStream(bytes);
    long before = threads.getCurrentThreadAllocatedBytes();

    ParsedObject object = DicomReader.readDataset(in, EXPLICIT, ReadOptions.defaults());

    assertThat(object.warnings())
        .extracting(ReadWarning::code)
        .containsExactly(ReadWarning.Code.TRAILING_PADDING);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
  }
}
