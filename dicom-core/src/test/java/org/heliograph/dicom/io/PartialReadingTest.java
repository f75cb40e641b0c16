package org.heliograph.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.ValuePlacement.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialReadingTest {
  private static final TransferSyntax EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;

  @TempDir Path folder;

  private static byte[] image(TransferSyntax syntax) throws IOException {
    Dataset dataset =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
            .string(Tag.Modality, "OT")
            .sequence(
                Tag.ReferencedStudySequence, Dataset.builder().string(Tag.PatientID, "7").build())
            .string(Tag.PatientID, "8")
            .bytes(Tag.PixelData, Vr.OW, new byte[1_000_000])
            .bytes(0xFFFCFFFC, Vr.OB, new byte[4])
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writePart10(out, Dataset.empty(), syntax, dataset, BulkSource.NONE);
    return out.toByteArray();
  }

  /** Counts the bytes that were really read. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(read, 0);
      return read;
    }
  }

  @Test
  void a_header_is_read_without_touching_pixel_data() throws IOException {
    Counting in = new Counting(image(EXPLICIT));

    Dataset header = DicomReader.readPart10(in, ReadOptions.header()).dataset();

    assertThat(header.string(Tag.PatientID)).contains("8");
    assertThat(header.contains(Tag.PixelData)).isFalse();
    assertThat(in.count).isLessThan(64 * 1024);
  }

  @Test
  void stops_before_a_tag_of_the_data_set_itself_only() throws IOException {
    ReadOptions options = ReadOptions.defaults().withStopBefore(Tag.PatientID);
    for (String uid :
        new String[] {Uids.ExplicitVrBigEndian, Uids.DeflatedExplicitVrLittleEndian}) {
      byte[] bytes = image(TransferSyntax.of(uid));

      Dataset dataset = DicomReader.readPart10(new ByteArrayInputStream(bytes), options).dataset();

      assertThat(dataset.contains(Tag.PatientID)).isFalse();
      assertThat(dataset.item(Tag.ReferencedStudySequence).orElseThrow().string(Tag.PatientID))
          .contains("7");
    }
  }

  @Test
  void long_values_of_a_file_are_jumped_over() throws IOException {
    byte[] bytes = image(EXPLICIT);
    Path file = Files.write(folder.resolve("image.dcm"), bytes);

    Dataset dataset = DicomReader.readPart10(file, ReadOptions.defaults()).dataset();
    Counting in = new Counting(bytes);
    Dataset streamed = DicomReader.readPart10(in, ReadOptions.defaults()).dataset();

    assertThat(dataset).isEqualTo(streamed);
    assertThat(dataset.contains(0xFFFCFFFC)).isTrue();
    assertThat(dataset.get(Tag.PixelData).orElseThrow())
        .isInstanceOfSatisfying(
            BulkElement.class, b -> assertThat(b.offset()).isEqualTo(bytes.length - 1_000_016));
    assertThat(in.count).isLessThan(128 * 1024);
  }

  @Test
  void a_file_cut_within_a_long_value_is_refused() throws IOException {
    byte[] bytes = image(EXPLICIT);
    for (int missing : new int[] {17, 20, 100_000}) {
      byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - missing);
      Path file = Files.write(folder.resolve("cut.dcm"), cut);
      assertThatThrownBy(() -> DicomReader.readPart10(file, ReadOptions.defaults()))
          .isInstanceOfSatisfying(
              DicomFormatException.class,
              e -> assertThat(e.code()).isEqualTo(DicomFormatException.Code.TRUNCATED));
    }
  }

  @Test
  void a_placement_decides_for_each_value() throws IOException {
    byte[] bytes = image(EXPLICIT);
    ReadOptions options =
        ReadOptions.defaults()
            .withPlacement((tag, vr, length, depth) ->
                switch (tag) {
                  case Tag.PixelData -> Place.IN_MEMORY;
                  case Tag.Modality -> Place.SKIPPED;
                  case Tag.PatientID -> depth == 0 ? Place.IN_SOURCE : Place.BY_LENGTH;
                  default -> Place.BY_LENGTH;
                });

    Dataset dataset = DicomReader.readPart10(new ByteArrayInputStream(bytes), options).dataset();

    assertThat(dataset.get(Tag.PixelData).orElseThrow()).isInstanceOf(ValueElement.class);
    assertThat(dataset.contains(Tag.Modality)).isFalse();
    assertThat(dataset.get(Tag.PatientID).orElseThrow())
        .isInstanceOfSatisfying(
            BulkElement.class, b -> assertThat(bytes[(int) b.offset()]).isEqualTo((byte) '8'));
  }

  @Test
  void what_a_placement_wants_in_memory_still_counts_against_the_limit() throws IOException {
    byte[] bytes = image(EXPLICIT);
    ReadOptions options =
        ReadOptions.defaults()
            .withMaxTotalInMemoryBytes(500_000)
            .withPlacement((tag, vr, length, depth) -> Place.IN_MEMORY);
    assertThatThrownBy(() -> DicomReader.readPart10(new ByteArrayInputStream(bytes), options))
        .isInstanceOfSatisfying(
            DicomFormatException.class,
            e -> assertThat(e.code()).isEqualTo(DicomFormatException.Code.TOO_LARGE));
  }

  @Test
  void words_of_8_bit_pixels_in_big_endian_swap_as_words() throws IOException {
    byte[] bytes =
        Hex.bytes(
            """
            00 08 00 60 43 53 00 02 4F 54
            00 28 01 00 55 53 00 02 00 08
            7F E0 00 10 4F 57 00 00 00 00 00 04 02 01 04 03
            """);
    TransferSyntax big = TransferSyntax.of(Uids.ExplicitVrBigEndian);

    Dataset dataset =
        DicomReader.readDataset(new ByteArrayInputStream(bytes), big, ReadOptions.defaults())
            .dataset();
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    DicomWriter.writeDataset(again, big, dataset, BulkSource.NONE);

    assertThat(dataset.bytes(Tag.PixelData)).containsExactly(1, 2, 3, 4);
    assertThat(again.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void bulk_words_swap_when_written_in_the_other_byte_order() throws IOException {
    byte[] bytes = Hex.bytes("7F E0 00 10 4F 57 00 00 00 00 00 04 02 01 04 03");
    TransferSyntax big = TransferSyntax.of(Uids.ExplicitVrBigEndian);
    ReadOptions options = ReadOptions.defaults().withPixelDataInSource();

    Dataset dataset =
        DicomReader.readDataset(new ByteArrayInputStream(bytes), big, options).dataset();
    ByteArrayOutputStream little = new ByteArrayOutputStream();
    DicomWriter.writeDataset(little, EXPLICIT, dataset, RealFiles.bulk(bytes));

    assertThat(little.toByteArray())
        .isEqualTo(Hex.bytes("E0 7F 10 00 4F 57 00 00 04 00 00 00 01 02 03 04"));
  }

  @Test
  void reading_a_header_decodes_no_text() throws IOException {
    // Bytes that mean nothing in UTF-8 are still there as they came.
    byte[] bytes =
        Hex.bytes(
            """
            08 00 05 00 43 53 0A 00 49 53 4F 5F 49 52 20 31 39 32
            10 00 10 00 50 4E 04 00 FF FE FD FC
            """);

    Dataset dataset =
        DicomReader.readDataset(new ByteArrayInputStream(bytes), EXPLICIT, ReadOptions.defaults())
            .dataset();

    assertThat(dataset.bytes(Tag.PatientName)).containsExactly(0xFF, 0xFE, 0xFD, 0xFC);
    assertThat(dataset.string(Tag.PatientName)).contains("\uFFFD\uFFFD\uFFFD\uFFFD");
    for (Element e : dataset) {
      assertThat(Tags.group(e.tag())).isGreaterThan(7);
    }
  }

  @Test
  void a_stream_without_skip_gives_the_same() throws IOException {
    byte[] bytes = image(EXPLICIT);
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          public long skip(long count) {
            return 0;
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, 7));
          }
        };
    assertThat(DicomReader.readPart10(slow, ReadOptions.defaults()).dataset())
        .isEqualTo(
            DicomReader.readPart10(new ByteArrayInputStream(bytes), ReadOptions.defaults())
                .dataset());
  }
}
