package org.heliograph.dicom.pixel.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.pixel.DecodeLimits;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.ImageDescription;

/** Objects of one or more frames for the tests of encodings. */
final class Objects {

  private Objects() {}

  /** A native object; its frames lie one behind the other in {@code cells}. */
  static ParsedObject image(ImageDescription image, byte[] cells) {
    Dataset.Builder builder =
        Dataset.builder()
            .string(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
            .string(Tag.SOPInstanceUID, Uid.create().value())
            .string(Tag.StudyInstanceUID, Uid.create().value())
            .string(Tag.SeriesInstanceUID, Uid.create().value())
            .string(Tag.ImageType, "ORIGINAL", "PRIMARY")
            .integer(Tag.Rows, image.rows())
            .integer(Tag.Columns, image.columns())
            .integer(Tag.SamplesPerPixel, image.samplesPerPixel())
            .integer(Tag.BitsAllocated, image.bitsAllocated())
            .integer(Tag.BitsStored, image.bitsStored())
            .integer(Tag.HighBit, image.highBit())
            .integer(Tag.PixelRepresentation, image.signed() ? 1 : 0)
            .string(Tag.PhotometricInterpretation, image.photometricInterpretation().term())
            .bytes(Tag.PixelData, image.bitsAllocated() > 8 ? Vr.OW : Vr.OB, cells);
    if (image.samplesPerPixel() > 1) {
      builder.integer(Tag.PlanarConfiguration, image.planarConfiguration());
    }
    if (image.numberOfFrames() > 1) {
      builder.string(Tag.NumberOfFrames, Integer.toString(image.numberOfFrames()));
    }
    Dataset dataset = builder.build();
    Dataset meta = DicomWriter.fileMeta(dataset, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    return new ParsedObject(
        meta, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, dataset, java.util.List.of());
  }

  static void write(ParsedObject object, BulkSource source, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(
          out, object.fileMeta(), object.transferSyntax(), object.dataset(), source);
    }
  }

  /** Writes what came out, and reads it again. */
  static FrameReader reread(Transcoding transcoding) throws IOException {
    assertThat(transcoding).isInstanceOf(Transcoding.Transcoded.class);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ((Transcoding.Transcoded) transcoding).writePart10(out);
    byte[] bytes = out.toByteArray();
    ParsedObject object =
        DicomReader.readPart10(
            new ByteArrayInputStream(bytes), ReadOptions.defaults().withPixelDataInSource());
    return FrameReader.of(
        object,
        (offset, length) -> new ByteArrayInputStream(bytes, (int) offset, (int) length),
        DecodeLimits.defaults());
  }
}
