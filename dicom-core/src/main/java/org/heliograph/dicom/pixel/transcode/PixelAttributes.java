package org.heliograph.dicom.pixel.transcode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.pixel.ImageDescription;

/** What the attributes of an image say of its compression, before and after. */
final class PixelAttributes {

  /** Transfer syntaxes that exist only for lossy data. */
  private static final List<String> ALWAYS_LOSSY =
      List.of("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51");

  /** Transfer syntaxes that may be lossy, and are if the object does not deny it. */
  private static final List<String> PERHAPS_LOSSY =
      List.of("1.2.840.10008.1.2.4.81", "1.2.840.10008.1.2.4.91");

  private PixelAttributes() {}

  static boolean isLossy(Dataset dataset, String transferSyntaxUid) {
    String said = dataset.string(Tag.LossyImageCompression, "");
    return said.equals("01")
        || ALWAYS_LOSSY.contains(transferSyntaxUid)
        || (PERHAPS_LOSSY.contains(transferSyntaxUid) && !said.equals("00"));
  }

  /** Whether a sequence holds compressed pixel data, which another syntax could not. */
  static boolean hasNestedFragments(Dataset dataset) {
    for (Element element : dataset) {
      if (element instanceof SequenceElement sequence) {
        for (Dataset item : sequence.items()) {
          boolean here = item.get(Tag.PixelData).orElse(null) instanceof EncapsulatedElement;
          if (here || hasNestedFragments(item)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** PS3.3 C.7.6.3: what changes with the samples' form. */
  static Dataset described(Dataset dataset, ImageDescription image, boolean wasLossy) {
    Dataset.Builder builder =
        dataset.toBuilder()
            .remove(Tag.ExtendedOffsetTable)
            .remove(Tag.ExtendedOffsetTableLengths)
            .string(Tag.PhotometricInterpretation, image.photometricInterpretation().term());
    if (image.samplesPerPixel() > 1) {
      builder.integer(Tag.PlanarConfiguration, 0);
    }
    if (wasLossy) {
      builder.string(Tag.LossyImageCompression, "01");
    }
    return builder.build();
  }

  /**
   * PS3.3 C.7.6.1.1.2, C.7.6.1.1.5 and C.12.4: an instance derived by a lossy compression.
   *
   * @param near how far off samples may be at most; 0 if nobody knows
   */
  static Dataset derived(Dataset dataset, double ratio, String method, int near) {
    String limit = near > 0 ? ", no sample off by more than " + near : "";
    Dataset.Builder builder =
        dataset.toBuilder()
            .string(Tag.SOPInstanceUID, Uid.create().value())
            .string(Tag.LossyImageCompression, "01")
            .string(
                Tag.LossyImageCompressionRatio,
                appended(dataset.strings(Tag.LossyImageCompressionRatio), decimal(ratio)))
            .string(
                Tag.LossyImageCompressionMethod,
                appended(dataset.strings(Tag.LossyImageCompressionMethod), method))
            .string(Tag.ImageType, imageType(dataset))
            .string(Tag.DerivationDescription, "Lossy compression " + method + limit)
            .sequence(
                Tag.DerivationCodeSequence,
                items(dataset, Tag.DerivationCodeSequence, code("113040", "Lossy Compression")))
            .sequence(
                Tag.SourceImageSequence,
                items(dataset, Tag.SourceImageSequence, reference(dataset)));
    return builder.build();
  }

  private static Dataset reference(Dataset dataset) {
    return Dataset.builder()
        .string(Tag.ReferencedSOPClassUID, dataset.string(Tag.SOPClassUID, ""))
        .string(Tag.ReferencedSOPInstanceUID, dataset.string(Tag.SOPInstanceUID, ""))
        .sequence(Tag.PurposeOfReferenceCodeSequence, code("121320", "Uncompressed predecessor"))
        .build();
  }

  private static Dataset code(String value, String meaning) {
    return Dataset.builder()
        .string(Tag.CodeValue, value)
        .string(Tag.CodingSchemeDesignator, "DCM")
        .string(Tag.CodeMeaning, meaning)
        .build();
  }

  private static List<Dataset> items(Dataset dataset, int tag, Dataset added) {
    List<Dataset> items = new ArrayList<>(dataset.items(tag));
    items.add(added);
    return items;
  }

  private static String[] imageType(Dataset dataset) {
    List<String> type = new ArrayList<>(dataset.strings(Tag.ImageType));
    if (type.isEmpty()) {
      type.addAll(List.of("DERIVED", "SECONDARY"));
    }
    type.set(0, "DERIVED");
    return type.toArray(String[]::new);
  }

  private static String[] appended(List<String> values, String value) {
    String[] all = Arrays.copyOf(values.toArray(String[]::new), values.size() + 1);
    all[values.size()] = value;
    return all;
  }

  private static String decimal(double ratio) {
    return Double.toString(Math.round(ratio * 100) / 100.0);
  }
}
