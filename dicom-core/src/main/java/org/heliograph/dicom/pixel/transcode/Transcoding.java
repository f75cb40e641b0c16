package org.heliograph.dicom.pixel.transcode;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;

/** What came of the wish for another transfer syntax. Close it: frames may wait in a file. */
public sealed interface Transcoding extends Closeable {

  /** How much of the pixels is in the answer. */
  enum Fidelity {
    /** Pixel data as it was, at most with its bytes swapped. */
    UNTOUCHED,
    /** Encoded otherwise, bit by bit the same samples. */
    LOSSLESS,
    /** A derived instance with another SOP Instance UID. */
    LOSSY
  }

  /** Why an object stays as it is. */
  enum Reason {
    /** Its pixel data has no decoder here (HTJ2K, video, JPIP, retired processes). */
    SOURCE_NOT_DECODED,
    /** There is no encoder for the wanted transfer syntax. */
    TARGET_NOT_ENCODED,
    /** The wanted encoding cannot hold such samples, or not so many. */
    SAMPLES_DO_NOT_FIT,
    /** It has no pixel data, and the wanted transfer syntax is only for those that have. */
    NO_PIXEL_DATA,
    /** It is lossy already, and {@link TranscodeOptions} do not allow to decode it. */
    LOSSY_SOURCE,
    /** The wanted encoding is lossy, and {@link TranscodeOptions} do not allow it. */
    LOSSY_TARGET,
    /** Compressed pixel data within a sequence, such as an icon's. */
    NESTED_PIXEL_DATA,
    /** The pixel data contradicts its description, or a limit. */
    DAMAGED,
    /** A frame did not come back as it went in: a fault of this library. */
    NOT_VERIFIED
  }

  @Override
  void close() throws IOException;

  /**
   * The object in the wanted transfer syntax, ready to be written any number of times until closed.
   *
   * @param fileMeta group 0002 for it
   * @param source where its bulk values lie
   */
  record Transcoded(
      Dataset fileMeta,
      TransferSyntax transferSyntax,
      Dataset dataset,
      BulkSource source,
      Fidelity fidelity,
      Closeable spool)
      implements Transcoding {

    public void writePart10(OutputStream out) throws IOException {
      DicomWriter.writePart10(out, fileMeta, transferSyntax, dataset, source);
    }

    /** Without file meta information, as a C-STORE carries it. */
    public void writeDataset(OutputStream out) throws IOException {
      DicomWriter.writeDataset(out, transferSyntax, dataset, source);
    }

    @Override
    public void close() throws IOException {
      spool.close();
    }
  }

  /**
   * The object stays as it is.
   *
   * @param detail sizes and encodings, never content
   */
  record NotTranscoded(Reason reason, String detail) implements Transcoding {
    @Override
    public void close() {}
  }
}
