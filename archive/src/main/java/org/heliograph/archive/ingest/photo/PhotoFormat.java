package org.heliograph.archive.ingest.photo;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a file is, by its first bytes; names and declared types are not believed. */
enum PhotoFormat {
  JPEG,
  PNG,
  HEIC,
  AVIF,
  WEBP,
  TIFF,
  GIF,
  BMP,
  DICOM,
  PDF,
  UNKNOWN;

  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
  private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");

  static PhotoFormat of(byte[] file) {
    if (starts(file, 0, "\u00FF\u00D8\u00FF")) {
      return JPEG;
    }
    if (starts(file, 0, "\u0089PNG\r\n\u001A\n")) {
      return PNG;
    }
    if (starts(file, 4, "ftyp") && file.length >= 12) {
      return isoMedia(file);
    }
    if (starts(file, 0, "RIFF") && starts(file, 8, "WEBP")) {
      return WEBP;
    }
    if (starts(file, 0, "II*\0") || starts(file, 0, "MM\0*")) {
      return TIFF;
    }
    if (starts(file, 0, "GIF8")) {
      return GIF;
    }
    if (starts(file, 0, "BM")) {
      return BMP;
    }
    if (starts(file, 128, "DICM")) {
      return DICOM;
    }
    return starts(file, 0, "%PDF") ? PDF : UNKNOWN;
  }

  /** ISO/IEC 14496-12: the file type box names brands; {@code mif1} alone is HEIF, mostly HEIC. */
  private static PhotoFormat isoMedia(byte[] file) {
    int end = Math.min(Math.min(file.length, 64), (file[2] & 0xFF) << 8 | (file[3] & 0xFF));
    PhotoFormat found = UNKNOWN;
    for (int at = 8; at + 4 <= end; at += 4) {
      String brand = new String(file, at, 4, StandardCharsets.ISO_8859_1);
      if (AVIF_BRANDS.contains(brand)) {
        return AVIF;
      }
      if (HEIC_BRANDS.contains(brand)) {
        found = HEIC;
      }
    }
    return found;
  }

  private static boolean starts(byte[] file, int from, String magic) {
    if (file.length < from + magic.length()) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if ((file[from + i] & 0xFF) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
