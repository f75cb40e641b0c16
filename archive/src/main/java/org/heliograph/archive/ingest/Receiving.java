package org.heliograph.archive.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.heliograph.archive.blob.StagingFile;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.archive.catalog.Headers;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * Takes an instance from a stream into a Part 10 file in the staging folder: our own file meta
 * information behind an empty preamble (PS3.10 7.5), then the data set as it came.
 */
final class Receiving {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int BUFFERS_KEPT = 16;
  private static final ReadOptions OPTIONS = ReadOptions.defaults().withPixelDataInSource();

  private final StagingFolder folder;
  private final SpaceReserve reserve;
  private final Buffers buffers = new Buffers(BUFFER_BYTES, BUFFERS_KEPT);

  Receiving(StagingFolder folder, SpaceReserve reserve) {
    this.folder = folder;
    this.reserve = reserve;
  }

  /**
   * The staging file of the answer is the caller's to close.
   *
   * @param told what a file's head says of its data set: believed until it is read, so that nearly
   *     every file is written once
   */
  Received receive(Incoming incoming, @Nullable Identity told)
      throws IOException, RefusedException {
    Identity expected = Identity.of(incoming.claimedClass(), incoming.claimedInstance(), told);
    byte[] head =
        expected == null
            ? new byte[0]
            : head(expected.sopClass(), expected.instance(), incoming.transferSyntax());
    StagingFile staging = create(head);
    try {
      Received received = read(incoming, staging, head.length);
      boolean headIsRight =
          received.transferSyntax().equals(incoming.transferSyntax())
              && Identity.of(received.summary()).equals(expected);
      return headIsRight ? received : withOwnHead(received);
    } catch (Throwable e) {
      staging.close();
      throw e;
    }
  }

  PartSpool spool() throws StoreUnavailableException {
    try {
      return new PartSpool(create(new byte[0]), reserve);
    } catch (StagingFailedException e) {
      throw PartSpool.away(e);
    }
  }

  private StagingFile create(byte[] head) throws StagingFailedException {
    try {
      StagingFile staging = folder.create();
      try {
        staging.write(head, 0, head.length);
        return staging;
      } catch (IOException e) {
        staging.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StagingFailedException(e);
    }
  }

  private Received read(Incoming incoming, StagingFile staging, int datasetOffset)
      throws IOException, RefusedException {
    byte[] buffer = buffers.take();
    var tee = new StagingInputStream(incoming.dataset(), staging, reserve, buffer);
    TransferSyntax syntax = TransferSyntax.of(incoming.transferSyntax());
    ParsedObject parsed;
    try {
      parsed = DicomReader.readDataset(tee, syntax, OPTIONS);
      while (tee.read(buffer) >= 0) {
        // padding after the data set is kept too
      }
    } catch (DicomFormatException e) {
      incoming.dataset().transferTo(OutputStream.nullOutputStream());
      throw new RefusedException(RefusalReason.of(e));
    } finally {
      buffers.giveBack(buffer);
    }
    Dataset header = parsed.dataset();
    InstanceSummary summary = summary(incoming, header);
    FrameTable frames;
    try (var tables = new FrameTables(staging.path(), datasetOffset)) {
      frames = tables.of(header, parsed.transferSyntax());
    } catch (ArithmeticException _) {
      throw new RefusedException(RefusalReason.TRUNCATED_PIXEL_DATA); // more bits than a long has
    }
    return new Received(
        staging,
        summary,
        parsed.transferSyntax().transferSyntaxUid(),
        tee.digest(),
        Headers.deflate(header),
        frames,
        datasetOffset);
  }

  private static InstanceSummary summary(Incoming incoming, Dataset header)
      throws RefusedException {
    var sopClass = new SopClassUid(uid(header, Tag.SOPClassUID));
    var instance = new SopInstanceUid(uid(header, Tag.SOPInstanceUID));
    var study = new StudyInstanceUid(uid(header, Tag.StudyInstanceUID));
    var series = new SeriesInstanceUid(uid(header, Tag.SeriesInstanceUID));
    if (sopClass.value().value().equals(Uids.MediaStorageDirectoryStorage)) {
      throw new RefusedException(RefusalReason.NOT_STORABLE);
    }
    if (differs(incoming.claimedClass(), sopClass)) {
      throw new RefusedException(RefusalReason.CLASS_MISMATCH);
    }
    if (differs(incoming.claimedInstance(), instance)) {
      throw new RefusedException(RefusalReason.INSTANCE_MISMATCH);
    }
    return InstanceSummary.of(study, series, instance, sopClass, header);
  }

  private static boolean differs(@Nullable Object claimed, Object found) {
    return claimed != null && !claimed.equals(found);
  }

  private static Uid uid(Dataset header, int tag) throws RefusedException {
    String value = header.string(tag, "");
    if (value.isEmpty()) {
      throw new RefusedException(RefusalReason.MISSING_UID);
    }
    if (!Uid.isValid(value)) {
      throw new RefusedException(RefusalReason.INVALID_UID);
    }
    return new Uid(value);
  }

  /**
   * What the head must say was known only after the data set: the sender claimed nothing, or what
   * it said is not so. The data set is copied behind a new head.
   */
  private Received withOwnHead(Received received) throws IOException {
    InstanceSummary summary = received.summary();
    byte[] head = head(summary.sopClass(), summary.instance(), received.transferSyntax());
    StagingFile copy = create(head);
    try (var old = received.staged();
        var in = Files.newInputStream(old.path())) {
      in.skipNBytes(received.datasetOffset());
      var buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        copy.write(buffer, 0, n);
      }
      return received.movedTo(copy, head.length);
    } catch (IOException e) {
      copy.close();
      throw new StagingFailedException(e);
    }
  }

  private static byte[] head(
      SopClassUid sopClass, SopInstanceUid instance, TransferSyntaxUid syntax) throws IOException {
    var bytes = new ByteArrayOutputStream();
    DicomWriter.writeFileMeta(
        bytes, DicomWriter.fileMeta(sopClass, instance, syntax), TransferSyntax.of(syntax));
    return bytes.toByteArray();
  }
}
