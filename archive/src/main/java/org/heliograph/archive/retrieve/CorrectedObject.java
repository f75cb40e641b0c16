package org.heliograph.archive.retrieve;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;
import org.heliograph.archive.catalog.CorrectedPatient;
import org.heliograph.archive.retrieve.JoinedInputStream.Part;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DatasetPieces;
import org.heliograph.dicom.io.DatasetPieces.Piece;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;

/**
 * A stored data set with the patient that a person said it is of, in the syntax it is stored in.
 * The header is written anew; pixel data and other long values are streamed from where they lie.
 */
final class CorrectedObject {
  private final TransferSyntax syntax;
  private final List<Piece> pieces;
  private final BulkSource stored;

  private CorrectedObject(TransferSyntax syntax, List<Piece> pieces, BulkSource stored) {
    this.syntax = syntax;
    this.pieces = pieces;
    this.stored = stored;
  }

  /**
   * @param dataset the stored data set; closed here
   * @param stored gives ranges of it, of a deflated one after inflating
   */
  static CorrectedObject of(
      InputStream dataset, TransferSyntax syntax, CorrectedPatient patient, BulkSource stored)
      throws IOException {
    Dataset header;
    try (dataset) {
      header =
          DicomReader.readDataset(dataset, syntax, ReadOptions.defaults().withPixelDataInSource())
              .dataset();
    }
    return new CorrectedObject(syntax, DatasetPieces.of(syntax, patient.applyTo(header)), stored);
  }

  /** How many bytes {@link #open} gives; a deflated object is deflated to know it. */
  long length() throws IOException {
    if (syntax.deflated()) {
      try (InputStream in = open()) {
        return in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return pieces.stream().mapToLong(Piece::length).sum();
  }

  InputStream open() throws IOException {
    InputStream plain =
        new JoinedInputStream(pieces.stream().<Part>map(piece -> () -> open(piece)).toList());
    return syntax.deflated() ? deflated(plain) : plain;
  }

  private InputStream open(Piece piece) throws IOException {
    return switch (piece) {
      case DatasetPieces.Made made -> made.open();
      case DatasetPieces.Range range -> stored.open(range.offset(), range.length());
    };
  }

  /** Padded to an even length (PS3.5 A.5). */
  private static InputStream deflated(InputStream plain) {
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    var bytes =
        new DeflaterInputStream(new BufferedInputStream(plain), deflater) {
          @Override
          public void close() throws IOException {
            super.close();
            deflater.end();
          }
        };
    return new FilterInputStream(bytes) {
      private long count;
      private boolean ended;

      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int n = ended ? -1 : super.read(target, offset, length);
        if (n >= 0) {
          count += n;
          return n;
        }
        ended = true;
        if ((count & 1) == 0) {
          return -1;
        }
        count++;
        target[offset] = 0;
        return 1;
      }
    };
  }
}
