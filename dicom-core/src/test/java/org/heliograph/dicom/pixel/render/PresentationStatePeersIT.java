package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.FrameIndex;
import org.heliograph.dicom.pixel.RealData;
import org.heliograph.dicom.pixel.RealData.Sample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real presentation state and changed copies of it, shown here and by dcmtk's dcmp2pgm, which
 * leaves overlays out.
 */
class PresentationStatePeersIT {

  @TempDir Path folder;

  @BeforeAll
  static void dcmtk_is_installed() {
    Dcmtk.assume("dcmp2pgm");
  }

  @TestFactory
  Stream<DynamicTest> dcmtk_presents_the_same() throws Exception {
    Sample original = RealData.read("dicom/pr/gsps-luts.dcm");
    Dataset state = original.object().dataset();
    Dataset voi = state.item(Tag.SoftcopyVOILUTSequence).orElseThrow();
    Dataset window =
        voi.without(Tag.VOILUTSequence).toBuilder()
            .string(Tag.WindowCenter, "100")
            .string(Tag.WindowWidth, "120")
            .build();
    Dataset plain =
        state
            .without(
                Tag.ModalityLUTSequence, Tag.PresentationLUTSequence, Tag.SoftcopyVOILUTSequence)
            .toBuilder()
            .string(Tag.PresentationLUTShape, "IDENTITY")
            .build();
    Map<String, Dataset> states =
        Map.of(
            "all three tables", state,
            "identity", plain,
            "inverse shape", plain.toBuilder().string(Tag.PresentationLUTShape, "INVERSE").build(),
            "window", plain.toBuilder().sequence(Tag.SoftcopyVOILUTSequence, window).build(),
            "rescale",
                plain.toBuilder()
                    .string(Tag.RescaleSlope, "2")
                    .string(Tag.RescaleIntercept, "-50")
                    .string(Tag.RescaleType, "US")
                    .sequence(Tag.SoftcopyVOILUTSequence, window)
                    .build());
    return states.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> compare(original, e.getValue())));
  }

  private void compare(Sample original, Dataset state) throws Exception {
    Path file = folder.resolve("state.dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(
          out, original.object().fileMeta(), original.transferSyntax(), state, original.source());
    }
    Sample image = RealData.read("dicom/pr/gsps-luts-image.dcm");
    Dataset dataset = image.object().dataset();
    DecodedFrame frame = RealData.decode(image, FrameIndex.of(dataset, image.source()), 0);
    Presentation presentation =
        PresentationState.of(state, original.source()).present(dataset, 0, frame, image.source());
    BufferedImage ours = FrameRenderer.render(frame, presentation, null);

    Dcmtk.Picture theirs =
        Dcmtk.run(
            RealData.folder().resolve("dicom/pr/gsps-luts-image.dcm"),
            folder.resolve("peer.pgm"),
            List.of("dcmp2pgm", "-p", file.toString()));

    assertThat(theirs.width()).isEqualTo(ours.getWidth());
    int largest = 0;
    int[] samples =
        ours.getRaster().getPixels(0, 0, ours.getWidth(), ours.getHeight(), (int[]) null);
    for (int i = 0; i < samples.length; i++) {
      largest = Math.max(largest, Math.abs(samples[i] - theirs.samples()[i]));
    }
    assertThat(largest).isLessThanOrEqualTo(2);
  }
}
