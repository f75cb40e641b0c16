package org.heliograph.node.prepare;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions.Verification;
import org.heliograph.dicom.pixel.transcode.Transcoder;
import org.heliograph.dicom.pixel.transcode.Transcoding;

/**
 * Makes native images smaller by JPEG-LS. What is compressed already, or was lossy once, is left
 * alone. Without loss, the new file is read again from the disk, each frame decoded and held
 * against the original, and so is the header; else the original stays.
 */
final class Recompression {
  private static final int FRAMES_IN_MEMORY_BYTES = 1 << 20;

  private Recompression() {}

  /**
   * A new file.
   *
   * @param dataset of it, without group 0002
   * @param pixelDigest of all frames, decoded, little endian
   */
  record Recoded(TransferSyntax syntax, FileDigest dataset, String pixelDigest) {}

  /**
   * Writes the object anew if that is smaller.
   *
   * @param datasetBytes of the original
   * @return nothing if it stays as it is; the file may then be there or not
   */
  static Optional<Recoded> lossless(StoredObject original, long datasetBytes, Path newFile)
      throws IOException {
    if (!isNative(original)) {
      return Optional.empty();
    }
    Transcoder transcoder = new Transcoder(options(newFile).with(Verification.NONE));
    TransferSyntax jpegLs = TransferSyntax.of(Uids.JpegLsLossless);
    FileDigest written;
    try (Transcoding done = transcoder.transcode(original.object(), original.source(), jpegLs)) {
      if (!(done instanceof Transcoding.Transcoded transcoded)) {
        return Optional.empty();
      }
      written = write(transcoded, newFile);
    }
    if (written.lengthBytes() >= datasetBytes) {
      return Optional.empty();
    }
    String pixels = pixelDigest(original.frames());
    try (StoredObject again = StoredObject.open(newFile, Targets.folderOf(newFile))) {
      boolean same =
          FileDigest.measureDataset(newFile).equals(written)
              && again.object().transferSyntax().uid().equals(jpegLs.uid())
              && SameHeader.of(original, again)
              && pixelDigest(again.frames()).equals(pixels);
      return same ? Optional.of(new Recoded(jpegLs, written, pixels)) : Optional.empty();
    }
  }

  /** Frames wait in the folder of the new file, which is on the spool's disk, not in memory. */
  private static TranscodeOptions options(Path newFile) {
    return TranscodeOptions.defaults()
        .with(StoredObject.limits())
        .withSpool(Targets.folderOf(newFile), FRAMES_IN_MEMORY_BYTES);
  }

  static boolean isNative(StoredObject object) {
    boolean plain =
        switch (object.object().transferSyntax().uid()) {
          case Uids.ImplicitVrLittleEndian,
              Uids.ExplicitVrLittleEndian,
              Uids.ExplicitVrBigEndian,
              Uids.DeflatedExplicitVrLittleEndian ->
              true;
          default -> false;
        };
    return plain && object.object().dataset().contains(Tag.PixelData);
  }

  private static FileDigest write(Transcoding.Transcoded transcoded, Path file) throws IOException {
    MessageDigest digest = FileDigest.newSha256();
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writeFileMeta(out, transcoded.fileMeta(), transcoded.transferSyntax());
      long[] count = new long[1];
      transcoded.writeDataset(
          new DigestOutputStream(out, digest) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
              super.write(bytes, from, length);
              count[0] += length;
            }

            @Override
            public void write(int b) throws IOException {
              super.write(b);
              count[0]++;
            }
          });
      return new FileDigest(FileDigest.hex(digest), count[0]);
    }
  }

  /** SHA-256 of all frames' cells, decoded. */
  static String pixelDigest(FrameReader frames) throws IOException {
    MessageDigest digest = FileDigest.newSha256();
    for (int i = 0; i < frames.frameCount(); i++) {
      frames.storedRows(i, digest::update);
    }
    return FileDigest.hex(digest);
  }
}
