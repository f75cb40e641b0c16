package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.util.List;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.pixel.DamagedPixelDataException;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.FrameIndex;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.RealData;
import org.heliograph.dicom.pixel.RealData.Sample;
import org.junit.jupiter.api.Test;

class OverlayPlaneTest {

  private static final DecodedFrame FRAME = frame(2, 4, 1, 2, 3, 4, 5, 6, 7, 8);

  @Test
  void bits_run_on_from_frame_to_frame_and_the_frame_origin_shifts_them() throws Exception {
    Dataset dataset =
        overlay(0x6002, 1, 3, 1, 1)
            .integer(at(Tag.NumberOfFramesInOverlay, 0x6002), Vr.IS, 2)
            .integer(at(Tag.ImageFrameOrigin, 0x6002), Vr.US, 2)
            .bytes(at(Tag.OverlayData, 0x6002), Vr.OB, new byte[] {0b00_110_001, 0})
            .build();
    OverlayPlane plane = OverlayPlane.of(dataset).getFirst();

    assertThat(plane.group()).isEqualTo(0x6002);
    assertThat(plane.bitmap(0, FRAME, BulkSource.NONE)).isEmpty();
    assertThat(bits(plane.bitmap(1, FRAME, BulkSource.NONE).orElseThrow())).isEqualTo("#..");
    assertThat(bits(plane.bitmap(2, FRAME, BulkSource.NONE).orElseThrow())).isEqualTo(".##");
    assertThat(plane.bitmap(3, FRAME, BulkSource.NONE)).isEmpty();
  }

  @Test
  void finds_bits_in_unused_bits_of_the_cells() throws Exception {
    Dataset dataset =
        Dataset.builder()
            .integer(Tag.OverlayRows, 1)
            .integer(Tag.OverlayColumns, 2)
            .integer(Tag.OverlayBitsAllocated, 16)
            .integer(Tag.OverlayBitPosition, 12)
            .build();
    DecodedFrame frame =
        new DecodedFrame(
            new ImageDescription(
                1, 2, 1, 16, 12, 11, false, PhotometricInterpretation.MONOCHROME2, 0, 1),
            new byte[] {1, 0x10, 2, 0x20});

    OverlayPlane plane = OverlayPlane.of(dataset).getFirst();

    assertThat(plane.isEmbedded()).isTrue();
    assertThat(bits(plane.bitmap(0, frame, BulkSource.NONE).orElseThrow())).isEqualTo("#.");
    assertThat(frame.value(0)).isEqualTo(1);
    assertThat(frame.value(1)).isEqualTo(2);
  }

  @Test
  void paints_only_what_lies_on_the_image() throws Exception {
    Dataset dataset =
        overlay(0x6000, 3, 3, 0, -1)
            .bytes(Tag.OverlayData, Vr.OW, new byte[] {(byte) 0xFF, 1})
            .build();

    // Rows 0 to 2 and columns -1 to 1 of the overlay: its last two rows and its last column are on
    // the image, which has its first column under it.
    assertThat(painted(dataset)).containsExactly(255, 2, 3, 4, 255, 6, 7, 8);
  }

  @Test
  void regions_are_painted_as_their_outline() throws Exception {
    Dataset dataset =
        overlay(0x6000, 3, 4, 1, 1)
            .string(Tag.OverlayType, "R")
            .bytes(Tag.OverlayData, Vr.OW, new byte[] {(byte) 0xFF, 0x0F})
            .build();

    assertThat(painted(dataset)).containsExactly(255, 255, 255, 255, 255, 6, 7, 255);
  }

