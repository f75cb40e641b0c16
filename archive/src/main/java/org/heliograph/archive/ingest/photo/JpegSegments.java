package org.heliograph.archive.ingest.photo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes a JPEG stream apart by its markers and leaves out everything that may tell about the
 * person, place or camera. Entropy-coded bytes and tables stay as they are.
 *
 * <p>Kept of the application segments: JFIF (without its thumbnail), the ICC profile and Adobe's
 * colour transform. Everything after the end of the first image goes: phones put second images,
 * videos and depth maps there.
 */
final class JpegSegments {

  private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);

  private final byte[] jpeg;

  /**
   * @param jpeg a stream whose markers have been walked before: segments lie inside the array
   */
  JpegSegments(byte[] jpeg) {
    this.jpeg = jpeg;
  }

  /** The same picture without metadata, bit for bit the same pixels. */
  byte[] withoutMetadata() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length);
    int at = 0;
    while (at + 1 < jpeg.length) {
      if (jpeg[at] != (byte) 0xFF || jpeg[at + 1] == 0 || isRestart(jpeg[at + 1])) {
        int start = at;
        at = endOfEntropy(at);
        out.write(jpeg, start, at - start);
        continue;
      }
      int marker = jpeg[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++;
      } else if (marker == 0xD8 || marker == 0x01) {
        out.write(jpeg, at, 2);
        at += 2;
      } else if (marker == 0xD9) {
        out.write(jpeg, at, 2);
        break;
      } else {
        segment(marker, at, out);
        at += 2 + length(at);
      }
    }
    return out.toByteArray();
  }

  private void segment(int marker, int at, ByteArrayOutputStream out) {
    int length = length(at);
    if (marker == 0xE0 && length >= 16 && startsWith(at + 4, JFIF)) {
      out.write(jpeg, at, 2);
      out.write(0);
      out.write(16);
      out.write(jpeg, at + 4, 12);
      out.write(0);
      out.write(0);
    } else if (isNeededToDecode(marker)
        || (marker == 0xE2 && length >= 4 + ICC.length && startsWith(at + 4, ICC))
        || (marker == 0xEE && length >= 14 && startsWith(at + 4, ADOBE))) {
      out.write(jpeg, at, 2 + length);
    }
  }

  /** Frame headers, tables, scans, line counts and restart intervals. */
  private static boolean isNeededToDecode(int marker) {
    return (marker >= 0xC0 && marker <= 0xCF) || (marker >= 0xDA && marker <= 0xDD);
  }

  /** Bytes of a scan run to the next marker that is neither a stuffed FF nor a restart. */
  private int endOfEntropy(int from) {
    int at = from;
    while (at + 1 < jpeg.length) {
      if (jpeg[at] == (byte) 0xFF && jpeg[at + 1] != 0 && !isRestart(jpeg[at + 1])) {
        return at;
      }
      at++;
    }
    return jpeg.length;
  }

  /** The ICC profile from its APP2 segments; null if there is none or parts are missing. */
  byte @Nullable [] iccProfile() {
    byte[][] parts = new byte[256][];
    int count = 0;
    int at = 2;
    while (at + 3 < jpeg.length && jpeg[at] == (byte) 0xFF) {
      int marker = jpeg[at + 1] & 0xFF;
      if (marker == 0xDA || marker == 0xD9) {
        break;
      }
      if (marker == 0xFF) {
        at++;
        continue;
      }
      int length = length(at);
      int payload = length - 2 - ICC.length - 2;
      if (marker == 0xE2 && payload > 0 && startsWith(at + 4, ICC)) {
        int from = at + 4 + ICC.length;
        byte[] part = new byte[payload];
        System.arraycopy(jpeg, from + 2, part, 0, payload);
        parts[jpeg[from] & 0xFF] = part;
        count = Math.max(count, jpeg[from + 1] & 0xFF);
      }
      at += 2 + length;
    }
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    for (int i = 1; i <= count; i++) {
      if (parts[i] == null) {
        return null;
      }
      profile.writeBytes(parts[i]);
    }
    return count == 0 ? null : profile.toByteArray();
  }

  private int length(int markerAt) {
    return (jpeg[markerAt + 2] & 0xFF) << 8 | (jpeg[markerAt + 3] & 0xFF);
  }

  private static boolean isRestart(byte marker) {
    return (marker & 0xF8) == 0xD0;
  }

  private boolean startsWith(int at, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (jpeg[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }
}
