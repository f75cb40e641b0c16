package org.heliograph.dicom.pixel;

import java.io.IOException;

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
      case RLE -> RleFrame.decode(frame, image);
      case JPEG -> JpegFrame.decode(frame, image, limits);
      case JPEG_LS -> JpegLsFrame.decode(frame, image);
      case JPEG_2000 -> Jpeg2000Frame.decode(frame, image, limits);
      case UNSUPPORTED ->
          throw new UnsupportedPixelDataException("no decoder for transfer syntax " + uid);
    };
  }
}
