package org.heliograph.dicom.pixel.render;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.pixel.Bulk;

/** Reads the modules and functional groups that {@link Presentation} is made of. */
final class PresentationReader {

  private static final int MAX_TABLE_BYTES = 4 * 65536;

  /** Pixels longer than this are a mistake rather than a fact. */
  private static final double MAX_ASPECT = 20;

  private static final int[] FRAME_TYPES = {
    Tag.MRImageFrameTypeSequence,
    Tag.CTImageFrameTypeSequence,
    Tag.PETFrameTypeSequence,
    Tag.XRay3DFrameTypeSequence,
    Tag.PhotoacousticImageFrameTypeSequence
  };

  private final Dataset dataset;
  private final int frame;
  private final BulkSource bulk;
  private final boolean signed;

  PresentationReader(Dataset dataset, int frame, BulkSource bulk) {
    this.dataset = dataset;
    this.frame = frame;
    this.bulk = bulk;
    this.signed = dataset.integer(Tag.PixelRepresentation, 0) == 1;
  }

  Presentation read() throws IOException {
    Presentation.Builder builder = new Presentation.Builder();
    Dataset modality = group(Tag.PixelValueTransformationSequence);
    double slope = modality.decimal(Tag.RescaleSlope).orElse(1);
    double intercept = modality.decimal(Tag.RescaleIntercept).orElse(0);
    if (Double.isFinite(slope) && slope != 0 && Double.isFinite(intercept)) {
      builder.rescale(slope, intercept);
    }
    Optional<Dataset> modalityLut = dataset.item(Tag.ModalityLUTSequence);
    if (modalityLut.isPresent()) {
      builder.modalityLut(lut(modalityLut.get(), signed, bulk));
    }
    Dataset voi = group(Tag.FrameVOILUTSequence);
    builder.windows(windows(voi, hasFractions()));
    Optional<Dataset> voiLut = voi.item(Tag.VOILUTSequence);
    if (voiLut.isPresent()) {
      builder.voiLut(lut(voiLut.get(), modalityLut.isEmpty() && (signed || intercept < 0), bulk));
    }
    presentationLut(builder, dataset, bulk);
    builder.pixelAspect(aspect());
    palette(builder);
    padding(builder);
    return builder.build();
  }

  /**
   * A functional group of this frame, or the shared one, or the data set itself (PS3.3 C.7.6.16).
   */
  private Dataset group(int sequence) {
    List<Dataset> perFrame = dataset.items(Tag.PerFrameFunctionalGroupsSequence);
    Optional<Dataset> found = Optional.empty();
    if (frame < perFrame.size()) {
      found = perFrame.get(frame).item(sequence);
    }
    return found
        .or(() -> dataset.item(Tag.SharedFunctionalGroupsSequence).flatMap(s -> s.item(sequence)))
        .orElse(dataset);
  }

