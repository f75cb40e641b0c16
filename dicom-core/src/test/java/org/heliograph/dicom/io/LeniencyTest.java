package org.heliograph.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.ReadWarning.Code;
import org.junit.jupiter.api.Test;

class LeniencyTest {
  private static final TransferSyntax EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
  private static final TransferSyntax IMPLICIT = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;

  private static ParsedObject read(TransferSyntax syntax, String hex) throws IOException {
    return DicomReader.readDataset(
        new ByteArrayInputStream(Hex.bytes(hex)), syntax, ReadOptions.defaults());
  }

  private static Code[] codes(ParsedObject object) {
    return object.warnings().stream().map(ReadWarning::code).toArray(Code[]::new);
  }

  private static DicomFormatException.Code refusal(TransferSyntax syntax, String hex) {
    try {
      read(syntax, hex);
    } catch (DicomFormatException e) {
      return e.code();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("was not refused");
  }

  @Test
  void reads_unknown_vr_of_undefined_length_as_an_implicit_sequence() throws IOException {
    String hex =
        """
        11 00 01 10 55 4E 00 00 FF FF FF FF
          FE FF 00 E0 FF FF FF FF
            10 00 20 00 04 00 00 00 49 44 31 20
          FE FF 0D E0 00 00 00 00
        FE FF DD E0 00 00 00 00
        """;

    ParsedObject object = read(EXPLICIT, hex);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataset(out, EXPLICIT, object.dataset(), BulkSource.NONE);

    assertThat(object.dataset().item(0x00111001).orElseThrow().string(Tag.PatientID))
        .contains("ID1");
    assertThat(object.warnings()).isEmpty();
    assertThat(out.toByteArray()).isEqualTo(Hex.bytes(hex));
  }

  @Test
  void reads_known_sequences_that_were_passed_on_as_unknown() throws IOException {
    String hex =
        """
        08 00 15 11 55 4E 00 00 14 00 00 00
          FE FF 00 E0 0C 00 00 00
            10 00 20 00 04 00 00 00 49 44 31 20
        08 00 40 11 55 4E 00 00 08 00 00 00 6E 6F 20 69 74 65 6D 73
        """;

    ParsedObject object = read(EXPLICIT, hex);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataset(out, EXPLICIT, object.dataset(), BulkSource.NONE);

    assertThat(
            object.dataset().item(Tag.ReferencedSeriesSequence).orElseThrow().string(Tag.PatientID))
        .contains("ID1");
    assertThat(object.dataset().bytes(Tag.ReferencedImageSequence)).hasSize(8);
    assertThat(out.toByteArray()).isEqualTo(Hex.bytes(hex));
  }

  @Test
  void reads_implicit_items_within_explicit_vr() throws IOException {
    ParsedObject object =
        read(
            EXPLICIT,
            """
            08 00 15 11 53 51 00 00 14 00 00 00
              FE FF 00 E0 0C 00 00 00
                10 00 20 00 04 00 00 00 49 44 31 20
            """);

    assertThat(object.dataset().items(0x00081115).getFirst().string(Tag.PatientID)).contains("ID1");
    assertThat(codes(object)).containsExactly(Code.IMPLICIT_ITEM);
  }

  @Test
  void reads_on_in_the_syntax_that_the_bytes_show() throws IOException {
    ParsedObject explicit = read(IMPLICIT, "08 00 60 00 43 53 02 00 4F 54");
    ParsedObject implicit = read(EXPLICIT, "08 00 60 00 02 00 00 00 4F 54");
    ParsedObject bigEndian = read(EXPLICIT, "00 08 00 60 43 53 00 02 4F 54");

    for (ParsedObject object : new ParsedObject[] {explicit, implicit, bigEndian}) {
      assertThat(object.dataset().string(Tag.Modality)).contains("OT");
      assertThat(codes(object)).containsExactly(Code.SYNTAX_NOT_AS_DECLARED);
    }
    assertThat(bigEndian.transferSyntax().uid()).isEqualTo(Uids.ExplicitVrBigEndian);
  }

  @Test
  void keeps_odd_lengths_and_sorts_elements_out_of_order() throws IOException {
    ParsedObject object =
        read(
            EXPLICIT,
            """
            10 00 20 00 4C 4F 03 00 49 44 31
            08 00 60 00 43 53 02 00 4F 54
            08 00 60 00 43 53 02 00 43 52
            """);

    assertThat(object.dataset().string(Tag.PatientID)).contains("ID1");
    assertThat(object.dataset().string(Tag.Modality)).contains("CR");
    assertThat(codes(object))
        .containsExactly(Code.ODD_LENGTH, Code.UNORDERED_ELEMENT, Code.DUPLICATE_ELEMENT);
  }

  @Test
  void skips_stray_delimiters_and_trailing_zeros() throws IOException {
    ParsedObject object =
        read(
            EXPLICIT,
            """
            08 00 60 00 43 53 02 00 4F 54
            FE FF 0D E0 00 00 00 00
            00 00 00 00 00 00 00 00 00 00 00 00
            """);

    assertThat(object.dataset().size()).isEqualTo(1);
    assertThat(codes(object)).containsExactly(Code.STRAY_DELIMITER, Code.TRAILING_PADDING);
  }

  @Test
  void warns_of_group_lengths_that_are_wrong() throws IOException {
    ParsedObject wrong =
        read(
            EXPLICIT,
            """
            08 00 00 00 55 4C 04 00 63 00 00 00
            08 00 60 00 43 53 02 00 4F 54
            10 00 00 00 55 4C 04 00 0C 00 00 00
            10 00 20 00 4C 4F 04 00 49 44 31 20
            """);

    assertThat(codes(wrong)).containsExactly(Code.WRONG_GROUP_LENGTH);
    assertThat(wrong.dataset().string(Tag.PatientID)).contains("ID1");
  }

  @Test
  void warns_of_a_meta_group_that_is_longer_than_it_says() throws IOException {
    Dataset dataset = Dataset.builder().string(Tag.Modality, "OT").build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writePart10(out, Dataset.empty(), EXPLICIT, dataset, BulkSource.NONE);
    byte[] bytes = out.toByteArray();
    bytes[140]--;

    ParsedObject object =
        DicomReader.readPart10(new ByteArrayInputStream(bytes), ReadOptions.defaults());

    assertThat(codes(object)).containsExactly(Code.WRONG_META_LENGTH);
    assertThat(object.dataset()).isEqualTo(dataset);
  }

  @Test
  void inflates_what_has_a_zlib_header() throws IOException {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(Hex.bytes("08 00 60 00 43 53 02 00 4F 54"));
    }
    ParsedObject object =
        DicomReader.readDataset(
            new ByteArrayInputStream(deflated.toByteArray()),
            TransferSyntax.of(Uids.DeflatedExplicitVrLittleEndian),
            ReadOptions.defaults());

    assertThat(object.dataset().string(Tag.Modality)).contains("OT");
    assertThat(codes(object)).containsExactly(Code.ZLIB_HEADER);
  }