  @Test
  void large_words_in_big_endian_are_read_where_they_lie() throws Exception {
    byte[] file = {9, 9, 0b010, 0b001, 0, 0};
    Dataset dataset =
        overlay(0x6000, 1, 8, 1, 1)
            .integer(Tag.NumberOfFramesInOverlay, Vr.IS, 2)
            .element(new BulkElement(Tag.OverlayData, Vr.OW, 2, 4, ByteOrder.BIG_ENDIAN))
            .build();
    BulkSource source =
        (offset, length) -> new ByteArrayInputStream(file, (int) offset, (int) length);
    OverlayPlane plane = OverlayPlane.of(dataset).getFirst();

    assertThat(bits(plane.bitmap(0, FRAME, source).orElseThrow())).isEqualTo("#.......");
    assertThat(bits(plane.bitmap(1, FRAME, source).orElseThrow())).isEqualTo(".#......");
  }

  @Test
  void refuses_what_cannot_be() throws Exception {
    assertThatThrownBy(() ->
            OverlayPlane.of(
                overlay(0x6000, 65535, 65535, 1, 1)
                    .bytes(Tag.OverlayData, Vr.OW, new byte[2])
                    .build()))
        .isInstanceOf(DamagedPixelDataException.class);
    Dataset less =
        overlay(0x6000, 100, 100, 1, 1).bytes(Tag.OverlayData, Vr.OW, new byte[2]).build();
    assertThatThrownBy(() -> OverlayPlane.bitmaps(less, 0, FRAME, BulkSource.NONE))
        .isInstanceOf(DamagedPixelDataException.class)
        .hasMessage("overlay has 2 bytes of 1250");
    Dataset outside =
        Dataset.builder()
            .integer(Tag.OverlayRows, 2)
            .integer(Tag.OverlayColumns, 4)
            .integer(Tag.OverlayBitsAllocated, 16)
            .integer(Tag.OverlayBitPosition, 12)
            .build();
    assertThatThrownBy(() -> OverlayPlane.bitmaps(outside, 0, FRAME, BulkSource.NONE))
        .isInstanceOf(DamagedPixelDataException.class);
  }

  @Test
  void a_real_overlay_comes_out_as_a_picture_of_its_own() throws Exception {
    Sample sample = RealData.read("dicom/overlay/mr-overlay.dcm");
    DecodedFrame frame =
        RealData.decode(sample, FrameIndex.of(sample.object().dataset(), sample.source()), 0);

    List<OverlayBitmap> all =
        OverlayPlane.bitmaps(sample.object().dataset(), 0, frame, sample.source());

    assertThat(all).hasSize(1);
    BufferedImage picture = all.getFirst().toImage();
    assertThat(picture.getWidth()).isEqualTo(frame.columns());
    assertThat(all.getFirst().count()).isBetween(100, 50_000);
  }

  private static int[] painted(Dataset dataset) throws Exception {
    Presentation presentation =
        Presentation.identity()
            .withOverlays(OverlayPlane.bitmaps(dataset, 0, FRAME, BulkSource.NONE));
    BufferedImage image = FrameRenderer.render(FRAME, presentation, null);
    return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }

  private static String bits(OverlayBitmap bitmap) {
    StringBuilder bits = new StringBuilder();
    for (int column = 0; column < bitmap.columns(); column++) {
      bits.append(bitmap.isSet(0, column) ? '#' : '.');
    }
    return bits.toString();
  }

  private static Dataset.Builder overlay(int group, int rows, int columns, int top, int left) {
    return Dataset.builder()
        .integer(at(Tag.OverlayRows, group), Vr.US, rows)
        .integer(at(Tag.OverlayColumns, group), Vr.US, columns)
        .integer(at(Tag.OverlayOrigin, group), Vr.SS, top, left)
        .integer(at(Tag.OverlayBitsAllocated, group), Vr.US, 1)
        .integer(at(Tag.OverlayBitPosition, group), Vr.US, 0);
  }

  private static int at(int tag, int group) {
    return tag + ((group - 0x6000) << 16);
  }

  private static DecodedFrame frame(int rows, int columns, int... stored) {
    byte[] cells = new byte[stored.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (byte) stored[i];
    }
    return new DecodedFrame(
        new ImageDescription(
            rows, columns, 1, 8, 8, 7, false, PhotometricInterpretation.MONOCHROME2, 0, 1),
        cells);
  }
}
