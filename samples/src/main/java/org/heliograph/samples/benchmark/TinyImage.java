package org.heliograph.samples.benchmark;

import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;

/** The smallest image there is. */
final class TinyImage {
  private TinyImage() {}

  static Dataset dataset() {
    return Dataset.builder()
        .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
        .string(Tag.SOPInstanceUID, "2.25.190117270351520187211018342156325231015")
        .string(Tag.Modality, "OT")
        .integer(Tag.SamplesPerPixel, 1)
        .string(Tag.PhotometricInterpretation, "MONOCHROME2")
        .integer(Tag.Rows, 1)
        .integer(Tag.Columns, 1)
        .integer(Tag.BitsAllocated, 16)
        .integer(Tag.BitsStored, 12)
        .integer(Tag.HighBit, 11)
        .integer(Tag.PixelRepresentation, 0)
        .bytes(Tag.PixelData, Vr.OW, new byte[] {7, 0})
        .build();
  }
}
