package org.heliograph.dicom.pixel.codec;

/**
 * How samples lie outside of a code stream: row by row, the samples of a pixel together, each in a
 * little-endian cell as wide as Bits Allocated says.
 *
 * <p>Decoders are told the layout and refuse a stream that announces another one: so what they
 * allocate was checked before, whatever the stream claims.
 *
 * @param samplesPerPixel 1 or 3 in DICOM
 * @param bitsAllocated 8, 16 or 32
 */
public record SampleLayout(int rows, int columns, int samplesPerPixel, int bitsAllocated) {

  public SampleLayout {
    if (rows < 1 || rows > 0xFFFF || columns < 1 || columns > 0xFFFF) {
      throw new IllegalArgumentException("frame of " + columns + " by " + rows + " pixels");
    }
    if (samplesPerPixel < 1 || samplesPerPixel > 4) {
      throw new IllegalArgumentException(samplesPerPixel + " samples per pixel");
    }
    if (bitsAllocated != 8 && bitsAllocated != 16 && bitsAllocated != 32) {
      throw new IllegalArgumentException(bitsAllocated + " bits allocated");
    }
    if ((long) rows * columns * samplesPerPixel * (bitsAllocated / 8) > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException("frame is too large for one array");
    }
  }

  public int pixels() {
    return rows * columns;
  }

  /** Bytes of one cell: 1, 2 or 4. */
  public int bytesPerSample() {
    return bitsAllocated / 8;
  }

  /** Bytes of all cells. */
  public int byteCount() {
    return pixels() * samplesPerPixel * bytesPerSample();
  }
}
