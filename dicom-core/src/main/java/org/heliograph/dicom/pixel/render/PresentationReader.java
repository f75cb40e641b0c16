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
      builder.modalityLut(lut(modalityLut.get(), signed));
    }
    builder.windows(windows(group(Tag.FrameVOILUTSequence)));
    Optional<Dataset> voiLut = group(Tag.FrameVOILUTSequence).item(Tag.VOILUTSequence);
    if (voiLut.isPresent()) {
      builder.voiLut(lut(voiLut.get(), modalityLut.isEmpty() && (signed || intercept < 0)));
    }
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

  private static List<Window> windows(Dataset group) {
    double[] centers = group.decimals(Tag.WindowCenter);
    double[] widths = group.decimals(Tag.WindowWidth);
    VoiLutFunction function = VoiLutFunction.of(group.string(Tag.VOILUTFunction, "LINEAR"));
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < Math.min(centers.length, widths.length); i++) {
      boolean valid = function == VoiLutFunction.LINEAR ? widths[i] >= 1 : widths[i] > 0;
      if (valid && Double.isFinite(centers[i]) && Double.isFinite(widths[i])) {
        windows.add(new Window(centers[i], widths[i], function));
      }
    }
    return windows;
  }

  private Lut lut(Dataset item, boolean signedInput) throws IOException {
    int[] descriptor = item.integers(Tag.LUTDescriptor);
    byte[] data = Bulk.words(item, Tag.LUTData, bulk, MAX_TABLE_BYTES);
    // A negative first value can only have been written as SS.
    boolean negative = descriptor.length > 1 && descriptor[1] < 0;
    return Lut.of(descriptor, data, signedInput || negative);
  }

  private void palette(Presentation.Builder builder) throws IOException {
    if (!dataset.string(Tag.PhotometricInterpretation, "").equals("PALETTE COLOR")) {
      return;
    }
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
