package org.heliograph.dicom.pixel.render;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.pixel.Bulk;
import org.heliograph.dicom.pixel.DamagedPixelDataException;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.jspecify.annotations.Nullable;

/**
 * One of up to sixteen overlay planes of an image or presentation state (PS3.3 C.9.2, groups 6000
 * to 601E): bits that mark pixels, as text, graphics or a region of interest.
 *
 * <p>The bits stand in Overlay Data, or, as retired objects in the field have it, in a bit of each
 * pixel cell that the image leaves unused.
 */
public final class OverlayPlane {

  /** Overlay Type (60xx,0040). */
  public enum Type {
    GRAPHICS,
    REGION_OF_INTEREST
  }

  private static final int MAX_PIXELS = 64_000_000;
  private static final int GROUPS = 16;

  private final int group;
  private final Type type;
  private final int rows;
  private final int columns;
  private final int originRow;
  private final int originColumn;
  private final int firstImageFrame;
  private final int frames;
  private final int bitPosition;
  private final @Nullable Element data;

  private OverlayPlane(Dataset dataset, int group) throws DamagedPixelDataException {
    this.group = group;
    type =
        tagged(dataset, Tag.OverlayType).orElse("G").equals("R")
            ? Type.REGION_OF_INTEREST
            : Type.GRAPHICS;
    data = dataset.get(at(Tag.OverlayData)).orElse(null);
    boolean embedded = data == null;
    rows = dataset.integer(at(Tag.OverlayRows), embedded ? dataset.integer(Tag.Rows, 0) : 0);
    columns =
        dataset.integer(at(Tag.OverlayColumns), embedded ? dataset.integer(Tag.Columns, 0) : 0);
    if (rows < 1 || columns < 1 || (long) rows * columns > MAX_PIXELS) {
      throw new DamagedPixelDataException("overlay of " + columns + " by " + rows + " pixels");
    }
    int[] origin = dataset.integers(at(Tag.OverlayOrigin));
    originRow = origin.length > 1 ? origin[0] : 1;
    originColumn = origin.length > 1 ? origin[1] : 1;
    firstImageFrame = Math.max(1, dataset.integer(at(Tag.ImageFrameOrigin), 1));
    frames = Math.max(1, dataset.integer(at(Tag.NumberOfFramesInOverlay), 1));
    bitPosition = dataset.integer(at(Tag.OverlayBitPosition), 0);
  }

  /**
   * The planes that a data set has, by group.
   *
   * @throws DamagedPixelDataException one is described in a way that cannot be
   */
  public static List<OverlayPlane> of(Dataset dataset) throws DamagedPixelDataException {
    List<OverlayPlane> planes = new ArrayList<>();
    for (int group = 0x6000; group < 0x6000 + 2 * GROUPS; group += 2) {
      int shift = (group - 0x6000) << 16;
      boolean inUnusedBits =
          dataset.integer(Tag.OverlayBitsAllocated + shift, 1) > 1
              && dataset.contains(Tag.OverlayBitPosition + shift);
      if (dataset.contains(Tag.OverlayData + shift) || inUnusedBits) {
        planes.add(new OverlayPlane(dataset, group));
      }
    }
    return planes;
  }

  /**
   * What all planes of an object mark in one of its frames.
   *
   * @param frame counted from 0
   */
  public static List<OverlayBitmap> bitmaps(
      Dataset dataset, int frame, DecodedFrame decoded, BulkSource bulk) throws IOException {
    List<OverlayBitmap> bitmaps = new ArrayList<>();
    for (OverlayPlane plane : of(dataset)) {
      plane.bitmap(frame, decoded, bulk).ifPresent(bitmaps::add);
    }
    return bitmaps;
  }

  /** 0x6000 to 0x601E. */
  public int group() {
    return group;
  }

