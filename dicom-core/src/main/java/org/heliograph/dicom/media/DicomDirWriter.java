package org.heliograph.dicom.media;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;

/**
 * Writes a DICOMDIR (PS3.3 Annex F, PS3.10 8.6) while instances are put on a medium: one record of
 * each patient, study and series goes before those of its instances, and is in memory no longer
 * than it takes to write it. Instances come patient by patient, study by study, series by series.
 * The file is one only after {@link #finish}. For one thread.
 */
public final class DicomDirWriter implements Closeable {
  private static final long MOST_BYTES = 0xFFFF_FFFEL;
  private static final int ITEM_HEADER = 8;

  /** Of the value in an item: three elements of fixed length come first. */
  private static final int NEXT_AT = ITEM_HEADER + 8;

  private static final int LOWER_AT = ITEM_HEADER + 12 + 10 + 8;
  private static final int INSTANCE_LEVEL = 3;

  private final FileChannel channel;
  private final long sequenceAt;
  private final long firstRootAt;
  private final long[] last = new long[INSTANCE_LEVEL + 1];
  private final int[] count = new int[INSTANCE_LEVEL + 1];
  private final List<String> open = new ArrayList<>();
  private long position;
  private int total;

  private DicomDirWriter(FileChannel channel, String fileSetId) throws IOException {
    this.channel = channel;
    Dataset meta =
        DicomWriter.fileMeta(
            SopClassUid.of(Uids.MediaStorageDirectoryStorage),
            new SopInstanceUid(Uid.create()),
            TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian));
    Dataset fileSet =
        Dataset.builder()
            .string(Tag.FileSetID, fileSetId)
            .longs(Tag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity, 0)
            .longs(Tag.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity, 0)
            .integer(Tag.FileSetConsistencyFlag, 0)
            .build();
    var head = new ByteArrayOutputStream();
    DicomWriter.writePart10(
        head, meta, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, fileSet, BulkSource.NONE);
    // From the end: the consistency flag of 10 bytes, the last offset of 12, the first of 12.
    this.firstRootAt = head.size() - 26L;
    this.sequenceAt = head.size();
    append(head.toByteArray());
    append(
        buffer(12)
            .putShort((short) 0x0004)
            .putShort((short) 0x1220)
            .put((byte) 'S')
            .put((byte) 'Q')
            .putShort((short) 0)
            .putInt(0)
            .array());
  }

  /**
   * Begins a new file.
   *
   * @param fileSetId File-set ID, at most 16 characters of {@code A-Z 0-9 _}; may be ""
   */
  public static DicomDirWriter create(Path file, String fileSetId) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      return new DicomDirWriter(channel, fileSetId);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Adds an instance that lies on the medium.
   *
   * @param instance its header, as it is in the file
   * @throws IllegalArgumentException the instance has no SOP class, or the File ID is not one that
   *     PS3.10 8.2 allows
   */
  public void add(Dataset instance, FileId file, TransferSyntaxUid transferSyntax)
      throws IOException {
    if (!file.isConformant()) {
      throw new IllegalArgumentException("no File ID of PS3.10 8.2");
    }
    SopClassUid sopClass = SopClassUid.of(instance.string(Tag.SOPClassUID, ""));
    String study = instance.string(Tag.StudyInstanceUID, "");
    String id = instance.string(Tag.PatientID, "");
    String issuer = instance.string(Tag.IssuerOfPatientID, "");
    enter(0, id.isEmpty() ? " " + study : id + "\n" + issuer, instance);
    enter(1, study, instance);
    enter(2, instance.string(Tag.SeriesInstanceUID, ""), instance);
    RecordType type = RecordType.of(sopClass.value().value());
    Dataset.Builder keys =
        DirectoryKeys.instance(instance, type, count[INSTANCE_LEVEL] + 1)
            .string(Tag.ReferencedFileID, file.components().toArray(String[]::new))
            .string(Tag.ReferencedSOPClassUIDInFile, sopClass.value().value())
            .string(Tag.ReferencedSOPInstanceUIDInFile, instance.string(Tag.SOPInstanceUID, ""))
            .string(Tag.ReferencedTransferSyntaxUIDInFile, transferSyntax.value().value());
    if (type == RecordType.PRIVATE) {
      keys.string(Tag.PrivateRecordUID, sopClass.value().value());
    }
    write(INSTANCE_LEVEL, type.term(), keys);
  }

  /** How many instances it names. */
  public int instances() {
    return total;
  }

  /** Completes the file and forces it to the disk. */
  public void finish() throws IOException {
    patch(sequenceAt + 8, position - sequenceAt - 12);
    patch(firstRootAt + 12, last[0]);
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Writes the record of an entity unless it is the one that the instance before was of. */
  private void enter(int level, String key, Dataset instance) throws IOException {
    if (open.size() > level && open.get(level).equals(key)) {
      return;
    }
    open.subList(level, open.size()).clear();
    open.add(key);
    int number = count[level] + 1;
    switch (level) {
      case 0 -> write(level, "PATIENT", DirectoryKeys.patient(instance, number));
      case 1 -> write(level, "STUDY", DirectoryKeys.study(instance, number));
      default -> write(level, "SERIES", DirectoryKeys.series(instance, number));
    }
  }

  private void write(int level, String type, Dataset.Builder keys) throws IOException {
    keys.longs(Tag.OffsetOfTheNextDirectoryRecord, 0)
        .integer(Tag.RecordInUseFlag, 0xFFFF)
        .longs(Tag.OffsetOfReferencedLowerLevelDirectoryEntity, 0)
        .string(Tag.DirectoryRecordType, type);
    var content = new ByteArrayOutputStream(512);
    DicomWriter.writeDataset(
        content, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, keys.build(), BulkSource.NONE);
    if (position + ITEM_HEADER + content.size() > MOST_BYTES) {
      throw new IOException("a DICOMDIR has at most 4 GiB: put less on one medium");
    }
    long offset = position;
    append(
        buffer(ITEM_HEADER)
            .putShort((short) 0xFFFE)
            .putShort((short) 0xE000)
            .putInt(content.size())
            .array());
    append(content.toByteArray());
    if (last[level] != 0) {
      patch(last[level] + NEXT_AT, offset);
    } else if (level == 0) {
      patch(firstRootAt, offset);
    } else {
      patch(last[level - 1] + LOWER_AT, offset);
    }
    last[level] = offset;
    count[level]++;
    for (int below = level + 1; below <= INSTANCE_LEVEL; below++) {
      last[below] = 0;
      count[below] = 0;
    }
    total += level == INSTANCE_LEVEL ? 1 : 0;
  }

  private void append(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
  }

  private void patch(long at, long value) throws IOException {
    ByteBuffer buffer = buffer(4).putInt((int) value).flip();
    for (long to = at; buffer.hasRemaining(); ) {
      to += channel.write(buffer, to);
    }
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