  /**
   * @param fractions whether values are no whole numbers, so that LINEAR means LINEAR_EXACT
   */
  static List<Window> windows(Dataset group, boolean fractions) {
    double[] centers = group.decimals(Tag.WindowCenter);
    double[] widths = group.decimals(Tag.WindowWidth);
    VoiLutFunction function = VoiLutFunction.of(group.string(Tag.VOILUTFunction, "LINEAR"));
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < Math.min(centers.length, widths.length); i++) {
      if (widths[i] > 0 && Double.isFinite(centers[i]) && Double.isFinite(widths[i])) {
        // LINEAR narrower than 1 is excluded, but found where values are fractions, as in PET.
        boolean narrow = function == VoiLutFunction.LINEAR && (widths[i] < 1 || fractions);
        windows.add(
            new Window(centers[i], widths[i], narrow ? VoiLutFunction.LINEAR_EXACT : function));
      }
    }
    return windows;
  }

  /**
   * Presentation LUT Sequence or Shape, of an image or of a presentation state (C.11.4, C.11.6).
   */
  static void presentationLut(Presentation.Builder builder, Dataset dataset, BulkSource bulk)
      throws IOException {
    Optional<Dataset> table = dataset.item(Tag.PresentationLUTSequence);
    if (table.isPresent()) {
      builder.presentationLut(lut(table.get(), false, bulk));
      return;
    }
    switch (dataset.string(Tag.PresentationLUTShape, "")) {
      case "INVERSE" -> builder.inverse(true);
      case "IDENTITY" -> builder.inverse(false);
      default -> {
        // LIN OD is for film; nothing said leaves it to the Photometric Interpretation.
      }
    }
  }

  static Lut lut(Dataset item, boolean signedInput, BulkSource bulk) throws IOException {
    int[] descriptor = item.integers(Tag.LUTDescriptor);
    byte[] data = Bulk.words(item, Tag.LUTData, bulk, MAX_TABLE_BYTES);
    // A negative first value can only have been written as SS.
    boolean negative = descriptor.length > 1 && descriptor[1] < 0;
    return Lut.of(descriptor, data, signedInput || negative);
  }

  private void palette(Presentation.Builder builder) throws IOException {
    boolean supplemental = hasSupplementalPalette();
    if (!supplemental
        && !dataset.string(Tag.PhotometricInterpretation, "").equals("PALETTE COLOR")) {
      return;
    }
    builder.supplemental(supplemental);
    builder.palette(
        channel(
            Tag.RedPaletteColorLookupTableDescriptor,
            Tag.RedPaletteColorLookupTableData,
            Tag.SegmentedRedPaletteColorLookupTableData),
        channel(
            Tag.GreenPaletteColorLookupTableDescriptor,
            Tag.GreenPaletteColorLookupTableData,
            Tag.SegmentedGreenPaletteColorLookupTableData),
        channel(
            Tag.BluePaletteColorLookupTableDescriptor,
            Tag.BluePaletteColorLookupTableData,
            Tag.SegmentedBluePaletteColorLookupTableData));
  }

  /** LINEAR counts whole numbers: with width 1, common for fractions, it would be a threshold. */
  private boolean hasFractions() {
    return dataset.contains(Tag.FloatPixelData) || dataset.contains(Tag.DoubleFloatPixelData);
  }

  /** Pixel Presentation of the frame, or of the image, is COLOR (PS3.3 C.8.16.2.1.1). */
  private boolean hasSupplementalPalette() {
    if (!dataset.string(Tag.PhotometricInterpretation, "").equals("MONOCHROME2")
        || !dataset.contains(Tag.RedPaletteColorLookupTableDescriptor)) {
      return false;
    }
    for (int sequence : FRAME_TYPES) {
      Optional<String> ofFrame = group(sequence).string(Tag.PixelPresentation);
      if (ofFrame.isPresent() && !ofFrame.get().equals("MIXED")) {
        return ofFrame.get().equals("COLOR");
      }
    }
    return false;
  }

  /** Height of a pixel by its width: from spacings (vertical first), else from the ratio. */
  private double aspect() {
    double[][] candidates = {
      group(Tag.PixelMeasuresSequence).decimals(Tag.PixelSpacing),
      dataset.decimals(Tag.PixelSpacing),
      dataset.decimals(Tag.ImagerPixelSpacing),
      dataset.decimals(Tag.NominalScannedPixelSpacing),
      dataset.decimals(Tag.PixelAspectRatio)
    };
    for (double[] pair : candidates) {
      double aspect = pair.length == 2 ? pair[0] / pair[1] : Double.NaN;
      if (aspect >= 1 / MAX_ASPECT && aspect <= MAX_ASPECT) {
        return Math.abs(aspect - 1) < 0.001 ? 1 : aspect;
      }
    }
    return 1;
  }

  private Lut channel(int descriptorTag, int dataTag, int segmentedTag) throws IOException {
    int[] descriptor = dataset.integers(descriptorTag);
    if (dataset.contains(dataTag) || descriptor.length < 3) {
      byte[] data = Bulk.words(dataset, dataTag, bulk, MAX_TABLE_BYTES);
      return Lut.of(descriptor, data, signed);
    }
    byte[] segments = Bulk.words(dataset, segmentedTag, bulk, MAX_TABLE_BYTES);
    int count = (descriptor[0] & 0xFFFF) == 0 ? 65536 : descriptor[0] & 0xFFFF;
    int[] entries = SegmentedPalette.expand(segments, count, descriptor[2] == 8);
    int first = signed ? (short) descriptor[1] : descriptor[1] & 0xFFFF;
    return Lut.ofEntries(entries, first, descriptor[2]);
  }

  private void padding(Presentation.Builder builder) {
    int[] value = dataset.integers(Tag.PixelPaddingValue);
    if (value.length > 0) {
      int[] limit = dataset.integers(Tag.PixelPaddingRangeLimit);
      builder.padding(value[0], limit.length > 0 ? limit[0] : value[0]);
    }
  }
}
