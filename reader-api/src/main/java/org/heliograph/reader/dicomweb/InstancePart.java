package org.heliograph.reader.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.CorrectedPatient;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions.LossySource;
import org.heliograph.dicom.pixel.transcode.Transcoder;
import org.heliograph.dicom.pixel.transcode.Transcoding;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/** An instance as a Part 10 file: as it is stored, or brought to another transfer syntax. */
final class InstancePart implements MultipartRelated.Part {
  private static final Turns TRANSCODERS = new Turns(4, "the picture decoders");

  private final Archive archive;
  private final StoredInstance instance;
  private final TransferSyntax target;
  private final boolean orAsStored;
  private boolean asStored;

  InstancePart(Archive archive, StoredInstance instance, InstanceAnswer answer) {
    this.archive = archive;
    this.instance = instance;
    this.target = answer.targetOrDefault();
    this.orAsStored = answer.orAsStored();
    this.asStored = answer.asStored(instance);
  }

  /** What it is in once it is opened. */
  @Override
  public String contentType() {
    String syntax = asStored ? instance.transferSyntax().value().value() : target.uid();
    return InstanceAnswer.DICOM + "; transfer-syntax=" + syntax;
  }

  @Override
  public long byteCount() {
    return asStored && instance.corrected() == null
        ? instance.blobBytes()
        : MultipartRelated.UNKNOWN;
  }

  @Override
  public MultipartRelated.Source open() throws IOException {
    if (asStored) {
      return MultipartRelated.Source.of(archive.retrieve().partTen(instance));
    }
    Transcoding made = transcode();
    return switch (made) {
      case Transcoding.Transcoded done -> new Made(done);
      case Transcoding.NotTranscoded _ when orAsStored -> {
        asStored = true;
        yield MultipartRelated.Source.of(archive.retrieve().partTen(instance));
      }
      case Transcoding.NotTranscoded _ ->
          throw new ProblemException(ProblemCode.TRANSFER_SYNTAX_NOT_AVAILABLE);
    };
  }

  private record Made(Transcoding.Transcoded transcoded) implements MultipartRelated.Source {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      transcoded.writePart10(out);
    }

    @Override
    public void close() throws IOException {
      transcoded.close();
    }
  }

  private Transcoding transcode() throws IOException {
    TRANSCODERS.acquire();
    try {
      TransferSyntax from = TransferSyntax.of(instance.transferSyntax());
      ParsedObject object;
      try (InputStream in = archive.retrieve().storedDataset(instance)) {
        ParsedObject read =
            DicomReader.readDataset(in, from, ReadOptions.defaults().withPixelDataInSource());
        object =
            new ParsedObject(
                DicomWriter.fileMeta(
                    instance.sopClass(), instance.instance(), instance.transferSyntax()),
                read.transferSyntax(),
                corrected(read.dataset()),
                List.of());
      }
      BulkSource source = (offset, length) -> archive.retrieve().bulkData(instance, offset, length);
      var options =
          TranscodeOptions.defaults().with(orAsStored ? LossySource.REFUSE : LossySource.DECODE);
      return new Transcoder(options).transcode(object, source, target);
    } finally {
      TRANSCODERS.release();
    }
  }

  private Dataset corrected(Dataset stored) {
    CorrectedPatient patient = instance.corrected();
    return patient == null ? stored : patient.applyTo(stored);
  }
}
