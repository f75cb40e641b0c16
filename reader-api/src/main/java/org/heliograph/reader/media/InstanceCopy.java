package org.heliograph.reader.media;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.NoSuchBlobException;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.integrity.DigestCheck;
import org.heliograph.archive.integrity.StoredDigest;
import org.heliograph.archive.retrieve.Retrieve;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.deid.DeidentificationResult;
import org.heliograph.dicom.deid.Deidentifier;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions;
import org.heliograph.dicom.pixel.transcode.Transcoder;
import org.heliograph.dicom.pixel.transcode.Transcoding;

/**
 * Writes one stored instance into a new file, de-identified and recoded as the settings say, and
 * compares its digest on the way. The file is forced to the disk.
 */
final class InstanceCopy {
  /** An inflated data set has no file that its values could be left in. */
  private static final int MOST_INFLATED_BYTES = 256 << 20;

  private final Retrieve retrieve;
  private final BlobStore blobs;
  private final ExportSettings settings;
  private final Transcoder transcoder;

  InstanceCopy(Retrieve retrieve, BlobStore blobs, ExportSettings settings, Path folder) {
    this.retrieve = retrieve;
    this.blobs = blobs;
    this.settings = settings;
    this.transcoder = new Transcoder(TranscodeOptions.defaults().withSpool(folder, 16 << 20));
  }

  /** Writes it; unless the outcome is fine, the file is of no use. */
  ExportOutcome write(StoredInstance instance, Path file) throws IOException {
    if (settings.isAsStored()) {
      return copy(instance, file);
    }
    Path source = file.resolveSibling(file.getFileName() + ".source");
    try {
      ExportOutcome copied = copy(instance, source);
      return copied.isFine() ? change(source, file) : copied;
    } finally {
      Files.deleteIfExists(source);
    }
  }

  private ExportOutcome copy(StoredInstance instance, Path file) throws IOException {
    MessageDigest digest = sha256();
    try (FileChannel channel = create(file);
        OutputStream out = Channels.newOutputStream(channel);
        InputStream in = retrieve.partTen(instance)) {
      byte[] head = in.readNBytes(instance.datasetOffset());
      out.write(head);
      in.transferTo(new DigestOutputStream(out, digest));
      channel.force(true);
    } catch (NoSuchBlobException _) {
      return ExportOutcome.DAMAGED;
    }
    boolean same = HexFormat.of().formatHex(digest.digest()).equals(instance.digest());
    // Bytes may be other than those stored only where the archive changed them itself.
    return same || (isSound(instance) && isWhole(instance, file))
        ? ExportOutcome.WRITTEN
        : ExportOutcome.DAMAGED;
  }

  private boolean isSound(StoredInstance instance) throws IOException {
    StoredDigest expected =
        new StoredDigest(
            instance.blob(),
            instance.id(),
            StoredDigest.Phase.INSTANCE,
            instance.siteId(),
            instance.blobBytes(),
            HexFormat.of().parseHex(instance.digest()),
            instance.datasetOffset());
    try (InputStream in = blobs.open(instance.blob())) {
      return DigestCheck.read(in, expected, DigestCheck.Sink.NONE).isEmpty();
    }
  }

  /** Read to its end without a fault, and of the instance that it should be of. */
  private static boolean isWhole(StoredInstance instance, Path file) {
    try {
      ParsedObject read =
          DicomReader.readPart10(file, ReadOptions.defaults().withPixelDataInSource());
      return read.dataset()
          .string(Tag.SOPInstanceUID, "")
          .equals(instance.instance().value().value());
    } catch (IOException e) {
      return false;
    }
  }

  private ExportOutcome change(Path from, Path file) throws IOException {
    ParsedObject object =
        DicomReader.readPart10(from, ReadOptions.defaults().withPixelDataInSource());
    BulkSource source = BulkSource.of(from);
    if (object.transferSyntax().deflated()) {
      object = DicomReader.readPart10(from, ReadOptions.inMemory(MOST_INFLATED_BYTES));
      source = BulkSource.NONE;
    }
    Deidentifier deidentifier = settings.deidentifier();
    if (deidentifier != null) {
      switch (deidentifier.deidentify(object.dataset())) {
        case DeidentificationResult.Refused _ -> {
          return ExportOutcome.REFUSED;
        }
        case DeidentificationResult.Deidentified clean -> object = with(object, clean.dataset());
      }
    }
    return recode(object, source, file);
  }

  private ExportOutcome recode(ParsedObject object, BulkSource source, Path file)
      throws IOException {
    TransferSyntax wanted = settings.syntax();
    if (wanted == null || wanted.uid().equals(object.transferSyntax().uid())) {
      write(object, source, file);
      return ExportOutcome.WRITTEN;
    }
    try (Transcoding result = transcoder.transcode(object, source, wanted)) {
      switch (result) {
        case Transcoding.Transcoded done -> {
          try (FileChannel channel = create(file);
              OutputStream out =
                  new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            done.writePart10(out);
            out.flush();
            channel.force(true);
          }
          return ExportOutcome.WRITTEN;
        }
        case Transcoding.NotTranscoded _ -> {
          write(object, source, file);
          return ExportOutcome.LEFT_IN_SYNTAX;
        }
      }
    }
  }

  private static void write(ParsedObject object, BulkSource source, Path file) throws IOException {
    try (FileChannel channel = create(file);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
      DicomWriter.writePart10(
          out, object.fileMeta(), object.transferSyntax(), object.dataset(), source);
      out.flush();
      channel.force(true);
    }
  }

  private static ParsedObject with(ParsedObject object, Dataset dataset) {
    return new ParsedObject(
        DicomWriter.fileMeta(dataset, object.transferSyntax()),
        object.transferSyntax(),
        dataset,
        object.warnings());
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
