package org.heliograph.dicom.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.DicomFormatException.Code;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;

/**
 * Reads a DICOMDIR record by record, so that only one is in memory, and tells where in the file
 * each lies: offsets are what its records refer to each other by. Records may be at most 1 MiB.
 */
public final class DicomDirReader {
  private static final ReadOptions HEAD =
      ReadOptions.defaults().withStopBefore(Tag.DirectoryRecordSequence);
  private static final ReadOptions RECORD = ReadOptions.inMemory(RecordBytes.MOST_BYTES);

  private DicomDirReader() {}

  /**
   * Reads the file to its end.
   *
   * @return the attributes of the file-set, before its records
   * @throws DicomFormatException it is no DICOMDIR, or a broken one; records before the fault have
   *     been handed over
   */
  public static Dataset read(Path file, Consumer<DirectoryRecord> each) throws IOException {
    ParsedObject head = DicomReader.readPart10(file, HEAD);
    if (!isDicomDir(head.fileMeta())) {
      throw new DicomFormatException(Code.NOT_DICOM, 0, "not a DICOMDIR");
    }
    TransferSyntax syntax = head.transferSyntax();
    if (syntax.deflated() || syntax.bigEndian() || syntax.encapsulated()) {
      throw new DicomFormatException(Code.BAD_META, 0, "a DICOMDIR is in little endian");
    }
    try (InputStream in = Files.newInputStream(file)) {
      RecordBytes bytes = new RecordBytes(in);
      if (bytes.toSequence(syntax.explicitVr())) {
        for (byte[] item = bytes.next(); item != null; item = bytes.next()) {
          each.accept(new DirectoryRecord(bytes.itemOffset(), parse(item, syntax)));
        }
      }
    }
    return head.dataset();
  }

  /** Whether file meta information says that the file is a DICOMDIR. */
  public static boolean isDicomDir(Dataset fileMeta) {
    return fileMeta
        .string(Tag.MediaStorageSOPClassUID, "")
        .equals(Uids.MediaStorageDirectoryStorage);
  }

  private static Dataset parse(byte[] item, TransferSyntax syntax) throws IOException {
    return DicomReader.readDataset(new ByteArrayInputStream(item), syntax, RECORD).dataset();
  }
}
