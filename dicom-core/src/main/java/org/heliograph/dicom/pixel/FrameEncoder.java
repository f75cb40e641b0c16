package org.heliograph.dicom.pixel;

import org.heliograph.dicom.pixel.codec.CodecException;
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

  private FrameEncoder(Target target, ImageDescription image, int jpegQuality) {
    this.target = target;
    this.image = image;
    this.jpegQuality = jpegQuality;
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
    Target target = Target.of(transferSyntaxUid);
    boolean fits =
        image.sampleType() == SampleType.INTEGER
            && image.planarConfiguration() == 0
            && colorsFit(target, image.photometricInterpretation())
            && switch (target) {
              case NATIVE -> image.bitsAllocated() == 8 || image.bitsAllocated() % 16 == 0;
              case RLE -> image.bitsAllocated() == 8 || image.bitsAllocated() % 16 == 0;
              case JPEG_LS -> image.bitsAllocated() == 8 || image.bitsAllocated() == 16;
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
    return new FrameEncoder(target, image, jpegQuality);
  }

  /** PS3.5 Section 8.2: colours that each encoding may have. */
  private static boolean colorsFit(Target target, PhotometricInterpretation colors) {
    return switch (colors) {
      case MONOCHROME1, MONOCHROME2, RGB, YBR_FULL -> true;
      case PALETTE_COLOR -> target != Target.JPEG_BASELINE;
      default -> false;
    };
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
        case JPEG_LS -> JpegLsEncoder.encode(cells, layout, precision(cells));
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

  /** Bits Stored if nothing else is in the cells and no sign, else the whole cell. */
  private int precision(byte[] cells) {
    int stored = image.bitsStored();
    boolean candidate = !image.signed() && stored >= 9 && image.highBit() == stored - 1;
    if (image.bitsAllocated() == 8 || !candidate) {
      return image.bitsAllocated();
    }
    int high = 0;
    for (int i = 1; i < cells.length; i += 2) {
      high |= cells[i];
    }
    return (high & 0xFF) >> (stored - 8) == 0 ? stored : image.bitsAllocated();
  }
}
