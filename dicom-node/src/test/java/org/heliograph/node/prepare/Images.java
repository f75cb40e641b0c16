package org.heliograph.node.prepare;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.Samples;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.InstanceState;
import org.heliograph.node.spool.SpooledInstance;

/** Part 10 files made by code, and what a spool would say of them. */
final class Images {
  private Images() {}

  static ImageDescription gray(int rows, int columns, int bits, boolean signed, int frames) {
    int allocated = bits <= 8 ? 8 : 16;
    return new ImageDescription(
        rows,
        columns,
        1,
        allocated,
        bits,
        bits - 1,
        signed,
        PhotometricInterpretation.MONOCHROME2,
        0,
        frames);
  }

  /** Cells of all frames; those of planar images are made for planes as well as for pixels. */
  static byte[] cells(Samples samples, ImageDescription image, long seed) {
    SampleLayout layout =
        new SampleLayout(
            image.rows() * image.numberOfFrames(),
            image.columns(),
            image.samplesPerPixel(),
            image.bitsAllocated());
    return samples.cells(layout, image.bitsStored(), seed);
  }

  static Dataset.Builder header(ImageDescription image) {
    Dataset.Builder builder =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
            .string(Tag.SOPInstanceUID, Uid.create().value())
            .string(Tag.StudyInstanceUID, Uid.create().value())
            .string(Tag.SeriesInstanceUID, Uid.create().value())
            .string(Tag.ImageType, "ORIGINAL", "PRIMARY")
            .string(Tag.PatientName, "Marker^Patient")
            .string(Tag.Modality, "OT")
            .integer(Tag.Rows, image.rows())
            .integer(Tag.Columns, image.columns())
            .integer(Tag.SamplesPerPixel, image.samplesPerPixel())
            .integer(Tag.BitsAllocated, image.bitsAllocated())
            .integer(Tag.BitsStored, image.bitsStored())
            .integer(Tag.HighBit, image.highBit())
            .integer(Tag.PixelRepresentation, image.signed() ? 1 : 0)
            .string(Tag.PhotometricInterpretation, image.photometricInterpretation().term());
    if (image.samplesPerPixel() > 1) {
      builder.integer(Tag.PlanarConfiguration, image.planarConfiguration());
    }
    if (image.numberOfFrames() > 1) {
      builder.string(Tag.NumberOfFrames, Integer.toString(image.numberOfFrames()));
    }
    return builder;
  }

  static Dataset image(ImageDescription image, byte[] cells) {
    return header(image)
        .bytes(Tag.PixelData, image.bitsAllocated() > 8 ? Vr.OW : Vr.OB, cells)
        .build();
  }

  static Path write(Path file, Dataset dataset, String transferSyntax) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(out, TransferSyntax.of(transferSyntax), dataset, BulkSource.NONE);
    }
    return file;
  }

  /** As the spool would have it after it received the file. */
  static SpooledInstance spooled(Path file, String transferSyntax) throws IOException {
    FileDigest digest = FileDigest.measureDataset(file);
    return new SpooledInstance(
        UUID.randomUUID(),
        InstanceState.RECEIVED,
        SopInstanceUid.of(Uid.create().value()),
        SopClassUid.of(Uids.SecondaryCaptureImageStorage),
        StudyInstanceUid.of(Uid.create().value()),
        SeriesInstanceUid.of(Uid.create().value()),
        org.heliograph.dicom.data.TransferSyntaxUid.of(transferSyntax),
        digest.sha256(),
        digest.lengthBytes(),
        new AeTitle("MODALITY"),
        1,
        Instant.EPOCH,
        Urgency.ROUTINE,
        null,
        null,
        "");
  }
}
