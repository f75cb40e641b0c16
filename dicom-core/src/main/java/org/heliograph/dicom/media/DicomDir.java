package org.heliograph.dicom.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.DicomFormatException.Code;

/**
 * A DICOMDIR in memory (PS3.3 Annex F): the records of a file-set and how they hang together. For
 * large ones {@link DicomDirReader} hands over record by record.
 */
public final class DicomDir {
  private final Dataset fileSet;
  private final List<DirectoryRecord> records;
  private final Map<Long, DirectoryRecord> byOffset = new HashMap<>();

  private DicomDir(Dataset fileSet, List<DirectoryRecord> records) {
    this.fileSet = fileSet;
    this.records = List.copyOf(records);
    this.records.forEach(record -> byOffset.put(record.offset(), record));
  }

  /**
   * Reads one.
   *
   * @throws DicomFormatException it is no DICOMDIR, or a broken one
   */
  public static DicomDir read(Path file) throws IOException {
    List<DirectoryRecord> records = new ArrayList<>();
    return new DicomDir(DicomDirReader.read(file, records::add), records);
  }

  /** File-set ID (0004,1130), "" where it has none. */
  public String fileSetId() {
    return fileSet.string(Tag.FileSetID, "");
  }

  /** All records in the order of the file, those that nothing refers to as well. */
  public List<DirectoryRecord> records() {
    return records;
  }

  /** The records in use of the root entity. */
  public List<DirectoryRecord> roots() throws DicomFormatException {
    long[] first = fileSet.longs(Tag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity);
    return entity(first.length == 0 ? 0 : first[0]);
  }

  /** The records in use of the entity below a record. */
  public List<DirectoryRecord> below(DirectoryRecord record) throws DicomFormatException {
    return entity(record.lower());
  }

  private List<DirectoryRecord> entity(long first) throws DicomFormatException {
    List<DirectoryRecord> found = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long offset = first;
    while (offset != 0) {
      DirectoryRecord record = byOffset.get(offset);
      if (record == null || !seen.add(offset)) {
        throw new DicomFormatException(
            Code.BAD_ITEM, offset, record == null ? "no record there" : "records in a circle");
      }
      if (record.isInUse()) {
        found.add(record);
      }
      offset = record.next();
    }
    return found;
  }

  @Override
  public String toString() {
    return "DicomDir[" + records.size() + " records]";
  }
}
