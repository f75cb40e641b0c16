package org.heliograph.node.query;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.net.dimse.StoredInstance;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions.LossySource;
import org.heliograph.dicom.pixel.transcode.Transcoder;
import org.heliograph.dicom.pixel.transcode.Transcoding;
import org.jspecify.annotations.Nullable;

/**
 * Brings an instance into a transfer syntax that a receiver takes, without further loss: a
 * compressed image is decoded, or compressed losslessly otherwise. The result waits in a temporary
 * file until the next instance.
 */
final class Conversions implements Closeable {
  /** What is tried, the smallest first that hardly anyone lacks. */
  private static final List<String> PREFERRED =
      List.of(
          Uids.ExplicitVrLittleEndian,
          Uids.ImplicitVrLittleEndian,
          Uids.ExplicitVrBigEndian,
          Uids.JpegLsLossless,
          Uids.RleLossless);

  private static final Transcoder TRANSCODER =
      new Transcoder(TranscodeOptions.defaults().with(LossySource.DECODE));

  private @Nullable Path file;

  @Nullable StoredInstance convert(StoredInstance instance, Set<TransferSyntaxUid> accepted)
      throws IOException {
    TransferSyntax from = TransferSyntax.of(instance.transferSyntax());
    for (String uid : PREFERRED) {
      TransferSyntax to = TransferSyntax.of(uid);
      if (accepted.contains(TransferSyntaxUid.of(uid)) && Transcoder.supports(from, to)) {
        StoredInstance converted = converted(instance, from, to);
        if (converted != null) {
          return converted;
        }
      }
    }
    return null;
  }

  private @Nullable StoredInstance converted(
      StoredInstance instance, TransferSyntax from, TransferSyntax to) throws IOException {
    Dataset dataset;
    try (InputStream in = new BufferedInputStream(instance.dataset().open())) {
      dataset = DicomReader.readDataset(in, from, ReadOptions.defaults()).dataset();
    }
    Dataset meta =
        DicomWriter.fileMeta(instance.sopClass(), instance.sopInstance(), from.transferSyntaxUid());
    BulkSource bulk = (offset, length) -> at(instance.dataset(), offset);
    try (Transcoding result =
        TRANSCODER.transcode(new ParsedObject(meta, from, dataset, List.of()), bulk, to)) {
      if (!(result instanceof Transcoding.Transcoded transcoded)) {
        return null;
      }
      close();
      Path spool = Files.createTempFile("heliograph-retrieve-", ".tmp");
      file = spool;
      try (var out = new BufferedOutputStream(Files.newOutputStream(spool))) {
        transcoded.writeDataset(out);
      }
      return new StoredInstance(
          instance.sopClass(),
          instance.sopInstance(),
          to.transferSyntaxUid(),
          DatasetSource.of(spool));
    }
  }

  private static InputStream at(DatasetSource source, long offset) throws IOException {
    InputStream in = source.open();
    try {
      in.skipNBytes(offset);
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    Path spool = file;
    file = null;
    if (spool != null) {
      Files.deleteIfExists(spool);
    }
  }
}
