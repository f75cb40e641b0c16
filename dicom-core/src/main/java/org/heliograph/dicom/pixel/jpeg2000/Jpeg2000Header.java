package org.heliograph.dicom.pixel.jpeg2000;

import org.heliograph.dicom.pixel.codec.CodecException;

/**
 * The SIZ and COD segments of a JPEG 2000 main header (ISO/IEC 15444-1 Annex A), and the bounds
 * that keep a hostile header from costing more than the image is worth.
 */
public record Jpeg2000Header(
    int start,
    long rows,
    long columns,
    int components,
    int precision,
    boolean multipleComponentTransform,
    boolean highThroughput) {

  private static final long MAX_TILES = 65_535;

  public static Jpeg2000Header of(byte[] frame) throws CodecException {
    int start = codestream(frame);
    Segments segments = new Segments(frame, start + 2);
    long rows = 0;
    long columns = 0;
    int components = 0;
    int precision = 0;
    long tiles = 1;
    boolean highThroughput = false;
    boolean transform = false;
    long packetsOfTile = 1;
    int marker;
    while ((marker = segments.next()) != 0x90) {
      switch (marker) {
        case 0x51 -> {
          segments.require(40);
          columns = segments.int32(6) - segments.int32(14);
          rows = segments.int32(10) - segments.int32(18);
          components = segments.int16(38);
          segments.require(40 + 3 * components);
          precision = 0;
          for (int i = 0; i < components; i++) {
            precision = Math.max(precision, (segments.int8(40 + 3 * i) & 0x7F) + 1);
            if (segments.int16(41 + 3 * i) != 0x0101) {
              throw CodecException.damaged("JPEG 2000 with subsampled components");
            }
          }
          long tileColumns = segments.int32(22);
          long tileRows = segments.int32(26);
          if (tileColumns < 1 || tileRows < 1) {
            throw CodecException.damaged("JPEG 2000 tile size is 0");
          }
          tiles =
              Math.ceilDiv(segments.int32(6) - segments.int32(30), tileColumns)
                  * Math.ceilDiv(segments.int32(10) - segments.int32(34), tileRows);
        }
        case 0x50 -> highThroughput = true;
        case 0x52 -> {
          segments.require(14);
          int layers = segments.int16(6);
          transform = segments.int8(8) == 1;
          int levels = segments.int8(9);
          if (levels > 32 || segments.int8(10) > 8 || segments.int8(11) > 8) {
            throw CodecException.damaged("JPEG 2000 coding style is invalid");
          }
          packetsOfTile = (long) layers * (levels + 1);
          if ((segments.int8(4) & 1) != 0) {
            segments.require(14 + levels + 1);
            for (int i = 1; i <= levels; i++) {
              int size = segments.int8(14 + i);
              if ((size & 0xF) < 5 || size >> 4 < 5) {
                throw CodecException.damaged("JPEG 2000 precincts are too small");
              }
            }
          }
        }
        default -> {
          // Quantization, comments and the rest neither cost memory nor time by themselves.
        }
      }
    }
    // Every packet takes at least one byte, so more packets than bytes cannot be true.
    if (tiles > MAX_TILES || tiles * packetsOfTile * components > Math.max(frame.length, 256)) {
      throw CodecException.damaged("JPEG 2000 announces more packets than it has bytes");
    }
    return new Jpeg2000Header(
        start, rows, columns, components, precision, transform, highThroughput);
  }

  /** Code streams stand alone in DICOM; some senders leave the boxes of a JP2 file round them. */
  private static int codestream(byte[] frame) throws CodecException {
    int limit = Math.min(frame.length - 4, 4096);
    for (int i = 0; i <= limit; i++) {
      if (frame[i] == (byte) 0xFF
          && frame[i + 1] == 0x4F
          && frame[i + 2] == (byte) 0xFF
          && frame[i + 3] == 0x51) {
        return i;
      }
    }
    throw CodecException.damaged("no JPEG 2000 code stream");
  }

  /** Walks the main header; offsets count from the marker's first byte. */
  private static final class Segments {
    private final byte[] bytes;
    private int at;
    private int next;

    Segments(byte[] bytes, int first) {
      this.bytes = bytes;
      this.next = first;
    }

    int next() throws CodecException {
      at = next;
      if (at + 4 > bytes.length || bytes[at] != (byte) 0xFF) {
        throw CodecException.damaged("JPEG 2000 main header is cut");
      }
      next = at + 2 + int16(2);
      if (int16(2) < 2 || next > bytes.length) {
        throw CodecException.damaged("JPEG 2000 segment runs past the end of the frame");
      }
      return bytes[at + 1] & 0xFF;
    }

    void require(int length) throws CodecException {
      if (at + length > next) {
        throw CodecException.damaged("JPEG 2000 segment is too short");
      }
    }

    int int8(int offset) {
      return bytes[at + offset] & 0xFF;
    }

    int int16(int offset) {
      return int8(offset) << 8 | int8(offset + 1);
    }

    long int32(int offset) {
      return (long) int16(offset) << 16 | int16(offset + 2);
    }
  }
}
