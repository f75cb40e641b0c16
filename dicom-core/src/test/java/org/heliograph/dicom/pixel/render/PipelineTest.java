package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.MONOCHROME1;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.MONOCHROME2;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.dicom.pixel.SampleType;
import org.junit.jupiter.api.Test;

/** Presentations read from data sets; expected values worked out by hand. */
class PipelineTest {

  @Test
  void presentation_lut_shape_decides_over_monochrome1() throws Exception {
    Dataset none = window("128", "256").build();
    Dataset identity = window("128", "256").string(Tag.PresentationLUTShape, "IDENTITY").build();
    Dataset inverse = window("128", "256").string(Tag.PresentationLUTShape, "INVERSE").build();

    assertThat(rendered(none, MONOCHROME1, 0, 51, 255)).containsExactly(255, 204, 0);
    assertThat(rendered(identity, MONOCHROME1, 0, 51, 255)).containsExactly(0, 51, 255);
    assertThat(rendered(inverse, MONOCHROME1, 0, 51, 255)).containsExactly(255, 204, 0);
    assertThat(rendered(inverse, MONOCHROME2, 0, 51, 255)).containsExactly(255, 204, 0);
  }

  @Test
  void presentation_lut_spreads_its_entries_over_the_window() throws Exception {
    Dataset table =
        Dataset.builder()
            .integer(Tag.LUTDescriptor, Vr.US, 3, 0, 8)
            .bytes(Tag.LUTData, Vr.OW, new byte[] {10, 0, (byte) 200, 0, 30, 0})
            .build();
    Dataset dataset = window("128", "256").sequence(Tag.PresentationLUTSequence, table).build();

    // Black, the middle and white meet the first, the second and the third entry.
    assertThat(rendered(dataset, MONOCHROME2, 0, 128, 255)).containsExactly(10, 200, 30);
  }

  @Test
  void frames_take_their_own_group_before_the_shared_one() throws Exception {
    Dataset.Builder dataset =
        Dataset.builder()
            .sequence(
                Tag.SharedFunctionalGroupsSequence,
                Dataset.builder()
                    .sequence(
                        Tag.PixelValueTransformationSequence,
                        Dataset.builder()
                            .string(Tag.RescaleSlope, "2")
                            .string(Tag.RescaleIntercept, "-100")
                            .build())
                    .sequence(Tag.FrameVOILUTSequence, window("100", "200").build())
                    .build())
            .sequence(
                Tag.PerFrameFunctionalGroupsSequence,
                Dataset.builder().build(),
                Dataset.builder()
                    .sequence(Tag.FrameVOILUTSequence, window("0", "100").build())
                    .build());
    Presentation first = Presentation.of(dataset.build(), 0, BulkSource.NONE);
    Presentation second = Presentation.of(dataset.build(), 1, BulkSource.NONE);

    assertThat(first.windows()).containsExactly(new Window(100, 200, VoiLutFunction.LINEAR));
    assertThat(second.windows()).containsExactly(new Window(0, 100, VoiLutFunction.LINEAR));
    assertThat(first.modality(30)).isEqualTo(-40);
    assertThat(second.modality(30)).isEqualTo(-40);
  }

  @Test
  void values_above_the_gray_ones_take_the_supplemental_palette() throws Exception {
    Dataset.Builder dataset =
        window("50", "100")
            .string(Tag.PhotometricInterpretation, "MONOCHROME2")
            .string(Tag.PixelPresentation, "COLOR");
    for (int channel = 0; channel < 3; channel++) {
      dataset.integer(Tag.RedPaletteColorLookupTableDescriptor + channel, Vr.US, 2, 100, 16);
      dataset.bytes(
          Tag.RedPaletteColorLookupTableData + channel,
          Vr.OW,
          new byte[] {0, (byte) (10 * channel), 0, (byte) (200 + channel)});
    }
    DecodedFrame frame = frame(MONOCHROME2, 3, 0, 100, 101);

    BufferedImage image =
        FrameRenderer.render(frame, Presentation.of(dataset.build(), 0, BulkSource.NONE), null);

    assertThat(image.getRGB(0, 0)).isEqualTo(0xFF000000);
    assertThat(image.getRGB(1, 0)).isEqualTo(0xFF000A14);
    assertThat(image.getRGB(2, 0)).isEqualTo(0xFFC8C9CA);
  }

  @Test
  void fractions_are_shown_through_their_window() throws Exception {
    byte[] cells =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(0)
            .putFloat(0.2f)
            .putFloat(1)
            .putFloat(Float.NaN)
            .array();
    DecodedFrame frame =
        new DecodedFrame(
            new ImageDescription(1, 4, 1, 32, 32, 31, false, MONOCHROME2, 0, 1, SampleType.FLOAT),
            cells);
    Dataset dataset = window("0.5", "1").bytes(Tag.FloatPixelData, Vr.OF, cells).build();

    assertThat(
            samples(
                FrameRenderer.render(frame, Presentation.of(dataset, 0, BulkSource.NONE), null)))
        .containsExactly(0, 51, 255, 0);
    assertThat(samples(FrameRenderer.render(frame, Presentation.identity(), null)))
        .containsExactly(0, 51, 255, 0);
  }

