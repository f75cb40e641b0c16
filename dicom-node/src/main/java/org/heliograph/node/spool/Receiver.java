package org.heliograph.node.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.node.storage.StoreOutcome;

/**
 * Takes a data set from a stream into a Part 10 file: our own file meta information behind an empty
 * preamble (PS3.10 7.5), then the data set as it comes. Who it is, is read from the data set.
 */
final class Receiver {
  private static final int BUFFER_BYTES = 128 * 1024;
  private static final long MAX_HEADER_BYTES = 4L << 20;

  /** The whole data set; long values are not kept. */
  static final ReadOptions ALL =
      ReadOptions.defaults()
          .withPixelDataInSource()
          .withMaxInMemoryValueBytes(4096)
          .withMaxTotalInMemoryBytes(MAX_HEADER_BYTES);

  /** Of a header beyond that only the beginning is looked at: the UIDs are there. */
  private static final ReadOptions UIDS = ALL.withStopBefore(Tag.SeriesInstanceUID + 1);

  private final Folders folders;
  private final DurableFiles files;
  private final Space space;

  Receiver(Folders folders, DurableFiles files, Space space) {
    this.folders = folders;
    this.files = files;
    this.space = space;
  }

  /**
   * Reads a data set to its end.
   *
   * @param sopClass what the request or the file's head says
   * @param mustMatch whether the data set is refused if it says otherwise
   * @return to be closed by the caller
   * @throws StorageFailedException our disk did not take it
   * @throws IOException the stream failed
   */
  Received receive(
      InputStream dataset,
      TransferSyntaxUid syntax,
      String sopClass,
      String sopInstance,
      boolean mustMatch)
      throws IOException, RefusedException {
    byte[] head =
        Uid.isValid(sopClass) && Uid.isValid(sopInstance)
            ? head(sopClass, sopInstance, syntax.value().value())
            : new byte[0];
    UUID id = UUID.randomUUID();
    IncomingFile file = IncomingFile.create(files, folders.incoming(id));
    try {
      file.write(head);
      var stream = new ReceivingStream(dataset, file, space, new byte[BUFFER_BYTES]);
      ParsedObject parsed = parse(stream, TransferSyntax.of(syntax), file, head.length);
      stream.readToEnd();
      Received received =
          received(id, file, parsed, stream.digest(), stream.byteCount(), head.length);
      boolean sameInstance = received.sopInstance().equals(sopInstance);
      boolean sameClass = received.sopClass().equals(sopClass);
      if (mustMatch && !(sameInstance && sameClass)) {
        throw new RefusedException(
            new StoreOutcome.DoesNotMatchSopClass(
                sameClass
                    ? "Data set does not match SOP Instance"
                    : "Data set does not match SOP Class"));
      }
      boolean headIsRight =
          sameInstance && sameClass && received.syntax().equals(syntax.value().value());
      return headIsRight ? received : withOwnHead(received);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  private static ParsedObject parse(
      ReceivingStream stream, TransferSyntax syntax, IncomingFile file, int headBytes)
      throws IOException, RefusedException {
    try {
      return DicomReader.readDataset(stream, syntax, ALL);
    } catch (DicomFormatException e) {
      stream.readToEnd();
      if (e.code() != DicomFormatException.Code.TOO_LARGE) {
        throw refused(e);
      }
    }
    try (InputStream again = Files.newInputStream(file.path())) {
      again.skipNBytes(headBytes);
      return DicomReader.readDataset(again, syntax, UIDS);
    } catch (DicomFormatException e) {
      throw refused(e);
    }
  }

  private static RefusedException refused(DicomFormatException e) {
    return RefusedException.cannotUnderstand(
        e.code() == DicomFormatException.Code.TRUNCATED
            ? "Data set ends too early"
            : "Data set cannot be understood");
  }

  private static Received received(
      UUID id, IncomingFile file, ParsedObject parsed, String digest, long byteCount, int headBytes)
      throws RefusedException {
    Dataset header = parsed.dataset();
    String sopClass = uid(header, Tag.SOPClassUID);
    if (sopClass.equals(Uids.MediaStorageDirectoryStorage)) {
      throw RefusedException.cannotUnderstand("SOP Class is not storable");
    }
    return new Received(
        id,
        file,
        uid(header, Tag.SOPInstanceUID),
        sopClass,
        uid(header, Tag.StudyInstanceUID),
        uid(header, Tag.SeriesInstanceUID),
        parsed.transferSyntax().uid(),
        digest,
        byteCount,
        headBytes);
  }

  private static String uid(Dataset header, int tag) throws RefusedException {
    String value = header.string(tag, "");
    if (!Uid.isValid(value)) {
      throw RefusedException.cannotUnderstand(
          value.isEmpty() ? "A required UID is missing" : "A required UID is not valid");
    }
    return value;
  }

  /** What the head must say was known only after the data set. */
  private Received withOwnHead(Received received) throws IOException {
    byte[] head = head(received.sopClass(), received.sopInstance(), received.syntax());
    UUID id = UUID.randomUUID();
    IncomingFile copy = IncomingFile.create(files, folders.incoming(id));
    try (received;
        InputStream in = Files.newInputStream(received.file().path())) {
      copy.write(head);
      in.skipNBytes(received.headBytes());
      var buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        copy.write(buffer, 0, n);
      }
    } catch (IOException e) {
      copy.close();
      throw e instanceof StorageFailedException ? e : new StorageFailedException(e);
    }
    return new Received(
        id,
        copy,
        received.sopInstance(),
        received.sopClass(),
        received.study(),
        received.series(),
        received.syntax(),
        received.digest(),
        received.datasetBytes(),
        head.length);
  }

  private static byte[] head(String sopClass, String sopInstance, String syntax)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    DicomWriter.writeFileMeta(
        bytes,
        DicomWriter.fileMeta(
            SopClassUid.of(sopClass), SopInstanceUid.of(sopInstance), TransferSyntaxUid.of(syntax)),
        TransferSyntax.of(syntax));
    return bytes.toByteArray();
  }
}
