package org.heliograph.dicom.pixel.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions.LossySource;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions.LossyTarget;
import org.heliograph.dicom.pixel.transcode.Transcoding.Fidelity;
import org.heliograph.dicom.pixel.transcode.Transcoding.NotTranscoded;
import org.heliograph.dicom.pixel.transcode.Transcoding.Reason;
import org.heliograph.dicom.pixel.transcode.Transcoding.Transcoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscoderTest {

  private static final long SEED = 20260304;

  @TempDir Path folder;

  private final Transcoder transcoder = new Transcoder(TranscodeOptions.defaults());

  static Stream<ImageDescription> images() {
    PhotometricInterpretation two = PhotometricInterpretation.MONOCHROME2;
    return Stream.of(
        image(8, 8, 7, false, two, 3),
        image(8, 6, 5, true, PhotometricInterpretation.MONOCHROME1, 1),
        image(16, 12, 11, false, two, 5),
        image(16, 12, 11, true, two, 2),
        image(16, 12, 13, false, two, 1),
        image(16, 8, 7, false, two, 1),
        image(16, 16, 15, true, two, 1),
        image(8, 8, 7, false, PhotometricInterpretation.PALETTE_COLOR, 1),
        image(8, 8, 7, false, PhotometricInterpretation.RGB, 3),
        image(16, 16, 15, false, PhotometricInterpretation.RGB, 1),
        image(8, 8, 7, false, PhotometricInterpretation.YBR_FULL, 1));
  }

  private static ImageDescription image(
      int allocated,
      int stored,
      int high,
      boolean signed,
      PhotometricInterpretation colors,
      int frames) {
    return new ImageDescription(
        13, 17, colors.samplesPerPixel(), allocated, stored, high, signed, colors, 0, frames);
  }

  /** Any bits, within Bits Stored or not. */
  private static byte[] noise(ImageDescription image) {
    byte[] cells =
        new byte[(int) image.samples() * image.bytesPerSample() * image.numberOfFrames()];
    new Random(SEED).nextBytes(cells);
    return cells;
  }

  private static byte[] stored(FrameReader reader) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < reader.frameCount(); i++) {
      all.writeBytes(reader.stored(i).cells());
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("images")
  void every_bit_survives_rle_and_jpeg_ls_and_the_way_back(ImageDescription image)
      throws Exception {
    byte[] cells = noise(image);
    ParsedObject object = Objects.image(image, cells);
    String instance = object.dataset().string(Tag.SOPInstanceUID, "");
    for (String uid : List.of(Uids.RleLossless, Uids.JpegLsLossless)) {
      try (Transcoding there =
          transcoder.transcode(object, BulkSource.NONE, TransferSyntax.of(uid))) {
        FrameReader reader = Objects.reread(there);
        assertThat(stored(reader)).as("%s, seed %d", uid, SEED).isEqualTo(cells);
        assertThat(reader.object().transferSyntax().uid()).isEqualTo(uid);
        assertThat(reader.object().dataset().string(Tag.SOPInstanceUID)).contains(instance);
        assertThat(ImageDescription.of(reader.object().dataset())).isEqualTo(image);

        try (Transcoding back =
            transcoder.transcode(
                reader.object(), reader.source(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)) {
          assertThat(((Transcoded) back).fidelity()).isEqualTo(Fidelity.LOSSLESS);
          assertThat(stored(Objects.reread(back))).isEqualTo(cells);
        }
      }
    }
  }

  @Test
  void planes_become_pixels() throws Exception {
    ImageDescription planes =
        new ImageDescription(1, 2, 3, 8, 8, 7, false, PhotometricInterpretation.RGB, 1, 1);

    try (Transcoding done =
        transcoder.transcode(
            Objects.image(planes, new byte[] {1, 2, 3, 4, 5, 6}),
            BulkSource.NONE,
            TransferSyntax.of(Uids.JpegLsLossless))) {
      FrameReader reader = Objects.reread(done);
      assertThat(reader.stored(0).cells()).containsExactly(1, 3, 5, 2, 4, 6);
      assertThat(reader.object().dataset().integer(Tag.PlanarConfiguration)).hasValue(0);
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void native_frames_in_a_file_become_jpeg_ls_row_by_row(ImageDescription image) throws Exception {
    byte[] cells = noise(image);
    Path file = folder.resolve("native.dcm");
    for (int planar = 0; planar < (image.samplesPerPixel() > 1 ? 2 : 1); planar++) {
      ParsedObject object =
          Objects.image(image.with(image.photometricInterpretation(), planar), cells);
      for (String uid :
          List.of(
              Uids.ImplicitVrLittleEndian, Uids.ExplicitVrLittleEndian, Uids.ExplicitVrBigEndian)) {
        try (Transcoding same =
                transcoder.transcode(object, BulkSource.NONE, TransferSyntax.of(uid));
            OutputStream out = Files.newOutputStream(file)) {
          ((Transcoded) same).writePart10(out);
        }
        FrameReader reader = FrameReader.open(file);
        byte[] expected = stored(reader);
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int i = 0; i < reader.frameCount(); i++) {
          reader.storedRows(i, rows::writeBytes);
        }

        assertThat(reader.hasNativeRows()).isTrue();
        assertThat(rows.toByteArray()).as("%s, planes %d", uid, planar).isEqualTo(expected);
        try (Transcoding done =
            transcoder.transcode(
                reader.object(), reader.source(), TransferSyntax.of(Uids.JpegLsLossless))) {
          FrameReader back = Objects.reread(done);
          assertThat(stored(back)).as("%s, planes %d", uid, planar).isEqualTo(expected);
          assertThat(back.object().dataset().string(Tag.SOPInstanceUID))
              .isEqualTo(object.dataset().string(Tag.SOPInstanceUID));
        }
      }
    }
  }

  @Test
  void near_lossless_makes_a_derived_instance_and_only_if_allowed() throws Exception {
    ImageDescription image = image(16, 12, 11, false, PhotometricInterpretation.MONOCHROME2, 3);
    byte[] cells = noise(image);
    for (int i = 1; i < cells.length; i += 2) {
      cells[i] &= 0x0F;
    }
    Path file = folder.resolve("native.dcm");
    Objects.write(Objects.image(image, cells), BulkSource.NONE, file);
    FrameReader reader = FrameReader.open(file);

    assertThat(reason(transcoder.nearLossless(reader.object(), reader.source(), 4)))
        .isEqualTo(Reason.LOSSY_TARGET);

    Transcoder deriving = new Transcoder(TranscodeOptions.defaults().with(LossyTarget.DERIVE));
    try (Transcoding done = deriving.nearLossless(reader.object(), reader.source(), 4)) {
      assertThat(((Transcoded) done).fidelity()).isEqualTo(Fidelity.LOSSY);
      FrameReader back = Objects.reread(done);
      Dataset dataset = back.object().dataset();
      assertThat(dataset.string(Tag.SOPInstanceUID))
          .isNotEqualTo(reader.object().dataset().string(Tag.SOPInstanceUID));
      assertThat(dataset.string(Tag.LossyImageCompression)).contains("01");
      assertThat(dataset.string(Tag.LossyImageCompressionMethod)).contains("ISO_14495_1");
      assertThat(dataset.string(Tag.DerivationDescription, "")).contains("more than 4");
      assertThat(dataset.strings(Tag.ImageType)).containsExactly("DERIVED", "PRIMARY");
      assertThat(reason(deriving.nearLossless(back.object(), back.source(), 4)))
          .isEqualTo(Reason.LOSSY_SOURCE);
    }
  }

  @Test
  void frames_wait_in_a_file_that_is_gone_afterwards() throws Exception {
    ImageDescription image = image(16, 16, 15, false, PhotometricInterpretation.MONOCHROME2, 40);
    byte[] cells = noise(image);
    Transcoder spooling = new Transcoder(TranscodeOptions.defaults().withSpool(folder, 1000));

    try (Transcoding done =
        spooling.transcode(
            Objects.image(image, cells), BulkSource.NONE, TransferSyntax.of(Uids.RleLossless))) {
      assertThat(stored(Objects.reread(done))).isEqualTo(cells);
      assertThat(stored(Objects.reread(done))).as("a second time").isEqualTo(cells);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).hasSize(1);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void offset_tables_lead_to_each_frame() throws Exception {
    for (long maxBasicOffset : new long[] {0xFFFF_FFFFL, 30}) {
      EncodedFrames frames = new EncodedFrames(new FrameSpool(folder, 1000), 3, maxBasicOffset);
      for (int length : new int[] {11, 20, 7}) {
        frames.add(new byte[length], true);
      }
      Dataset.Builder builder = Dataset.builder();

      frames.encapsulated(builder);

      Dataset dataset = builder.build();
      EncapsulatedElement pixels = (EncapsulatedElement) dataset.get(Tag.PixelData).orElseThrow();
      assertThat(pixels.fragments()).hasSize(4);
      byte[] basic = pixels.fragments().getFirst().open().readAllBytes();
      if (maxBasicOffset > 30) {
        ByteBuffer table = ByteBuffer.wrap(basic).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new int[] {table.getInt(), table.getInt(), table.getInt()})
            .containsExactly(0, 20, 48);
        assertThat(dataset.contains(Tag.ExtendedOffsetTable)).isFalse();
      } else {
        assertThat(basic).isEmpty();
        assertThat(dataset.longs(Tag.ExtendedOffsetTable)).containsExactly(0, 20, 48);
        assertThat(dataset.longs(Tag.ExtendedOffsetTableLengths)).containsExactly(12, 20, 8);
      }
    }
  }

  @Test
  void native_syntaxes_change_without_touching_pixels() throws Exception {
    ImageDescription image = image(16, 12, 11, false, PhotometricInterpretation.MONOCHROME2, 2);
    byte[] cells = noise(image);
    for (String uid :
        List.of(
            Uids.ImplicitVrLittleEndian,
            Uids.ExplicitVrBigEndian,
            Uids.DeflatedExplicitVrLittleEndian)) {
      try (Transcoding done =
          transcoder.transcode(
              Objects.image(image, cells), BulkSource.NONE, TransferSyntax.of(uid))) {
        assertThat(((Transcoded) done).fidelity()).isEqualTo(Fidelity.UNTOUCHED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((Transcoded) done).writePart10(out);
        Path file = folder.resolve("native.dcm");
        Files.write(file, out.toByteArray());
        assertThat(stored(FrameReader.open(file))).as(uid).isEqualTo(cells);
      }
    }
  }

  @Test
  void a_lossy_target_makes_a_derived_instance_and_only_if_allowed() throws Exception {
    ParsedObject object =
        Objects.image(
            image(8, 8, 7, false, PhotometricInterpretation.RGB, 2), new byte[13 * 17 * 3 * 2]);
    TransferSyntax jpeg = TransferSyntax.of(Uids.JpegBaseline8Bit);

    assertThat(reason(transcoder.transcode(object, BulkSource.NONE, jpeg)))
        .isEqualTo(Reason.LOSSY_TARGET);

    Transcoder deriving = new Transcoder(TranscodeOptions.defaults().with(LossyTarget.DERIVE));
    try (Transcoding done = deriving.transcode(object, BulkSource.NONE, jpeg)) {
      assertThat(((Transcoded) done).fidelity()).isEqualTo(Fidelity.LOSSY);
      Dataset dataset = Objects.reread(done).object().dataset();
      String original = object.dataset().string(Tag.SOPInstanceUID, "");
      assertThat(dataset.string(Tag.SOPInstanceUID, original)).isNotEqualTo(original);
      assertThat(((Transcoded) done).fileMeta().string(Tag.MediaStorageSOPInstanceUID))
          .isEqualTo(dataset.string(Tag.SOPInstanceUID));
      assertThat(dataset.string(Tag.PhotometricInterpretation)).contains("YBR_FULL_422");
      assertThat(dataset.string(Tag.LossyImageCompression)).contains("01");
      assertThat(dataset.string(Tag.LossyImageCompressionMethod)).contains("ISO_10918_1");
      assertThat(dataset.decimal(Tag.LossyImageCompressionRatio).orElse(0)).isGreaterThan(1);
      assertThat(dataset.strings(Tag.ImageType)).containsExactly("DERIVED", "PRIMARY");
      assertThat(
              dataset
                  .items(Tag.SourceImageSequence)
                  .getFirst()
                  .string(Tag.ReferencedSOPInstanceUID))
          .contains(original);
    }
  }

  @Test
  void a_lossy_source_is_decoded_only_if_allowed_and_stays_marked() throws Exception {
    Transcoder deriving = new Transcoder(TranscodeOptions.defaults().with(LossyTarget.DERIVE));
    ParsedObject object =
        Objects.image(
            image(8, 8, 7, false, PhotometricInterpretation.MONOCHROME2, 1), new byte[13 * 17]);
    try (Transcoding lossy =
        deriving.transcode(object, BulkSource.NONE, TransferSyntax.of(Uids.JpegBaseline8Bit))) {
      FrameReader reader = Objects.reread(lossy);

      assertThat(
              reason(
                  transcoder.transcode(
                      reader.object(), reader.source(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)))
          .isEqualTo(Reason.LOSSY_SOURCE);
      Transcoder decoding = new Transcoder(TranscodeOptions.defaults().with(LossySource.DECODE));
      try (Transcoding plain =
          decoding.transcode(
              reader.object(), reader.source(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)) {
        Dataset dataset = Objects.reread(plain).object().dataset();
        assertThat(dataset.string(Tag.LossyImageCompression)).contains("01");
        assertThat(dataset.string(Tag.SOPInstanceUID))
            .isEqualTo(reader.object().dataset().string(Tag.SOPInstanceUID));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.10008.1.2.4.201",
        "1.2.840.10008.1.2.4.202",
        "1.2.840.10008.1.2.4.203",
        "1.2.840.10008.1.2.4.100",
        "1.2.840.10008.1.2.4.102",
        "1.2.840.10008.1.2.4.107",
        "1.2.840.10008.1.2.4.94"
      })
  void what_has_no_decoder_passes_through_and_is_not_recoded(String uid) throws Exception {
    ParsedObject plain =
        Objects.image(
            image(8, 8, 7, false, PhotometricInterpretation.MONOCHROME2, 1), new byte[13 * 17]);
    TransferSyntax syntax = TransferSyntax.of(uid);
    Dataset.Builder builder = plain.dataset().toBuilder();
    if (syntax.encapsulated()) {
      builder.encapsulated(List.of(new byte[] {1, 2, 3, 4}));
    } else {
      builder.remove(Tag.PixelData);
    }
    ParsedObject object = new ParsedObject(plain.fileMeta(), syntax, builder.build(), List.of());

    assertThat(
            reason(
                transcoder.transcode(
                    object, BulkSource.NONE, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)))
        .isIn(Reason.SOURCE_NOT_DECODED, Reason.NO_PIXEL_DATA);
    try (Transcoding same = transcoder.transcode(object, BulkSource.NONE, syntax)) {
      assertThat(((Transcoded) same).dataset()).isSameAs(object.dataset());
      assertThat(((Transcoded) same).fidelity()).isEqualTo(Fidelity.UNTOUCHED);
    }
    assertThat(reason(transcoder.transcode(plain, BulkSource.NONE, syntax)))
        .isEqualTo(Reason.TARGET_NOT_ENCODED);
  }

  @Test
  void says_what_does_not_fit_and_what_is_damaged() throws Exception {
    ParsedObject wide =
        Objects.image(
            image(32, 32, 31, false, PhotometricInterpretation.MONOCHROME2, 1),
            new byte[13 * 17 * 4]);
    assertThat(
            reason(
                transcoder.transcode(
                    wide, BulkSource.NONE, TransferSyntax.of(Uids.JpegLsLossless))))
        .isEqualTo(Reason.SAMPLES_DO_NOT_FIT);

    Dataset damaged =
        wide.dataset().toBuilder()
            .integer(Tag.BitsAllocated, 8)
            .integer(Tag.BitsStored, 8)
            .integer(Tag.HighBit, 7)
            .element(
                EncapsulatedElement.inSource(
                    Tag.PixelData, Vr.OB, new long[] {0, 0}, new long[] {0, 100}))
            .build();
    ParsedObject cut =
        new ParsedObject(wide.fileMeta(), TransferSyntax.of(Uids.RleLossless), damaged, List.of());
    BulkSource zeros = (offset, length) -> new ByteArrayInputStream(new byte[(int) length]);
    assertThat(reason(transcoder.transcode(cut, zeros, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)))
        .isEqualTo(Reason.DAMAGED);
  }

  private static Reason reason(Transcoding transcoding) {
    assertThat(transcoding).isInstanceOf(NotTranscoded.class);
    return ((NotTranscoded) transcoding).reason();
  }
}
