package org.heliograph.dicom.pixel;

import java.io.IOException;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.heliograph.dicom.pixel.jpeg.JpegDecoder;
import org.heliograph.dicom.pixel.jpeg.JpegHeader;
import org.heliograph.dicom.pixel.jpeg2000.Jpeg2000Decoder;
import org.heliograph.dicom.pixel.jpeg2000.Jpeg2000Header;
import org.heliograph.dicom.pixel.jpegls.JpegLsDecoder;
import org.heliograph.dicom.pixel.rle.RleDecoder;

/** The families of encodings behind the transfer syntaxes (PS3.6 Annex A). */
enum FrameCodec {
  NATIVE,
  NATIVE_BIG_ENDIAN,
  DEFLATED_FRAME,
  RLE,
  JPEG,
  JPEG_LS,
  JPEG_2000,
  UNSUPPORTED;

  static FrameCodec of(String transferSyntaxUid) {
    return switch (transferSyntaxUid) {
      case "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99" -> NATIVE;
      case "1.2.840.10008.1.2.2" -> NATIVE_BIG_ENDIAN;
      case "1.2.840.10008.1.2.8.1" -> DEFLATED_FRAME;
      case "1.2.840.10008.1.2.5" -> RLE;
      case "1.2.840.10008.1.2.4.50",
          "1.2.840.10008.1.2.4.51",
          "1.2.840.10008.1.2.4.57",
          "1.2.840.10008.1.2.4.70" ->
          JPEG;
      case "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81" -> JPEG_LS;
      case "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91" -> JPEG_2000;
      default -> UNSUPPORTED;
    };
  }

  DecodedFrame decode(
      byte[] frame, int firstBit, String uid, ImageDescription image, DecodeLimits limits)
      throws IOException {
    return switch (this) {
      case NATIVE -> NativeFrame.decode(frame, firstBit, image, false);
      case NATIVE_BIG_ENDIAN -> NativeFrame.decode(frame, firstBit, image, true);
      case DEFLATED_FRAME -> DeflatedFrame.decode(frame, image);
      case UNSUPPORTED ->
          throw new UnsupportedPixelDataException("no decoder for transfer syntax " + uid);
      default -> {
        DecodedFrame stored = encapsulated(frame, image, limits);
        yield image.samplesPerPixel() == 1
            ? stored
            : PixelColor.rgb(stored.cells(), stored.description());
      }
    };
  }

  /** The samples in the colours that they are stored in, those of a pixel together. */
  DecodedFrame stored(
      byte[] frame, int firstBit, String uid, ImageDescription image, DecodeLimits limits)
      throws IOException {
    PhotometricInterpretation declared = image.photometricInterpretation();
    return switch (this) {
      case NATIVE, NATIVE_BIG_ENDIAN, DEFLATED_FRAME, UNSUPPORTED -> {
        if (declared == PhotometricInterpretation.YBR_FULL) {
          ImageDescription asRgb =
              image.with(PhotometricInterpretation.RGB, image.planarConfiguration());
          yield as(declared, decode(frame, firstBit, uid, asRgb, limits));
        }
        if (declared.samplesPerPixel() == 3 && declared != PhotometricInterpretation.RGB) {
          throw new UnsupportedPixelDataException("native " + declared.term() + " as it is stored");
        }
        yield decode(frame, firstBit, uid, image, limits);
      }
      default -> encapsulated(frame, image, limits);
    };
  }

  private static DecodedFrame as(PhotometricInterpretation colors, DecodedFrame frame) {
    return new DecodedFrame(frame.description().with(colors, 0), frame.cells());
  }

  private DecodedFrame encapsulated(byte[] frame, ImageDescription image, DecodeLimits limits)
      throws IOException {
    if (image.bitsAllocated() != 8 && image.bitsAllocated() != 16 && image.bitsAllocated() != 32) {
      throw new UnsupportedPixelDataException(this + " of " + image.bitsAllocated() + " bits");
    }
    SampleLayout layout =
        new SampleLayout(
            image.rows(), image.columns(), image.samplesPerPixel(), image.bitsAllocated());
    PhotometricInterpretation declared = image.photometricInterpretation();
    boolean color = image.samplesPerPixel() > 1;
    return switch (this) {
      case RLE -> of(RleDecoder.decode(frame, layout), image, declared);
      case JPEG_LS ->
          of(
              JpegLsDecoder.decode(frame, layout),
              image,
              !color || declared == PhotometricInterpretation.YBR_FULL
                  ? declared
                  : PhotometricInterpretation.RGB);
      case JPEG -> {
        JpegHeader header = JpegHeader.of(frame);
        byte[] cells = JpegDecoder.decode(frame, header, layout, limits.maxTime());
        boolean rgb = header.storesRgb(declared == PhotometricInterpretation.RGB);
        yield of(cells, image, color ? colors(!rgb) : declared);
      }
      case JPEG_2000 -> {
        Jpeg2000Header header = Jpeg2000Header.of(frame);
        byte[] cells = Jpeg2000Decoder.decode(frame, header, layout, limits.maxTime());
        boolean stillYbr =
            !header.multipleComponentTransform()
                && (declared == PhotometricInterpretation.YBR_FULL
                    || declared == PhotometricInterpretation.YBR_FULL_422);
        yield of(cells, image, color ? colors(stillYbr) : declared);
      }
      default -> throw new UnsupportedPixelDataException(this + " frames are not encapsulated");
    };
  }

  private static DecodedFrame of(
      byte[] cells, ImageDescription image, PhotometricInterpretation colors) {
    return new DecodedFrame(image.with(colors, 0), cells);
  }

  private static PhotometricInterpretation colors(boolean ybr) {
    return ybr ? PhotometricInterpretation.YBR_FULL : PhotometricInterpretation.RGB;
  }
}
