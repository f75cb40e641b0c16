package org.heliograph.dicom.io;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Vr;

/**
 * Writes Part 10 files and bare data sets as a stream (PS3.10 Section 7, PS3.5 Section 7 and Annex
 * A). What a {@link DicomReader} read and nobody changed comes out as it was, byte by byte, in the
 * same uncompressed or encapsulated syntax. Streams are flushed, not closed.
 */
public final class DicomWriter {
  /** Implementation Class UID (0002,0012) of this library. */
  public static final String IMPLEMENTATION_CLASS_UID =
      "2.25.152262918451085123954727510207318312150";

  /** Implementation Version Name (0002,0013). */
  public static final String IMPLEMENTATION_VERSION_NAME = "HELIOGRAPH_0.1";

  private static final int BUFFER_BYTES = 64 * 1024;

  private DicomWriter() {}

  /**
   * Writes a file of an instance made by this library, with {@link #fileMeta(Dataset,
   * TransferSyntax) file meta information} of its own.
   */
  public static void writePart10(
      OutputStream out, TransferSyntax syntax, Dataset dataset, BulkSource bulk)
      throws IOException {
    writePart10(out, fileMeta(dataset, syntax), syntax, dataset, bulk);
  }

  /** Writes preamble, file meta information and data set. */
  public static void writePart10(
      OutputStream out, Dataset fileMeta, TransferSyntax syntax, Dataset dataset, BulkSource bulk)
      throws IOException {
    writeFileMeta(out, fileMeta, syntax);
    writeDataset(out, syntax, dataset, bulk);
  }

  /**
   * Writes what stands before a file's data set: an empty preamble, the prefix and group 0002, with
   * the group length and the transfer syntax set right.
   */
  public static void writeFileMeta(OutputStream out, Dataset fileMeta, TransferSyntax syntax)
      throws IOException {
    Dataset meta =
        fileMeta.toBuilder()
            .remove(Tag.FileMetaInformationGroupLength)
            .string(Tag.TransferSyntaxUID, syntax.uid())
            .build();
    ByteArrayOutputStream group = new ByteArrayOutputStream(512);
    writeDataset(group, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, meta, BulkSource.NONE);
    out.write(new byte[128]);
    out.write("DICM".getBytes(StandardCharsets.US_ASCII));
    Dataset length =
        Dataset.builder().integer(Tag.FileMetaInformationGroupLength, group.size()).build();
    writeDataset(out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, length, BulkSource.NONE);
    out.write(group.toByteArray());
  }

  /** Writes a data set without file meta information, such as a C-STORE carries. */
  public static void writeDataset(
      OutputStream out, TransferSyntax syntax, Dataset dataset, BulkSource bulk)
      throws IOException {
    if (!syntax.deflated()) {
      writePlain(out, syntax, dataset, bulk);
      return;
    }
    CountingOutputStream counting = new CountingOutputStream(out);
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      DeflaterOutputStream deflated = new DeflaterOutputStream(counting, deflater, BUFFER_BYTES);
      writePlain(deflated, syntax, dataset, bulk);
      deflated.finish();
    } finally {
      deflater.end();
    }
    if ((counting.count() & 1) != 0) {
      out.write(0); // PS3.5 A.5: padded to even length
    }
    out.flush();
  }

  private static void writePlain(
      OutputStream out, TransferSyntax syntax, Dataset dataset, BulkSource bulk)
      throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    new DatasetEmitter(buffered, syntax.explicitVr(), syntax.bigEndian(), bulk).emit(dataset);
    buffered.flush();
  }

  /**
   * File meta information for an instance written by this library; nothing of an earlier file's
   * stays, such as the titles of who sent it.
   *
   * @throws IllegalArgumentException if the data set has no valid SOP class or instance UID
   */
  public static Dataset fileMeta(Dataset dataset, TransferSyntax syntax) {
    return fileMeta(
        SopClassUid.of(dataset.string(Tag.SOPClassUID, "")),
        SopInstanceUid.of(dataset.string(Tag.SOPInstanceUID, "")),
        TransferSyntaxUid.of(syntax.uid()));
  }

  /** File meta information for an instance written by this library. */
  public static Dataset fileMeta(
      SopClassUid sopClass, SopInstanceUid sopInstance, TransferSyntaxUid transferSyntax) {
    return Dataset.builder()
        .bytes(Tag.FileMetaInformationVersion, Vr.OB, new byte[] {0, 1})
        .string(Tag.MediaStorageSOPClassUID, sopClass.value().value())
        .string(Tag.MediaStorageSOPInstanceUID, sopInstance.value().value())
        .string(Tag.TransferSyntaxUID, transferSyntax.value().value())
        .string(Tag.ImplementationClassUID, IMPLEMENTATION_CLASS_UID)
        .string(Tag.ImplementationVersionName, IMPLEMENTATION_VERSION_NAME)
        .build();
  }
}
