package org.heliograph.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameReaderTest {

  private static final TransferSyntax BIG_ENDIAN = TransferSyntax.of("1.2.840.10008.1.2.2");

  @TempDir Path folder;

  @Test
  void the_last_frame_of_a_gigabyte_is_read_without_the_others() throws Exception {
    int frames = 2048;
    int side = 512;
    Path file = folder.resolve("long.dcm");
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DicomWriter.writePart10(
        header,
        Dataset.empty(),
        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
        image(side, side, 16, frames).build(),
        BulkSource.NONE);
    long pixelBytes = (long) frames * side * side * 2;
    ByteBuffer element = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    element.putInt(0x00107FE0).put((byte) 'O').put((byte) 'W').putShort((short) 0);
    element.putInt((int) pixelBytes).flip();
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      out.write(ByteBuffer.wrap(header.toByteArray()));
      out.write(element);
      long end = out.position() + pixelBytes;
      out.write(ByteBuffer.wrap(new byte[] {0x34, 0x12}), end - 2);
    }
    assertThat(Files.size(file)).isGreaterThan(1L << 30);

    FrameReader reader = FrameReader.open(file);
    DecodedFrame last = reader.frame(frames - 1);

    assertThat(reader.frameCount()).isEqualTo(frames);
    assertThat(last.value(side * side - 1)).isEqualTo(0x1234);
    assertThat(last.value(0)).isZero();
    assertThat(last.cells()).hasSize(side * side * 2);
  }

  @Test
  void bytes_in_big_endian_words_come_in_their_order_wherever_they_lie() throws Exception {
    // Two frames of three pixels: the second begins in the middle of a word.
    Dataset dataset =
        image(1, 3, 8, 2).bytes(Tag.PixelData, Vr.OW, new byte[] {1, 2, 3, 4, 5, 6}).build();
    byte[] file = written(dataset, BIG_ENDIAN);

    for (ReadOptions options :
        new ReadOptions[] {
          ReadOptions.defaults(), ReadOptions.defaults().withPixelDataInSource()
        }) {
      FrameReader reader = reader(file, options);
      assertThat(reader.frame(0).cells()).containsExactly(1, 2, 3);
      assertThat(reader.frame(1).cells()).containsExactly(4, 5, 6);
    }
  }

  @Test
  void big_endian_words_mean_the_same_in_memory_and_in_their_source() throws Exception {
    Dataset dataset =
        image(1, 2, 16, 1).bytes(Tag.PixelData, Vr.OW, new byte[] {1, 2, 3, 4}).build();
    byte[] file = written(dataset, BIG_ENDIAN);

    assertThat(reader(file, ReadOptions.defaults()).frame(0).value(0)).isEqualTo(0x0201);
    assertThat(reader(file, ReadOptions.defaults().withPixelDataInSource()).frame(0).value(1))
        .isEqualTo(0x0403);
  }

  @Test
  void single_bits_run_on_from_frame_to_frame() throws Exception {
    Dataset dataset =
        image(1, 3, 1, 4)
            .bytes(Tag.PixelData, Vr.OB, new byte[] {(byte) 0b11_010_001, 0b1110})
            .build();

    FrameReader reader =
        reader(written(dataset, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN), ReadOptions.defaults());

    assertThat(reader.frame(0).cells()).containsExactly(1, 0, 0);
    assertThat(reader.frame(1).cells()).containsExactly(0, 1, 0);
    assertThat(reader.frame(2).cells()).containsExactly(1, 1, 0);
    assertThat(reader.frame(3).cells()).containsExactly(1, 1, 1);
  }

  @Test
  void frames_beyond_all_numbers_are_refused_rather_than_overflowing() throws Exception {
    Dataset dataset =
        image(65535, 65535, 64, Integer.MAX_VALUE)
            .bytes(Tag.PixelData, Vr.OW, new byte[] {1, 2})
            .build();

    assertThatThrownBy(() -> FrameIndex.of(dataset, BulkSource.NONE))
        .isInstanceOf(DamagedPixelDataException.class)
        .hasMessage("there is less pixel data than described");
  }

  @Test
  void real_files_open_by_their_path() throws Exception {
    for (String file :
        new String[] {
          "dicom/ts-ct/deflated.dcm", "dicom/paramap-float.dcm", "dicom/ts-frames/rle-with-bot.dcm"
        }) {
      FrameReader reader = FrameReader.open(RealData.folder().resolve(file));

      DecodedFrame last = reader.frame(reader.frameCount() - 1);

      assertThat(last.rows()).as(file).isEqualTo(reader.description().rows());
    }
  }

  private static FrameReader reader(byte[] file, ReadOptions options) throws Exception {
    ParsedObject object = DicomReader.readPart10(new ByteArrayInputStream(file), options);
    return FrameReader.of(
        object,
        (offset, length) -> new ByteArrayInputStream(file, (int) offset, (int) length),
        DecodeLimits.defaults());
  }

  private static Dataset.Builder image(int rows, int columns, int bits, int frames) {
    return Dataset.builder()
        .string(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
        .string(Tag.SOPInstanceUID, "1.2.3")
        .integer(Tag.SamplesPerPixel, 1)
        .string(Tag.PhotometricInterpretation, "MONOCHROME2")
        .string(Tag.NumberOfFrames, Integer.toString(frames))
        .integer(Tag.Rows, rows)
        .integer(Tag.Columns, columns)
        .integer(Tag.BitsAllocated, bits)
        .integer(Tag.BitsStored, bits)
        .integer(Tag.HighBit, bits - 1)
        .integer(Tag.PixelRepresentation, 0);
  }

  private static byte[] written(Dataset dataset, TransferSyntax syntax) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writePart10(out, Dataset.empty(), syntax, dataset, BulkSource.NONE);
    return out.toByteArray();
  }
}
