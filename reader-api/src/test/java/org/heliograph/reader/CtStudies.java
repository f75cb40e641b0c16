package org.heliograph.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;

/** Synthetic CT studies of small slices, as a scanner sends them. */
public final class CtStudies {
  public static final SopClassUid SOP_CLASS = SopClassUid.of(Uids.CtImageStorage);
  public static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);

  private CtStudies() {}

  /** One slice ready to be sent. */
  public record Slice(String study, Dataset dataset, DatasetSource source, String digest) {
    public SopInstanceUid instance() {
      return SopInstanceUid.of(dataset.string(Tag.SOPInstanceUID, ""));
    }

    static Slice of(Dataset dataset) {
      var bytes = encode(dataset);
      return new Slice(
          dataset.string(Tag.StudyInstanceUID, ""),
          dataset,
          DatasetSource.of(bytes),
          sha256(bytes));
    }

    @Override
    public String toString() {
      return "Slice[***]";
    }
  }

  /** Slices of several studies, taken in turn from each. */
  public static List<Slice> interleaved(int studies, int slicesEach, int edge) {
    List<Uid> studyUids = new ArrayList<>();
    List<Uid> seriesUids = new ArrayList<>();
    for (int study = 0; study < studies; study++) {
      studyUids.add(Uid.create());
      seriesUids.add(Uid.create());
    }
    List<Slice> slices = new ArrayList<>();
    for (int number = 1; number <= slicesEach; number++) {
      for (int study = 0; study < studies; study++) {
        slices.add(
            Slice.of(
                slice(studyUids.get(study), seriesUids.get(study), number, edge)
                    .string(Tag.PatientID, "CT-" + study)
                    .string(Tag.PatientName, "Kamau^Wanjiru" + study)
                    .build()));
      }
    }
    return slices;
  }

  /** One slice of noise, still to be changed. */
  public static Dataset.Builder slice(Uid study, Uid series, int number, int edge) {
    var pixels = new byte[edge * edge * 2];
    new Random(number).nextBytes(pixels);
    return Dataset.builder()
        .string(Tag.SOPClassUID, Uids.CtImageStorage)
        .string(Tag.SOPInstanceUID, Uid.create().value())
        .string(Tag.StudyInstanceUID, study.value())
        .string(Tag.SeriesInstanceUID, series.value())
        .string(Tag.PatientName, "Kamau^Wanjiru")
        .string(Tag.PatientID, "CT-1")
        .string(Tag.PatientSex, "F")
        .string(Tag.StudyDate, "20260304")
        .string(Tag.Modality, "CT")
        .string(Tag.BodyPartExamined, "HEAD")
        .string(Tag.SeriesNumber, "1")
        .string(Tag.InstanceNumber, Integer.toString(number))
        .integer(Tag.SamplesPerPixel, 1)
        .string(Tag.PhotometricInterpretation, "MONOCHROME2")
        .integer(Tag.Rows, edge)
        .integer(Tag.Columns, edge)
        .integer(Tag.BitsAllocated, 16)
        .integer(Tag.BitsStored, 16)
        .integer(Tag.HighBit, 15)
        .integer(Tag.PixelRepresentation, 1)
        .decimal(Tag.RescaleIntercept, -1024)
        .decimal(Tag.RescaleSlope, 1)
        .bytes(Tag.PixelData, Vr.OW, pixels);
  }

  public static byte[] encode(Dataset dataset) {
    var bytes = new ByteArrayOutputStream();
    try {
      DicomWriter.writeDataset(
          bytes, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, dataset, BulkSource.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Lower-case hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
