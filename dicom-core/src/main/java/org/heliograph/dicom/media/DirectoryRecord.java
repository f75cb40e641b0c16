package org.heliograph.dicom.media;

import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;

/**
 * One record of a DICOMDIR (PS3.3 F.3.2.2).
 *
 * @param offset of its item, from the first byte of the file
 */
public record DirectoryRecord(long offset, Dataset dataset) {
  private static final int NOT_IN_USE = 0;

  /** Directory Record Type (0004,1430), such as {@code PATIENT} or {@code IMAGE}. */
  public String type() {
    return dataset.string(Tag.DirectoryRecordType, "");
  }

  /** False for one that was taken out without the file being written anew. */
  public boolean isInUse() {
    return dataset.integer(Tag.RecordInUseFlag, 0xFFFF) != NOT_IN_USE;
  }

  /** The file of the instance, if the record is of one. */
  public Optional<FileId> file() {
    List<String> components = dataset.strings(Tag.ReferencedFileID);
    return components.isEmpty() ? Optional.empty() : Optional.of(new FileId(components));
  }

  /** Offset of the next record of the same entity; 0 after the last. */
  public long next() {
    return offset(Tag.OffsetOfTheNextDirectoryRecord);
  }

  /** Offset of the first record of the entity below; 0 if there is none. */
  public long lower() {
    return offset(Tag.OffsetOfReferencedLowerLevelDirectoryEntity);
  }

  private long offset(int tag) {
    long[] values = dataset.longs(tag);
    return values.length == 0 ? 0 : values[0];
  }

  @Override
  public String toString() {
    return "DirectoryRecord[" + type() + " at " + offset + "]";
  }
}