  @Test
  void thumbnails_have_square_pixels() throws Exception {
    Dataset tall = Dataset.builder().string(Tag.PixelSpacing, "2", "1").build();
    Dataset ratio = Dataset.builder().string(Tag.PixelAspectRatio, "1", "2").build();
    DecodedFrame frame = frame(MONOCHROME2, 40, new int[40 * 40]);

    BufferedImage narrow =
        FrameRenderer.renderToFit(frame, Presentation.of(tall, 0, BulkSource.NONE), null, 30, 30);
    BufferedImage wide =
        FrameRenderer.renderToFit(
            frame, Presentation.of(ratio, 0, BulkSource.NONE), null, 100, 100);

    assertThat(List.of(narrow.getWidth(), narrow.getHeight())).containsExactly(15, 30);
    assertThat(List.of(wide.getWidth(), wide.getHeight())).containsExactly(40, 20);
  }

  @Test
  void damaged_presentations_end_in_a_picture_or_the_declared_exception() throws Exception {
    long seed = 20261122;
    Random random = new Random(seed);
    int[] tags = {
      Tag.RedPaletteColorLookupTableDescriptor,
      Tag.GreenPaletteColorLookupTableDescriptor,
      Tag.BluePaletteColorLookupTableDescriptor,
      Tag.RedPaletteColorLookupTableData,
      Tag.SegmentedGreenPaletteColorLookupTableData,
      Tag.OverlayRows,
      Tag.OverlayColumns,
      Tag.OverlayOrigin,
      Tag.OverlayData,
      Tag.OverlayBitPosition,
      Tag.OverlayBitsAllocated,
      Tag.LUTDescriptor,
      Tag.LUTData,
      Tag.PixelPaddingValue,
      Tag.DisplayedAreaTopLeftHandCorner
    };
    int pictures = 0;
    for (int i = 0; i < 2_000; i++) {
      Dataset.Builder inner = Dataset.builder();
      Dataset.Builder outer = Dataset.builder().string(Tag.PixelPresentation, "COLOR");
      for (int tag : tags) {
        byte[] value = new byte[2 * random.nextInt(5)];
        random.nextBytes(value);
        Vr vr = random.nextBoolean() ? Vr.US : Vr.OW;
        if (random.nextBoolean()) {
          (random.nextBoolean() ? inner : outer).bytes(tag, vr, value);
        }
      }
      String huge = random.nextBoolean() ? "1e308" : "-1e-308";
      inner.string(Tag.RescaleSlope, huge).string(Tag.WindowCenter, huge);
      inner.string(Tag.WindowWidth, "1e308").string(Tag.RescaleIntercept, huge);
      outer.string(
          Tag.PhotometricInterpretation, random.nextBoolean() ? "MONOCHROME2" : "PALETTE COLOR");
      for (int sequence :
          new int[] {
            Tag.ModalityLUTSequence,
            Tag.VOILUTSequence,
            Tag.PresentationLUTSequence,
            Tag.SoftcopyVOILUTSequence,
            Tag.DisplayedAreaSelectionSequence
          }) {
        if (random.nextInt(3) == 0) {
          outer.sequence(sequence, inner.build());
        }
      }
      Dataset dataset = random.nextBoolean() ? outer.addAll(inner.build()).build() : outer.build();
      DecodedFrame frame = frame(MONOCHROME2, 3, 0, 128, 255);
      try {
        Presentation.of(dataset, 0, BulkSource.NONE);
        Presentation presentation =
            PresentationState.of(dataset, BulkSource.NONE)
                .present(dataset, 0, frame, BulkSource.NONE)
                .withOverlays(OverlayPlane.bitmaps(dataset, 0, frame, BulkSource.NONE));
        FrameRenderer.render(frame, presentation, null);
        pictures++;
      } catch (PixelDataException _) {
        // declared
      }
    }
    assertThat(pictures).as("seed %d", seed).isGreaterThan(20);
  }

  private static Dataset.Builder window(String center, String width) {
    return Dataset.builder().string(Tag.WindowCenter, center).string(Tag.WindowWidth, width);
  }

  private static int[] rendered(
      Dataset dataset, PhotometricInterpretation photometric, int... stored) throws Exception {
    return samples(
        FrameRenderer.render(
            frame(photometric, stored.length, stored),
            Presentation.of(dataset, 0, BulkSource.NONE),
            null));
  }

  private static DecodedFrame frame(
      PhotometricInterpretation photometric, int columns, int... stored) {
    byte[] cells = new byte[stored.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (byte) stored[i];
    }
    return new DecodedFrame(
        new ImageDescription(
            stored.length / columns, columns, 1, 8, 8, 7, false, photometric, 0, 1),
        cells);
  }

  private static int[] samples(BufferedImage image) {
    return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }
}
