package org.heliograph.archive.retrieve;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.BoundedInputStream;
import org.heliograph.archive.catalog.CorrectedPatient;
import org.heliograph.archive.catalog.Headers;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.retrieve.FrameLocations.Location;
import org.heliograph.archive.retrieve.FrameLocations.Range;
import org.heliograph.archive.retrieve.JoinedInputStream.Part;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.TransferSyntax;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives stored instances back as they came, but for a patient that a person corrected. Everything
 * is streamed from the blob store; access is the caller's matter.
 */
public final class Retrieve {
  private final BlobStore blobs;
  private final Headers headers;
  private final FrameLocations frames;

  public Retrieve(BlobStore blobs, Headers headers, JdbcClient jdbc) {
    this.blobs = blobs;
    this.headers = headers;
    this.frames = new FrameLocations(jdbc);
  }

  /** The instance as a Part 10 file; its patient is the one that {@link Headers} show too. */
  public InputStream partTen(StoredInstance instance) throws IOException {
    CorrectedPatient patient = instance.corrected();
    if (patient == null) {
      return blobs.open(instance.blob());
    }
    CorrectedObject corrected = corrected(instance, patient);
    return new JoinedInputStream(
        List.of(() -> blobs.open(instance.blob(), 0, instance.datasetOffset()), corrected::open));
  }

  /** The data set alone, encoded as {@link StoredInstance#transferSyntax()} says. */
  public InputStream dataset(StoredInstance instance) throws IOException {
    return datasetSource(instance).open();
  }

  /** The same with its length, opened as often as one wants. */
  public DatasetSource datasetSource(StoredInstance instance) throws IOException {
    CorrectedPatient patient = instance.corrected();
    if (patient == null) {
      return new Source(
          instance.blobBytes() - instance.datasetOffset(), () -> storedDataset(instance));
    }
    CorrectedObject corrected = corrected(instance, patient);
    return new Source(corrected.length(), corrected::open);
  }

  private record Source(long length, Part part) implements DatasetSource {
    @Override
    public InputStream open() throws IOException {
      return part.open();
    }

    @Override
    public String toString() {
      return "Source[" + length + "]";
    }
  }

  /**
   * The data set byte by byte as it was received, also of a patient that was corrected: for what
   * reads it together with {@link #bulkData}, whose ranges are of these bytes.
   */
  public InputStream storedDataset(StoredInstance instance) throws IOException {
    return new BufferedInputStream(
        blobs.open(
            instance.blob(),
            instance.datasetOffset(),
            instance.blobBytes() - instance.datasetOffset()));
  }

  private CorrectedObject corrected(StoredInstance instance, CorrectedPatient patient)
      throws IOException {
    return CorrectedObject.of(
        storedDataset(instance),
        TransferSyntax.of(instance.transferSyntax()),
        patient,
        (offset, length) -> bulkData(instance, offset, length));
  }

  /**
   * The header as one DICOM JSON object (PS3.18 Annex F).
   *
   * @param instanceUri the instance's address; bulk data is named below it
   */
  public String metadata(StoredInstance instance, String instanceUri) {
    return headers.json(instance, instanceUri);
  }

  /** The same of many, in their order; one whose row has gone meanwhile is left out. */
  public void metadata(
      List<StoredInstance> instances,
      Function<StoredInstance, String> instanceUri,
      Headers.HeaderTaker taker)
      throws IOException {
    headers.json(instances, instanceUri, taker);
  }

  /** The header; values left in the blob are absent. */
  public Dataset header(StoredInstance instance) {
    return headers.dataset(instance);
  }

  /**
   * One frame as it is stored: for native pixel data its own bytes, for encapsulated pixel data its
   * fragments one after the other.
   *
   * @param frame counted from 1
   */
  public StoredFrame frame(StoredInstance instance, int frame) throws NoSuchFrameException {
    Location location =
        frames
            .find(instance, frame)
            .orElseThrow(() -> new NoSuchFrameException(frame, instance.numberOfFrames()));
    return new StoredFrame() {
      @Override
      public long byteCount() {
        return location.byteCount();
      }

      @Override
      public InputStream open() throws IOException {
        InputStream raw = openAll(instance, location.ranges());
        return location.skipBits() == 0
            ? raw
            : new BitShiftedInputStream(
                new BufferedInputStream(raw), location.skipBits(), location.bits());
      }
    };
  }

  /**
   * A range of the data set, as named by a BulkDataURI.
   *
   * @throws IndexOutOfBoundsException it is not wholly inside
   */
  public InputStream bulkData(StoredInstance instance, long offset, long byteCount)
      throws IOException {
    return openRange(instance, new Range(offset, byteCount));
  }

  private InputStream openAll(StoredInstance instance, List<Range> ranges) throws IOException {
    return ranges.size() == 1
        ? openRange(instance, ranges.getFirst())
        : new JoinedInputStream(
            ranges.stream().<Part>map(range -> () -> openRange(instance, range)).toList());
  }

  private InputStream openRange(StoredInstance instance, Range range) throws IOException {
    if (TransferSyntax.of(instance.transferSyntax()).deflated()) {
      return openInflated(instance, range);
    }
    long datasetBytes = instance.blobBytes() - instance.datasetOffset();
    if (range.offset() < 0 || range.offset() > datasetBytes - range.byteCount()) {
      throw new IndexOutOfBoundsException("range leaves the data set of " + datasetBytes);
    }
    return blobs.open(
        instance.blob(), instance.datasetOffset() + range.offset(), range.byteCount());
  }

  /** Deflated data sets have no random access; they are read from their start. */
  private InputStream openInflated(StoredInstance instance, Range range) throws IOException {
    var inflater = new Inflater(true);
    var in =
        new InflaterInputStream(storedDataset(instance), inflater) {
          @Override
          public void close() throws IOException {
            super.close();
            inflater.end();
          }
        };
    try {
      in.skipNBytes(range.offset());
    } catch (EOFException e) {
      in.close();
      throw new IndexOutOfBoundsException("range leaves the inflated data set");
    }
    return new BoundedInputStream(in, range.byteCount());
  }
}
