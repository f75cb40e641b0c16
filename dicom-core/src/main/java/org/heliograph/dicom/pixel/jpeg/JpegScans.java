package org.heliograph.dicom.pixel.jpeg;

import org.heliograph.dicom.pixel.codec.CodecException;

/**
 * Walks the segments of a stream and hands each scan over with the tables that hold for it (ITU-T
 * T.81 Annex B).
 */
abstract class JpegScans {

  /** One component of a scan: its place in the frame and its tables. */
  record Part(int component, int dcTable, int acTable) {}

  final byte[] jpeg;
  final JpegHeader header;
  final JpegTables tables = new JpegTables();
  int restartInterval;

  JpegScans(byte[] jpeg, JpegHeader header) {
    this.jpeg = jpeg;
    this.header = header;
  }

  /** The frame header begins here, behind its length. */
  abstract void frame(int from, int length) throws CodecException;

  /**
   * @param selection first coefficient of the scan, or the predictor
   * @param transform the low four bits: the point transform
   */
  abstract void scan(Part[] parts, int selection, int transform, JpegBitReader in)
      throws CodecException;

  final void walk() throws CodecException {
    int at = 2;
    while (at + 3 < header.imageBytes()) {
      if (jpeg[at] != (byte) 0xFF) {
        at++; // entropy-coded data: stuffed zeros and restart markers are no segments
        continue;
      }
      int marker = jpeg[at + 1] & 0xFF;
      if (marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= 0xD8)) {
        at += 2;
        continue;
      }
      if (marker == 0xFF) {
        at++;
        continue;
      }
      if (marker == 0xD9) {
        return;
      }
      int length = int16(at + 2);
      int end = at + 2 + length;
      if (length < 2 || end > header.imageBytes()) {
        throw CodecException.damaged("JPEG segment runs past the end of the frame");
      }
      segment(marker, at + 4, end);
      at = end;
    }
  }

  private void segment(int marker, int from, int end) throws CodecException {
    switch (marker) {
      case 0xC4 -> tables.huffman(jpeg, from, end);
      case 0xDB -> tables.quantization(jpeg, from, end);
      case 0xC0, 0xC1, 0xC3 -> frame(from, end - from);
      case 0xDD -> {
        if (end - from < 2) {
          throw CodecException.damaged("JPEG restart interval is cut");
        }
        restartInterval = int16(from);
      }
      case 0xDA -> scan(from, end);
      default -> {
        // Applications' segments and comments do not change samples.
      }
    }
  }

  private void scan(int from, int end) throws CodecException {
    int count = end > from ? int8(from) : 0;
    if (count < 1 || count > header.components() || end - from < 4 + 2 * count) {
      throw CodecException.damaged("JPEG scan header is invalid");
    }
    Part[] parts = new Part[count];
    for (int i = 0; i < count; i++) {
      int component = header.componentIds().indexOf(int8(from + 1 + 2 * i));
      if (component < 0) {
        throw CodecException.damaged("JPEG scan of an unknown component");
      }
      int ids = int8(from + 2 + 2 * i);
      parts[i] = new Part(component, ids >> 4, ids & 0xF);
    }
    int last = from + 1 + 2 * count;
    scan(
        parts, int8(last), int8(last + 2) & 0xF, new JpegBitReader(jpeg, end, header.imageBytes()));
  }

  final int int8(int at) {
    return jpeg[at] & 0xFF;
  }

  final int int16(int at) {
    return int8(at) << 8 | int8(at + 1);
  }
}
