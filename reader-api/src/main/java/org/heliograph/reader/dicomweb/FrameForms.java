package org.heliograph.reader.dicomweb;

import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;

/** The media types that frames and bulk data of a transfer syntax have (PS3.18 8.7.3.3). */
final class FrameForms {
  static final String OCTETS = "application/octet-stream";

  private FrameForms() {}

  static String mediaType(TransferSyntaxUid uid) {
    String value = uid.value().value();
    return switch (value) {
      case Uids.RleLossless -> "image/dicom-rle";
      case "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81" -> "image/jls";
      case "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91" -> "image/jp2";
      case "1.2.840.10008.1.2.4.92", "1.2.840.10008.1.2.4.93" -> "image/jpx";
      case "1.2.840.10008.1.2.4.110" -> "image/jxl";
      case "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203" ->
          "image/jphc";
      case "1.2.840.10008.1.2.4.50",
          "1.2.840.10008.1.2.4.51",
          "1.2.840.10008.1.2.4.53",
          "1.2.840.10008.1.2.4.55",
          "1.2.840.10008.1.2.4.57",
          "1.2.840.10008.1.2.4.70" ->
          "image/jpeg";
      default -> OCTETS;
    };
  }

  /** The transfer syntax a media type stands for by itself, "" for none that is made here. */
  static String usualSyntax(String mediaType) {
    return switch (mediaType) {
      case "image/dicom-rle" -> Uids.RleLossless;
      case "image/jls" -> "1.2.840.10008.1.2.4.80";
      case "image/jpeg" -> "1.2.840.10008.1.2.4.70";
      case "image/jp2" -> "1.2.840.10008.1.2.4.90";
      default -> "";
    };
  }

  /** Whether frames are, byte for byte, those of Explicit VR Little Endian. */
  static boolean isPlainLittleEndian(TransferSyntaxUid uid) {
    TransferSyntax syntax = TransferSyntax.of(uid);
    return !syntax.encapsulated() && !syntax.bigEndian() && isNative(uid.value().value());
  }

  /** Whether pixel data of this syntax are bytes as they are, little endian. */
  static boolean isNative(String uid) {
    return uid.equals(Uids.ImplicitVrLittleEndian)
        || uid.equals(Uids.ExplicitVrLittleEndian)
        || uid.equals(Uids.DeflatedExplicitVrLittleEndian);
  }
}
