package org.heliograph.dicom.pixel.rle;

import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.SampleLayout;

/** RLE Lossless (PS3.5 Annex G): byte planes, most significant byte of the first sample first. */
public final class RleDecoder {

  private static final int HEADER_BYTES = 64;

  private RleDecoder() {}

  /**
   * Gives the cells of a frame.
   *
   * @throws CodecException the frame is damaged or not of this layout
   */
  public static byte[] decode(byte[] frame, SampleLayout layout) throws CodecException {
    if (frame.length < HEADER_BYTES) {
      throw CodecException.damaged("RLE frame of " + frame.length + " bytes has no header");
    }
    int width = layout.bytesPerSample();
    int samples = layout.samplesPerPixel();
    long segments = littleEndian(frame, 0);
    if (segments != (long) width * samples) {
      throw CodecException.damaged(
          "RLE frame has " + segments + " segments instead of " + width * samples);
    }
    byte[] cells = new byte[layout.byteCount()];
    for (int segment = 0; segment < width * samples; segment++) {
      long start = littleEndian(frame, 4 + 4 * segment);
      long end =
          segment + 1 < segments ? littleEndian(frame, 8 + 4 * segment) : (long) frame.length;
      if (start < HEADER_BYTES || end < start || end > frame.length) {
        throw CodecException.damaged("RLE segment " + segment + " lies outside the frame");
      }
      int sample = segment / width;
      int significance = width - 1 - segment % width;
      expand(frame, (int) start, (int) end, cells, sample * width + significance, samples * width);
    }
    return cells;
  }

  private static void expand(byte[] in, int from, int end, byte[] out, int first, int stride)
      throws CodecException {
    int at = from;
    int to = first;
    while (to < out.length) {
      if (at >= end) {
        throw CodecException.damaged("RLE segment ends before its last pixel");
      }
      int control = in[at++];
      if (control >= 0) {
        int count = Math.min(control + 1, end - at);
        for (int i = 0; i < count && to < out.length; i++, to += stride) {
          out[to] = in[at + i];
        }
        at += control + 1;
      } else if (control != -128) {
        if (at >= end) {
          throw CodecException.damaged("RLE segment ends before its last pixel");
        }
        byte value = in[at++];
        for (int i = 0; i < 1 - control && to < out.length; i++, to += stride) {
          out[to] = value;
        }
      }
    }
  }

  private static long littleEndian(byte[] bytes, int at) {
    return (bytes[at] & 0xFFL)
        | (bytes[at + 1] & 0xFFL) << 8
        | (bytes[at + 2] & 0xFFL) << 16
        | (bytes[at + 3] & 0xFFL) << 24;
  }
}
