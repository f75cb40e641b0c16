package org.heliograph.dicom.pixel;

import java.io.IOException;
import java.io.OutputStream;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.RowSink;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.heliograph.dicom.pixel.jpeg.JpegEncoder;
import org.heliograph.dicom.pixel.jpegls.JpegLsEncoder;
import org.heliograph.dicom.pixel.rle.RleEncoder;

/**
 * Turns samples into the bytes of one frame (PS3.5 Section 8.2, Annex A.4): native little endian,
 * RLE Lossless, JPEG-LS Lossless and JPEG Baseline.
 *
 * <p>The lossless encodings keep every bit of every cell, those outside of Bits Stored too: JPEG-LS
 * codes the Bits Stored of clean unsigned samples of nine bits and more, else the whole cell, since
 * viewers do not extend signs. Immutable; may be used by several threads at once.
 */
public final class FrameEncoder {

  private enum Target {
    NATIVE,
    RLE,
    JPEG_LS,
    JPEG_LS_NEAR,
    JPEG_BASELINE,
    NONE;

    static Target of(String transferSyntaxUid) {
      return switch (transferSyntaxUid) {
        case "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99" -> NATIVE;
        case "1.2.840.10008.1.2.5" -> RLE;
        case "1.2.840.10008.1.2.4.80" -> JPEG_LS;
        case "1.2.840.10008.1.2.4.50" -> JPEG_BASELINE;
        default -> NONE;
      };
    }
  }

  private final Target target;
  private final ImageDescription image;
  private final SampleLayout layout;
  private final int jpegQuality;
  private final int near;

  private FrameEncoder(Target target, ImageDescription image, int jpegQuality, int near) {
    this.target = target;
    this.image = image;
    this.jpegQuality = jpegQuality;
    this.near = near;
    this.layout =
        new SampleLayout(
            image.rows(), image.columns(), image.samplesPerPixel(), image.bitsAllocated());
  }

  /** Whether there is an encoder for the transfer syntax at all. */
  public static boolean supports(String transferSyntaxUid) {
    return Target.of(transferSyntaxUid) != Target.NONE;
  }

  /** Whether samples come back otherwise than they went in. */
  public static boolean isLossy(String transferSyntaxUid) {
    return Target.of(transferSyntaxUid) == Target.JPEG_BASELINE;
  }

  /**
   * @param image what {@link FrameDecoder#stored} says of the samples to be encoded
   * @param jpegQuality 1 to 100, for JPEG Baseline only
   * @throws UnsupportedPixelDataException there is no such encoder, or the encoding cannot hold
   *     such samples
   */
  public static FrameEncoder of(String transferSyntaxUid, ImageDescription image, int jpegQuality)
      throws UnsupportedPixelDataException {
    return of(Target.of(transferSyntaxUid), transferSyntaxUid, image, jpegQuality, 0);
  }

  /**
   * JPEG-LS near-lossless (1.2.840.10008.1.2.4.81), for unsigned samples: no sample comes back
   * further off than {@code near}. Only for who asks for it; {@link #supports} denies it.
   *
   * @param near 1 to 255, and at most half of the largest value
   * @throws UnsupportedPixelDataException the encoding cannot hold such samples
   */
  public static FrameEncoder nearLossless(ImageDescription image, int near)
      throws UnsupportedPixelDataException {
    if (near < 1 || near > Math.min(255, ((1 << Math.min(16, image.bitsStored())) - 1) / 2)) {
      throw new UnsupportedPixelDataException("JPEG-LS with samples that may be off by " + near);
    }
    return of(Target.JPEG_LS_NEAR, Uids.JpegLsNearLossless, image, 1, near);
  }

  private static FrameEncoder of(
      Target target, String transferSyntaxUid, ImageDescription image, int jpegQuality, int near)
      throws UnsupportedPixelDataException {
    boolean fits =
        image.sampleType() == SampleType.INTEGER
            && image.planarConfiguration() == 0
            && colorsFit(target, image.photometricInterpretation())
            && switch (target) {
              case NATIVE -> image.bitsAllocated() == 8 || image.bitsAllocated() % 16 == 0;
              case RLE -> image.bitsAllocated() == 8 || image.bitsAllocated() % 16 == 0;
              case JPEG_LS -> image.bitsAllocated() == 8 || image.bitsAllocated() == 16;
              case JPEG_LS_NEAR ->
                  (image.bitsAllocated() == 8 || image.bitsAllocated() == 16)
                      && !image.signed()
                      && image.highBit() == image.bitsStored() - 1;
              case JPEG_BASELINE ->
                  image.bitsAllocated() == 8 && image.bitsStored() == 8 && !image.signed();
              case NONE -> false;
            };
    if (!fits || image.bitsAllocated() > 32) {
      throw new UnsupportedPixelDataException(
          image.photometricInterpretation().term()
              + " of "
              + image.bitsAllocated()
              + " bits allocated in transfer syntax "
              + transferSyntaxUid);
    }
    return new FrameEncoder(target, image, jpegQuality, near);
  }