  @Test
  void takes_implicit_us_or_ss_by_pixel_representation() throws IOException {
    ParsedObject object =
        read(
            IMPLICIT,
            """
            28 00 03 01 02 00 00 00 01 00
            28 00 06 01 02 00 00 00 FE FF
            """);

    assertThat(object.dataset().integer(Tag.SmallestImagePixelValue)).hasValue(-2);
  }

  @Test
  void refuses_lengths_that_lie() {
    assertThat(refusal(EXPLICIT, "10 00 20 00 4C 4F 40 00 49 44"))
        .isEqualTo(DicomFormatException.Code.TRUNCATED);
    assertThat(refusal(EXPLICIT, "10 00 20 00 55 54 00 00 FE FF FF FF 49 44"))
        .isEqualTo(DicomFormatException.Code.TRUNCATED);
    assertThat(
            refusal(
                EXPLICIT,
                "08 00 15 11 53 51 00 00 12 00 00 00 FE FF 00 E0 0A 00 00 00 08 00 60 00 43 53 40"
                    + " 00 4F 54"))
        .isEqualTo(DicomFormatException.Code.BAD_LENGTH);
    assertThat(refusal(EXPLICIT, "E0 7F 10 00 4F 42 00 00 FF FF FF FF FE FF 00 E0 00 00 00 00"))
        .isEqualTo(DicomFormatException.Code.TRUNCATED);
    assertThat(refusal(EXPLICIT, "08 00 60 00 43 53"))
        .isEqualTo(DicomFormatException.Code.TRUNCATED);
  }