  public Type type() {
    return type;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Whether the bits are in cells of Pixel Data that the image leaves unused. */
  public boolean isEmbedded() {
    return data == null;
  }

  /**
   * The bits for one frame of the image; none for frames that the overlay does not cover.
   *
   * @param frame counted from 0
   * @param decoded the frame itself, for bits embedded in its cells
   * @throws DamagedPixelDataException there are fewer bits than described
   */
  public Optional<OverlayBitmap> bitmap(int frame, DecodedFrame decoded, BulkSource bulk)
      throws IOException {
    if (isEmbedded()) {
      return Optional.of(placed(embedded(decoded)));
    }
    return bitmap(frame, bulk);
  }

  /** As {@link #bitmap(int, DecodedFrame, BulkSource)} for planes that are not embedded. */
  Optional<OverlayBitmap> bitmap(int frame, BulkSource bulk) throws IOException {
    // A single overlay frame without an origin of its own is for every frame of the image.
    int overlayFrame = frame + 1 - firstImageFrame;
    if (frames == 1 && firstImageFrame == 1) {
      overlayFrame = 0;
    }
    if (data == null || overlayFrame < 0 || overlayFrame >= frames) {
      return Optional.empty();
    }
    return Optional.of(placed(stored(data, (long) overlayFrame * rows * columns, bulk)));
  }

  private OverlayBitmap placed(byte[] packed) {
    return new OverlayBitmap(group, type, rows, columns, originRow, originColumn, packed);
  }

  /** Frames follow each other without gaps between their bits, lowest bit first. */
  private byte[] stored(Element element, long firstBit, BulkSource bulk) throws IOException {
    int count = rows * columns;
    long firstByte = firstBit / 8;
    int length = Math.toIntExact((firstBit % 8 + count + 7) / 8);
    byte[] bytes = bytes(element, firstByte, length, bulk);
    int shift = (int) (firstBit % 8);
    byte[] packed = new byte[(count + 7) / 8];
    for (int i = 0; i < packed.length; i++) {
      int next = i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0;
      packed[i] = (byte) (((bytes[i] & 0xFF) | next << 8) >> shift);
    }
    return packed;
  }

  private byte[] bytes(Element element, long from, int length, BulkSource bulk) throws IOException {
    if (element instanceof BulkElement large) {
      // Words in big endian: both bytes of each are needed.
      boolean swapped = large.byteOrder().equals(ByteOrder.BIG_ENDIAN) && large.vr() == Vr.OW;
      long start = swapped ? from & ~1L : from;
      int wanted = (int) (from - start) + length + (swapped ? (int) (from + length & 1) : 0);
      require(large.length(), start + wanted);
      byte[] bytes = Bulk.read(bulk, large.offset() + start, wanted);
      if (!swapped) {
        return bytes;
      }
      byte[] ordered = new byte[length];
      for (int i = 0; i < length; i++) {
        ordered[i] = bytes[(i + (int) (from - start)) ^ 1];
      }
      return ordered;
    }
    if (!(element instanceof ValueElement value)) {
      throw new DamagedPixelDataException("overlay data of an unusual kind");
    }
    require(value.length(), from + length);
    byte[] bytes = new byte[length];
    value.buffer().get((int) from, bytes);
    return bytes;
  }

  private static void require(long length, long needed) throws DamagedPixelDataException {
    if (length < needed) {
      throw new DamagedPixelDataException("overlay has " + length + " bytes of " + needed);
    }
  }

  private byte[] embedded(DecodedFrame frame) throws DamagedPixelDataException {
    if (frame.description().samplesPerPixel() != 1
        || frame.rows() != rows
        || frame.columns() != columns
        || bitPosition < 0
        || bitPosition >= 8 * frame.description().bytesPerSample()) {
      throw new DamagedPixelDataException("overlay cannot be in bit " + bitPosition);
    }
    byte[] packed = new byte[(rows * columns + 7) / 8];
    for (int i = 0; i < rows * columns; i++) {
      packed[i / 8] |= (byte) ((frame.cell(i) >>> bitPosition & 1) << (i % 8));
    }
    return packed;
  }

  private Optional<String> tagged(Dataset dataset, int tag) {
    return dataset.string(at(tag));
  }

  private int at(int tag) {
    return tag + ((group - 0x6000) << 16);
  }

  @Override
  public String toString() {
    return "overlay %04X of %d by %d pixels".formatted(group, columns, rows);
  }
}
