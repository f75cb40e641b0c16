package org.heliograph.archive.ingest.photo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.heliograph.dicom.pixel.render.ExifOrientation;
import org.heliograph.dicom.pixel.render.PictureOrientation;
import org.jspecify.annotations.Nullable;

/** Walks a PNG file's chunks (ISO/IEC 15948) for size, orientation and colour profile. */
final class PngChunks {

  private static final int MAX_PROFILE_BYTES = 4 << 20;

  private final byte[] png;

  PngChunks(byte[] png) {
    this.png = png;
  }

  int width() throws PhotoRefusedException {
    return header().getInt(0);
  }

  int height() throws PhotoRefusedException {
    return header().getInt(4);
  }

  /** The last chunk is there: the file is not cut. */
  boolean complete() {
    return chunk("IEND") != null;
  }

  PictureOrientation orientation() {
    ByteBuffer exif = chunk("eXIf");
    return exif == null ? PictureOrientation.TOP_LEFT : ExifOrientation.ofTiff(exif);
  }

  byte @Nullable [] iccProfile() {
    ByteBuffer chunk = chunk("iCCP");
    if (chunk == null) {
      return null;
    }
    int name = 0;
    while (name < chunk.limit() && chunk.get(name) != 0) {
      name++;
    }
    if (name + 2 >= chunk.limit()) {
      return null;
    }
    byte[] profile = new byte[MAX_PROFILE_BYTES];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(chunk.position(name + 2));
      int filled = 0;
      int count;
      do {
        count = inflater.inflate(profile, filled, profile.length - filled);
        filled += count;
      } while (count > 0);
      return inflater.finished() ? Arrays.copyOf(profile, filled) : null;
    } catch (DataFormatException e) {
      return null;
    }
  }

  private ByteBuffer header() throws PhotoRefusedException {
    ByteBuffer header = chunk("IHDR");
    if (header == null || header.limit() != 13) {
      throw new PhotoRefusedException(PhotoRefusal.DAMAGED);
    }
    return header;
  }

  private @Nullable ByteBuffer chunk(String type) {
    byte[] wanted = type.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.wrap(png);
    long at = 8;
    while (at + 12 <= png.length) {
      long length = file.getInt((int) at) & 0xFFFFFFFFL;
      if (at + 12 + length > png.length) {
        return null;
      }
      if (Arrays.equals(png, (int) at + 4, (int) at + 8, wanted, 0, 4)) {
        return file.slice((int) at + 8, (int) length);
      }
      at += 12 + length;
    }
    return null;
  }
}
