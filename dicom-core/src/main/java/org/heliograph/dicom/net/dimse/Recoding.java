package org.heliograph.dicom.net.dimse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * Converts between Implicit and Explicit VR Little Endian, which leaves the bytes of pixel data as
 * they are, so that they flow from their source.
 */
final class Recoding {
  private static final List<TransferSyntax> LITTLE_ENDIAN =
      List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);

  private Recoding() {}

  /** The instance in one of the syntaxes, or null if that takes more than another VR encoding. */
  static @Nullable StoredInstance recode(StoredInstance instance, Set<TransferSyntaxUid> accepted)
      throws IOException {
    var from = TransferSyntax.of(instance.transferSyntax());
    if (!LITTLE_ENDIAN.contains(from)) {
      return null;
    }
    for (var to : LITTLE_ENDIAN) {
      if (accepted.contains(to.transferSyntaxUid())) {
        return new StoredInstance(
            instance.sopClass(),
            instance.sopInstance(),
            to.transferSyntaxUid(),
            of(instance.dataset(), from, to));
      }
    }
    return null;
  }

  /** Bytes of another source. */
  private record Stretch(DatasetSource source, long offset, long length) implements DatasetSource {
    @Override
    public InputStream open() throws IOException {
      return new BoundedInputStream(at(source, offset), length);
    }
  }

  private static DatasetSource of(DatasetSource source, TransferSyntax from, TransferSyntax to)
      throws IOException {
    Dataset dataset;
    try (var in = source.open()) {
      dataset = DicomReader.readDataset(in, from, ReadOptions.defaults()).dataset();
    }
    var parts = new ArrayList<DatasetSource>();
    BulkSource bulk = (offset, length) -> at(source, offset);
    var run = Dataset.builder();
    for (var element : dataset) {
      if (element instanceof BulkElement large) {
        parts.add(bytes(run.build(), to, bulk));
        run = Dataset.builder();
        parts.add(header(large, to));
        parts.add(new Stretch(source, large.offset(), large.length()));
        if ((large.length() & 1) != 0) {
          parts.add(DatasetSource.of(new byte[1]));
        }
      } else {
        run.element(element);
      }
    }
    parts.add(bytes(run.build(), to, bulk));
    return new Joined(List.copyOf(parts));
  }

  private static DatasetSource bytes(Dataset run, TransferSyntax to, BulkSource bulk)
      throws IOException {
    var out = new ByteArrayOutputStream();
    DicomWriter.writeDataset(out, to, run, bulk);
    return DatasetSource.of(out.toByteArray());
  }

  private static DatasetSource header(BulkElement element, TransferSyntax to) {
    var header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort((short) (element.tag() >>> 16)).putShort((short) element.tag());
    if (to.explicitVr()) {
      // a value too long for memory is too long for a two-byte length
      var name = (element.vr().hasShortLength() ? "UN" : element.vr().name());
      header.put((byte) name.charAt(0)).put((byte) name.charAt(1)).putShort((short) 0);
    }
    header.putInt((int) ((element.length() + 1) & ~1L));
    var bytes = new byte[header.position()];
    header.flip().get(bytes);
    return DatasetSource.of(bytes);
  }

  private static InputStream at(DatasetSource source, long offset) throws IOException {
    var in = source.open();
    try {
      in.skipNBytes(offset);
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** The parts one after the other. */
  private record Joined(List<DatasetSource> parts) implements DatasetSource {
    @Override
    public InputStream open() throws IOException {
      var streams = new ArrayList<InputStream>(parts.size());
      try {
        for (var part : parts) {
          streams.add(part.open());
        }
      } catch (IOException e) {
        for (var stream : streams) {
          stream.close();
        }
        throw e;
      }
      return new SequenceInputStream(Collections.enumeration(streams));
    }

    @Override
    public long length() throws IOException {
      var sum = 0L;
      for (var part : parts) {
        sum += part.length();
      }
      return sum;
    }
  }
}