  /** PS3.5 Section 8.2: colours that each encoding may have. */
  private static boolean colorsFit(Target target, PhotometricInterpretation colors) {
    return switch (colors) {
      case MONOCHROME1, MONOCHROME2, RGB, YBR_FULL -> true;
      case PALETTE_COLOR -> target != Target.JPEG_BASELINE && target != Target.JPEG_LS_NEAR;
      default -> false;
    };
  }

  /** Whether samples come back otherwise than they went in. */
  public boolean isLossy() {
    return target == Target.JPEG_BASELINE || target == Target.JPEG_LS_NEAR;
  }

  /** How far off a sample may come back; 0 where nothing is lost, or where nobody knows. */
  public int near() {
    return near;
  }

  /** What the encoded frames are: colours may have changed. */
  public ImageDescription description() {
    return target == Target.JPEG_BASELINE && image.samplesPerPixel() == 3
        ? image.with(PhotometricInterpretation.YBR_FULL_422, 0)
        : image;
  }

  /**
   * Encodes one frame; the bytes are of any length, and padded to an even one by who stores them.
   *
   * @throws DamagedPixelDataException the frame is not as announced
   */
  public byte[] encode(DecodedFrame frame) throws PixelDataException {
    ImageDescription actual = frame.description();
    if (actual.photometricInterpretation() != image.photometricInterpretation()
        || actual.samples() != image.samples()
        || actual.bitsAllocated() != image.bitsAllocated()) {
      throw new DamagedPixelDataException("frames of one object differ in colour or size");
    }
    byte[] cells = frame.cells();
    try {
      return switch (target) {
        case RLE -> RleEncoder.encode(cells, layout);
        case JPEG_LS -> JpegLsEncoder.encode(cells, layout, precision(highBits(cells)));
        case JPEG_LS_NEAR ->
            JpegLsEncoder.encode(cells, layout, nearPrecision(highBits(cells)), near);
        case JPEG_BASELINE ->
            JpegEncoder.encode(
                rgb(frame).cells(), layout, jpegQuality, JpegEncoder.Chrominance.HALF);
        case NATIVE, NONE -> cells;
      };
    } catch (CodecException e) {
      throw PixelDataException.of(e);
    }
  }

  private static DecodedFrame rgb(DecodedFrame frame) throws PixelDataException {
    return frame.description().samplesPerPixel() == 1
        ? frame
        : PixelColor.rgb(frame.cells(), frame.description());
  }

  /** The rows of a frame, to be had more than once. */
  @FunctionalInterface
  public interface Rows {
    /** Gives all of them to the sink. */
    void to(RowSink sink) throws IOException;
  }

  /** Whether {@link #encode(Rows, OutputStream)} can be used: JPEG-LS. */
  public boolean takesRows() {
    return target == Target.JPEG_LS || target == Target.JPEG_LS_NEAR;
  }

  /**
   * Encodes one frame row by row, in memory of a few rows.
   *
   * @param rows of cells as the description given at first says
   * @param out should have a buffer; it is not closed
   */
  public void encode(Rows rows, OutputStream out) throws IOException {
    if (!takesRows()) {
      throw new UnsupportedPixelDataException(target + " row by row");
    }
    int high = 0;
    if (image.bitsAllocated() > 8 && image.bitsStored() < 16) {
      int[] bits = new int[1];
      rows.to(row -> bits[0] |= highBits(row));
      high = bits[0];
    }
    try {
      int precision = target == Target.JPEG_LS ? precision(high) : nearPrecision(high);
      JpegLsEncoder encoder = JpegLsEncoder.to(out, layout, precision, near);
      rows.to(encoder);
      encoder.finish();
    } catch (CodecException e) {
      throw PixelDataException.of(e);
    }
  }

  /** All bits that the upper bytes of cells of 16 bits have anywhere. */
  private static int highBits(byte[] cells) {
    int high = 0;
    for (int i = 1; i < cells.length; i += 2) {
      high |= cells[i];
    }
    return high & 0xFF;
  }

  /** Bits Stored if nothing else is in the cells and no sign, else the whole cell. */
  private int precision(int highBits) {
    int stored = image.bitsStored();
    boolean candidate = !image.signed() && stored >= 9 && image.highBit() == stored - 1;
    if (image.bitsAllocated() == 8 || !candidate) {
      return image.bitsAllocated();
    }
    return highBits >> (stored - 8) == 0 ? stored : image.bitsAllocated();
  }

  /** Overlays in unused bits would not come back as they were. */
  private int nearPrecision(int highBits) throws CodecException {
    int stored = Math.max(2, image.bitsStored());
    if (image.bitsAllocated() > 8 && (highBits << 8) >> stored != 0) {
      throw CodecException.unsupported("near-lossless with bits beyond the " + stored + " stored");
    }
    return stored;
  }
}
