package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.FrameIndex;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.RealData;
import org.heliograph.dicom.pixel.RealData.Sample;
import org.junit.jupiter.api.Test;

class PresentationStateTest {

  private static final String IMAGE = "1.2.3";

  @Test
  void a_real_state_with_all_three_tables_gives_the_expected_picture() throws Exception {
    Sample image = RealData.read("dicom/pr/gsps-luts-image.dcm");
    Sample state = RealData.read("dicom/pr/gsps-luts.dcm");
    DecodedFrame frame =
        RealData.decode(image, FrameIndex.of(image.object().dataset(), image.source()), 0);
    PresentationState presentation = PresentationState.of(state.object().dataset(), state.source());

    BufferedImage ours =
        FrameRenderer.render(
            frame, presentation.present(image.object().dataset(), 0, frame, image.source()), null);

    Path expected = RealData.folder().resolve("dicom/pr/gsps-luts-expected.png");
    int[] theirs = samples(ImageIO.read(expected.toFile()));
    int[] own = samples(ours);
    assertThat(own).hasSameSizeAs(theirs);
    int largest = 0;
    for (int i = 0; i < own.length; i++) {
      largest = Math.max(largest, Math.abs(own[i] - theirs[i]));
    }
    assertThat(largest).isLessThanOrEqualTo(2);
    assertThat(presentation.appliesTo(image.object().dataset().string(Tag.SOPInstanceUID, ""), 0))
        .isTrue();
    assertThat(presentation.appliesTo("9.9", 0)).isFalse();
  }

  @Test
  void a_state_replaces_the_images_gray_transformations() throws Exception {
    Dataset image =
        Dataset.builder()
            .string(Tag.SOPInstanceUID, IMAGE)
            .string(Tag.RescaleSlope, "2")
            .string(Tag.RescaleIntercept, "0")
            .string(Tag.WindowCenter, "1")
            .string(Tag.WindowWidth, "1")
            .build();
    Dataset state = state().string(Tag.PresentationLUTShape, "INVERSE").build();

    // No VOI LUT: all of 0 to 255 is shown, MONOCHROME1 notwithstanding.
    assertThat(rendered(image, state, 0, 100, 255)).containsExactly(255, 155, 0);
  }

  @Test
  void windows_are_those_of_the_item_that_names_the_image() throws Exception {
    Dataset other = window("9.9.9", "100", "1");
    Dataset own = window(IMAGE, "128", "256");
    Dataset state = state().sequence(Tag.SoftcopyVOILUTSequence, other, own).build();

    assertThat(rendered(image(), state, 0, 127, 255)).containsExactly(0, 127, 255);
  }

  private static Dataset window(String image, String center, String width) {
    return Dataset.builder()
        .sequence(
            Tag.ReferencedImageSequence,
            Dataset.builder().string(Tag.ReferencedSOPInstanceUID, image).build())
        .string(Tag.WindowCenter, center)
        .string(Tag.WindowWidth, width)
        .build();
  }

  @Test
  void crops_then_turns_clockwise_then_flips() throws Exception {
    Dataset.Builder state =
        state()
            .sequence(
                Tag.DisplayedAreaSelectionSequence,
                Dataset.builder()
                    .integer(Tag.DisplayedAreaTopLeftHandCorner, Vr.SL, 1, 1)
                    .integer(Tag.DisplayedAreaBottomRightHandCorner, Vr.SL, 2, 9)
                    .build());
    Dataset turned = state.integer(Tag.ImageRotation, 90).build();
    Dataset flipped = turned.toBuilder().string(Tag.ImageHorizontalFlip, "Y").build();

    // 1 2 3    1 2             4 1               1 4
    // 4 5 6 →  4 5  turned →   5 2  flipped →    2 5
    assertThat(picture(turned, 3)).containsExactly(4, 1, 5, 2);
    assertThat(picture(flipped, 3)).containsExactly(1, 4, 2, 5);
  }

  private static int[] picture(Dataset state, int columns) throws Exception {
    DecodedFrame frame = frame(columns, 1, 2, 3, 4, 5, 6);
    return samples(
        FrameRenderer.render(
            frame,
            PresentationState.of(state, BulkSource.NONE)
                .present(image(), 0, frame, BulkSource.NONE),
            null));
  }

  @Test
  void shows_the_overlays_that_a_layer_activates() throws Exception {
    Dataset image =
        image().toBuilder()
            .integer(Tag.OverlayRows, 1)
            .integer(Tag.OverlayColumns, 3)
            .string(Tag.OverlayType, "G")
            .integer(Tag.OverlayOrigin, Vr.SS, 1, 1)
            .integer(Tag.OverlayBitsAllocated, 1)
            .integer(Tag.OverlayBitPosition, 0)
            .bytes(Tag.OverlayData, Vr.OW, new byte[] {0b101, 0})
            .build();
    Dataset active = state().string(Tag.OverlayActivationLayer, "ONE").build();

    assertThat(rendered(image, state().build(), 1, 2, 3)).containsExactly(1, 2, 3);
    assertThat(rendered(image, active, 1, 2, 3)).containsExactly(255, 2, 255);
  }

  private static Dataset.Builder state() {
    return Dataset.builder().string(Tag.PresentationLUTShape, "IDENTITY");
  }

  private static Dataset image() {
    return Dataset.builder().string(Tag.SOPInstanceUID, IMAGE).build();
  }

  private static int[] rendered(Dataset image, Dataset state, int... stored) throws Exception {
    DecodedFrame frame = frame(stored.length, stored);
    return samples(
        FrameRenderer.render(
            frame,
            PresentationState.of(state, BulkSource.NONE).present(image, 0, frame, BulkSource.NONE),
            null));
  }

  private static DecodedFrame frame(int columns, int... stored) {
    byte[] cells = new byte[stored.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (byte) stored[i];
    }
    return new DecodedFrame(
        new ImageDescription(
            stored.length / columns,
            columns,
            1,
            8,
            8,
            7,
            false,
            PhotometricInterpretation.MONOCHROME1,
            0,
            1),
        cells);
  }

  private static int[] samples(BufferedImage image) {
    return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }
}
