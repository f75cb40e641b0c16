package org.heliograph.archive.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.jspecify.annotations.Nullable;

/**
 * Finds where each frame lies (PS3.5 8.2, A.4). Objects without pixel data, and those whose
 * fragments cannot be told apart into frames, have no table: they are stored and given back whole.
 */
final class FrameTables implements AutoCloseable {
  private static final int PLANES_422 = 2;

  private final Path path;
  private final long datasetOffset;
  private @Nullable FileChannel opened;

  /**
   * @param path the staged file, for offset tables that were left in it
   */
  FrameTables(Path path, long datasetOffset) {
    this.path = path;
    this.datasetOffset = datasetOffset;
  }

  @Nullable FrameTable of(Dataset header, TransferSyntax syntax)
      throws IOException, RefusedException {
    Optional<Element> pixels =
        Stream.of(Tag.PixelData, Tag.FloatPixelData, Tag.DoubleFloatPixelData)
            .flatMap(tag -> header.get(tag).stream())
            .findFirst();
    if (pixels.isEmpty()) {
      return null;
    }
    int frames = Math.max(1, header.integer(Tag.NumberOfFrames, 1));
    return switch (pixels.get()) {
      case BulkElement bulk -> nativeFrames(header, frames, bulk);
      case EncapsulatedElement encapsulated ->
          encapsulatedFrames(header, frames, encapsulated, syntax);
      default -> null;
    };
  }

  private static @Nullable FrameTable nativeFrames(Dataset header, int frames, BulkElement pixels)
      throws RefusedException {
    long image = (long) header.integer(Tag.Rows, 0) * header.integer(Tag.Columns, 0);
    int samples = header.integer(Tag.SamplesPerPixel, 1);
    long bits = image * header.integer(Tag.BitsAllocated, 0);
    if (bits <= 0 || samples <= 0) {
      return null;
    }
    long frameBits = bits * samples;
    boolean subsampled =
        header.string(Tag.PhotometricInterpretation, "").endsWith("_422") && samples == 3;
    if (subsampled && pixels.length() < bytes(frameBits, frames)) {
      frameBits = bits * PLANES_422;
    }
    if (pixels.length() < bytes(frameBits, frames)) {
      throw new RefusedException(RefusalReason.TRUNCATED_PIXEL_DATA);
    }
    return new FrameTable(pixels.offset(), frameBits, null, null, null);
  }

  private static long bytes(long frameBits, int frames) {
    return Math.ceilDiv(Math.multiplyExact(frameBits, (long) frames), 8L);
  }

  private @Nullable FrameTable encapsulatedFrames(
      Dataset header, int frames, EncapsulatedElement pixels, TransferSyntax syntax)
      throws IOException, RefusedException {
    int fragments = pixels.fragmentCount() - 1;
    if (isVideo(syntax)) {
      return null;
    }
    if (fragments < frames) {
      throw new RefusedException(RefusalReason.TRUNCATED_PIXEL_DATA);
    }
    var offsets = new long[fragments];
    var lengths = new long[fragments];
    for (int i = 0; i < fragments; i++) {
      offsets[i] = pixels.fragmentOffset(i + 1);
      lengths[i] = pixels.fragmentLength(i + 1);
    }
    if (fragments == frames) {
      return new FrameTable(null, null, offsets, lengths, null);
    }
    if (frames == 1) {
      return new FrameTable(null, null, offsets, lengths, new int[] {fragments});
    }
    int[] parts = byOffsetTable(header, pixels, offsets, frames);
    if (parts == null) {
      parts = byCodestream(offsets, lengths, frames);
    }
    return parts == null ? null : new FrameTable(null, null, offsets, lengths, parts);
  }

  private static boolean isVideo(TransferSyntax syntax) {
    return syntax.uid().startsWith("1.2.840.10008.1.2.4.10"); // MPEG-2, MPEG-4, HEVC: .100 to .108
  }

  private int @Nullable [] byOffsetTable(
      Dataset header, EncapsulatedElement pixels, long[] offsets, int frames) throws IOException {
    long[] starts = header.longs(Tag.ExtendedOffsetTable);
    if (starts.length == 0
        && header.get(Tag.ExtendedOffsetTable).orElse(null) instanceof BulkElement b) {
      starts = table(b.offset(), b.length(), 8);
    }
    if (starts.length == 0) {
      starts = table(pixels.fragmentOffset(0), pixels.fragmentLength(0), 4);
    }
    return starts.length == frames ? partsAt(starts, offsets) : null;
  }

  private long[] table(long offset, long length, int width) throws IOException {
    if (length > (long) Integer.MAX_VALUE / 2) {
      return new long[0];
    }
    ByteBuffer bytes = read(offset, (int) length);
    var values = new long[bytes.remaining() / width];
    for (int i = 0; i < values.length; i++) {
      values[i] = width == 8 ? bytes.getLong() : bytes.getInt() & 0xFFFF_FFFFL;
    }
    return values;
  }

  /** Table entries count from the item tag of the first fragment. */
  private static int @Nullable [] partsAt(long[] starts, long[] offsets) {
    var parts = new int[starts.length];
    int fragment = 0;
    for (int frame = 0; frame < starts.length; frame++) {
      if (fragment >= offsets.length || offsets[fragment] - offsets[0] != starts[frame]) {
        return null;
      }
      long end = frame + 1 < starts.length ? starts[frame + 1] : Long.MAX_VALUE;
      int first = fragment;
      while (fragment < offsets.length && offsets[fragment] - offsets[0] < end) {
        fragment++;
      }
      parts[frame] = fragment - first;
    }
    return parts;
  }

  /** Without a table, a frame begins where a JPEG or JPEG 2000 code stream does. */
  private int @Nullable [] byCodestream(long[] offsets, long[] lengths, int frames)
      throws IOException {
    var parts = new int[frames];
    int frame = -1;
    for (int i = 0; i < offsets.length; i++) {
      if (lengths[i] >= 2 && beginsCodestream(read(offsets[i], 2).getShort())) {
        frame++;
      }
      if (frame < 0 || frame >= frames) {
        return null;
      }
      parts[frame]++;
    }
    return frame == frames - 1 ? parts : null;
  }

  private static boolean beginsCodestream(short marker) {
    return marker == (short) 0xD8FF || marker == (short) 0x4FFF; // little endian: SOI, SOC
  }

  private ByteBuffer read(long offset, int length) throws IOException {
    FileChannel file = file();
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, datasetOffset + offset + bytes.position()) < 0) {
        throw new EOFException("staged file ends at " + file.size());
      }
    }
    return bytes.flip();
  }

  /** Most objects are native, and nothing is left in the file that their table needs. */
  private FileChannel file() throws IOException {
    FileChannel file = opened;
    if (file == null) {
      file = FileChannel.open(path, StandardOpenOption.READ);
      opened = file;
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }
}