  @Test
  void refuses_what_is_not_dicom() {
    byte[] html =
        "<html><body>hello, this is a page and no data set</body></html>"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> DicomReader.readPart10(new ByteArrayInputStream(html), ReadOptions.defaults()))
        .isInstanceOfSatisfying(
            DicomFormatException.class,
            e -> {
              assertThat(e.code()).isEqualTo(DicomFormatException.Code.NOT_DICOM);
              assertThat(e.getMessage()).doesNotContain("html");
            });
    assertThatThrownBy(
            () -> DicomReader.readPart10(InputStream.nullInputStream(), ReadOptions.defaults()))
        .isInstanceOf(DicomFormatException.class);
  }

  @Test
  void refuses_sequences_beyond_the_nesting_limit_without_overflowing_the_stack() {
    StringBuilder nested = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      nested.append("08 00 15 11 53 51 00 00 FF FF FF FF FE FF 00 E0 FF FF FF FF ");
    }
    assertThat(refusal(EXPLICIT, nested.toString())).isEqualTo(DicomFormatException.Code.TOO_DEEP);
  }

  @Test
  void refuses_a_header_that_would_fill_the_memory() {
    byte[] element = Hex.bytes("08 00 60 00 43 53 00 00");
    byte[] many = new byte[element.length << 21];
    for (int at = 0; at < many.length; at += element.length) {
      System.arraycopy(element, 0, many, at, element.length);
    }
    InputStream endless = new ByteArrayInputStream(many);
    assertThatThrownBy(() -> DicomReader.readDataset(endless, EXPLICIT, ReadOptions.defaults()))
        .isInstanceOfSatisfying(
            DicomFormatException.class,
            e -> assertThat(e.code()).isEqualTo(DicomFormatException.Code.TOO_LARGE));
  }

  @Test
  void refuses_a_deflate_bomb() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bomb, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      out.write(Hex.bytes("E0 7F 10 00 4F 42 00 00 00 00 00 10"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 256; i++) {
        out.write(zeros);
      }
    }
    assertThatThrownBy(() ->
            DicomReader.readDataset(
                new ByteArrayInputStream(bomb.toByteArray()),
                TransferSyntax.of(Uids.DeflatedExplicitVrLittleEndian),
                ReadOptions.defaults()))
        .isInstanceOfSatisfying(
            DicomFormatException.class,
            e -> assertThat(e.code()).isEqualTo(DicomFormatException.Code.TOO_LARGE));
  }

  @Test
  void leaves_long_values_in_their_source_and_knows_where() throws IOException {
    byte[] pixels = new byte[100_000];
    Arrays.fill(pixels, (byte) 7);
    byte[] head = Hex.bytes("08 00 60 00 43 53 02 00 4F 54 E0 7F 10 00 4F 57 00 00 A0 86 01 00");
    byte[] tail = Hex.bytes("FC FF FC FF 4F 42 00 00 02 00 00 00 01 02");

    ParsedObject object =
        DicomReader.readDataset(
            new SequenceInputStream(
                new SequenceInputStream(
                    new ByteArrayInputStream(head), new ByteArrayInputStream(pixels)),
                new ByteArrayInputStream(tail)),
            EXPLICIT,
            ReadOptions.defaults());

    assertThat(object.dataset().get(Tag.PixelData).orElseThrow())
        .isInstanceOfSatisfying(
            BulkElement.class,
            b -> {
              assertThat(b.offset()).isEqualTo(head.length);
              assertThat(b.length()).isEqualTo(100_000);
            });
    assertThat(object.dataset().bytes(0xFFFCFFFC)).containsExactly(1, 2);
  }

  @Test
  void knows_where_each_fragment_is() throws IOException {
    ParsedObject object =
        read(
            TransferSyntax.of(Uids.RleLossless),
            """
            E0 7F 10 00 4F 42 00 00 FF FF FF FF
            FE FF 00 E0 00 00 00 00
            FE FF 00 E0 04 00 00 00 01 02 03 00
            FE FF 00 E0 02 00 00 00 04 00
            FE FF DD E0 00 00 00 00
            """);

    assertThat(object.dataset().get(Tag.PixelData).orElseThrow())
        .isInstanceOfSatisfying(
            EncapsulatedElement.class,
            p -> {
              assertThat(p.fragmentOffsets()).containsExactly(20, 28, 40);
              assertThat(p.fragmentLengths()).containsExactly(0, 4, 2);
            });
  }

  @Test
  void shows_no_content_in_text_forms() {
    Dataset dataset = Dataset.builder().string(Tag.PatientName, "Canary^Bird").build();
    assertThat(dataset + " " + dataset.get(Tag.PatientName) + dataset.personName(Tag.PatientName))
        .doesNotContain("Canary");
  }
}
