package org.heliograph.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.junit.jupiter.api.Assumptions;

/** Synthetic instances. */
public final class TestObjects {
  public static final UUID SITE_A = new UUID(0, 0xA);
  public static final UUID SITE_B = new UUID(0, 0xB);

  private TestObjects() {}

  public static Uid uid() {
    return Uid.create();
  }

  /** A CR image of 64 rows and 80 columns of 16 bit noise. */
  public static Dataset.Builder image(StudyInstanceUid study, Uid series, Uid instance) {
    var pixels = new byte[64 * 80 * 2];
    new Random(instance.hashCode()).nextBytes(pixels);
    return Dataset.builder()
        .string(Tag.SOPClassUID, Uids.ComputedRadiographyImageStorage)
        .string(Tag.SOPInstanceUID, instance.value())
        .string(Tag.StudyInstanceUID, study.value().value())
        .string(Tag.SeriesInstanceUID, series.value())
        .string(Tag.PatientName, "Tesfaye^Hanna=黑娜")
        .string(Tag.PatientID, "P-1")
        .string(Tag.IssuerOfPatientID, "CLINIC")
        .date(Tag.PatientBirthDate, LocalDate.of(1990, 2, 3))
        .string(Tag.PatientSex, "F")
        .date(Tag.StudyDate, LocalDate.of(2026, 3, 4))
        .string(Tag.StudyTime, "101112")
        .string(Tag.AccessionNumber, "H123")
        .string(Tag.StudyDescription, "Chest PA")
        .string(Tag.Modality, "CR")
        .string(Tag.SeriesNumber, "1")
        .string(Tag.BodyPartExamined, "CHEST")
        .string(Tag.InstanceNumber, "1")
        .integer(Tag.SamplesPerPixel, 1)
        .string(Tag.PhotometricInterpretation, "MONOCHROME2")
        .integer(Tag.Rows, 64)
        .integer(Tag.Columns, 80)
        .integer(Tag.BitsAllocated, 16)
        .integer(Tag.BitsStored, 12)
        .integer(Tag.HighBit, 11)
        .integer(Tag.PixelRepresentation, 0)
        .bytes(Tag.PixelData, Vr.OW, pixels);
  }

  public static Dataset image() {
    return image(new StudyInstanceUid(uid()), uid(), uid()).build();
  }

  public static byte[] encode(Dataset dataset, TransferSyntax syntax) {
    var bytes = new ByteArrayOutputStream();
    try {
      DicomWriter.writeDataset(bytes, syntax, dataset, BulkSource.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** As a C-STORE brings it. */
  public static Incoming incoming(UUID site, Dataset dataset) {
    return incoming(site, dataset, encode(dataset, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));
  }

  public static Incoming incoming(UUID site, Dataset claimed, byte[] bytes) {
    return new Incoming(
        site,
        "dimse:TEST",
        TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian),
        SopClassUid.of(claimed.string(Tag.SOPClassUID, "")),
        SopInstanceUid.of(claimed.string(Tag.SOPInstanceUID, "")),
        new ByteArrayInputStream(bytes));
  }

  /** The folder of real files, or skips the test. */
  public static Path realFiles() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path data = folder.resolve("../shared/data/dicom").normalize();
      if (Files.isDirectory(data)) {
        return data;
      }
    }
    return Assumptions.abort("real files are not there: ../shared/data/dicom");
  }
}
