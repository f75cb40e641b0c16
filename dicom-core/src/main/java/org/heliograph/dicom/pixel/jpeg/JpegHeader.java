package org.heliograph.dicom.pixel.jpeg;

import java.util.List;
import java.util.OptionalInt;
import org.heliograph.dicom.pixel.codec.CodecException;

/**
 * What the markers of a JPEG stream say, read without decoding it (ITU-T T.81 Annex B).
 *
 * @param process low nibble of the start-of-frame marker: 0 baseline, 1 extended, 2 progressive, 3
 *     lossless
 * @param precision bits of a sample
 * @param sampling horizontal × 16 + vertical sampling factor of each component
 * @param componentIds identifiers of the components, ASCII {@code R G B} in some RGB streams
 * @param jfif an APP0 JFIF segment is there
 * @param adobeTransform the colour transform of an Adobe APP14 segment, if there is one
 * @param complete an end-of-image marker follows the last scan
 * @param imageBytes bytes from start of image to the end-of-image marker, both included
 */
public record JpegHeader(
    int process,
    int precision,
    int rows,
    int columns,
    List<Integer> sampling,
    List<Integer> componentIds,
    boolean jfif,
    OptionalInt adobeTransform,
    boolean complete,
    int imageBytes) {

  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;

  public JpegHeader {
    sampling = List.copyOf(sampling);
    componentIds = List.copyOf(componentIds);
  }

  public int components() {
    return sampling.size();
  }

  /** Whether chrominance has a lower resolution, which only luminance-chrominance data has. */
  public boolean subsampled() {
    return sampling.stream().distinct().count() > 1;
  }

  /** Samples of three components are R, G, B unless something in the stream says otherwise. */
  public boolean storesRgb(boolean otherwise) {
    if (components() != 3 || subsampled()) {
      return false;
    }
    if (adobeTransform.isPresent()) {
      return adobeTransform.getAsInt() == 0;
    }
    return componentIds.equals(List.of((int) 'R', (int) 'G', (int) 'B')) || otherwise;
  }

  /** Reads all markers; entropy-coded data is only skipped. */
  public static JpegHeader of(byte[] jpeg) throws CodecException {
    return new JpegMarkers(jpeg).header();
  }

  private static final class JpegMarkers {
    private final byte[] jpeg;
    private int at;
    private boolean jfif;
    private OptionalInt adobe = OptionalInt.empty();
    private int frameMarker = -1;
    private int frameAt;
    private boolean scanned;

    JpegMarkers(byte[] jpeg) {
      this.jpeg = jpeg;
    }

    JpegHeader header() throws CodecException {
      if (jpeg.length < 4 || jpeg[0] != (byte) 0xFF || jpeg[1] != (byte) 0xD8) {
        throw CodecException.damaged("no JPEG start of image");
      }
      at = 2;
      boolean complete = false;
      while (!complete) {
        int marker = nextMarker();
        if (marker < 0) {
          break;
        }
        if (marker == EOI) {
          complete = true;
        } else if (marker != 0x01 && (marker < 0xD0 || marker > 0xD7)) {
          segment(marker);
        }
      }
      return frame(complete && scanned);
    }

    private int nextMarker() {
      while (at + 1 < jpeg.length) {
        if (jpeg[at++] != (byte) 0xFF) {
          continue;
        }
        int marker = jpeg[at] & 0xFF;
        if (marker != 0 && marker != 0xFF) {
          at++;
          return marker;
        }
      }
      return -1;
    }

    private void segment(int marker) throws CodecException {
      int length = at + 1 < jpeg.length ? unsigned(at) : 0;
      if (length < 2 || at + length > jpeg.length) {
        throw CodecException.damaged("JPEG segment runs past the end of the frame");
      }
      if (marker == 0xE0 && length >= 7 && ascii(at + 2, "JFIF")) {
        jfif = true;
      } else if (marker == 0xEE && length >= 14 && ascii(at + 2, "Adobe")) {
        adobe = OptionalInt.of(jpeg[at + 13] & 0xFF);
      } else if (marker == SOS) {
        scanned = true;
      } else if (isStartOfFrame(marker)) {
        if (frameMarker >= 0) {
          throw CodecException.damaged("JPEG has two frame headers");
        }
        if (length < 8 || length < 8 + 3 * (jpeg[at + 7] & 0xFF)) {
          throw CodecException.damaged("JPEG frame header is too short");
        }
        frameMarker = marker;
        frameAt = at;
      }
      at += length;
    }

    private JpegHeader frame(boolean complete) throws CodecException {
      if (frameMarker < 0) {
        throw CodecException.damaged("JPEG has no frame header");
      }
      int count = jpeg[frameAt + 7] & 0xFF;
      Integer[] sampling = new Integer[count];
      Integer[] ids = new Integer[count];
      for (int i = 0; i < count; i++) {
        ids[i] = jpeg[frameAt + 8 + 3 * i] & 0xFF;
        sampling[i] = jpeg[frameAt + 9 + 3 * i] & 0xFF;
      }
      return new JpegHeader(
          frameMarker & 0x0F,
          jpeg[frameAt + 2] & 0xFF,
          unsigned(frameAt + 3),
          unsigned(frameAt + 5),
          List.of(sampling),
          List.of(ids),
          jfif,
          adobe,
          complete,
          at);
    }

    /** SOF0 to SOF15 without the Huffman and arithmetic table markers between them. */
    private static boolean isStartOfFrame(int marker) {
      return (marker >= 0xC0
              && marker <= 0xCF
              && marker != 0xC4
              && marker != 0xC8
              && marker != 0xCC)
          || marker == 0xF7;
    }

    private boolean ascii(int from, String text) {
      for (int i = 0; i < text.length(); i++) {
        if (jpeg[from + i] != text.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    private int unsigned(int from) {
      return (jpeg[from] & 0xFF) << 8 | (jpeg[from + 1] & 0xFF);
    }
  }
}
