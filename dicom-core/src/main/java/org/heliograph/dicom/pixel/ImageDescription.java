package org.heliograph.dicom.pixel;

/**
 * What the Image Pixel module (PS3.3 C.7.6.3) says about every frame.
 *
 * @param signed Pixel Representation (0028,0103) is 1, two's complement
 * @param planarConfiguration 0 samples of a pixel together, 1 one plane after the other
 */
public record ImageDescription(
    int rows,
    int columns,
    int samplesPerPixel,
    int bitsAllocated,
    int bitsStored,
    int highBit,
    boolean signed,
    PhotometricInterpretation photometricInterpretation,
    int planarConfiguration,
    int numberOfFrames) {

  /** Rejects values outside the standard; sizes are bounded by {@link DecodeLimits} at decoding. */
  public ImageDescription {
    require(rows >= 1 && rows <= 0xFFFF, "Rows", rows);
    require(columns >= 1 && columns <= 0xFFFF, "Columns", columns);
    require(
        samplesPerPixel == photometricInterpretation.samplesPerPixel(),
        "Samples per Pixel",
        samplesPerPixel);
    require(
        bitsAllocated == 1 || bitsAllocated == 8 || bitsAllocated == 16 || bitsAllocated == 32,
        "Bits Allocated",
        bitsAllocated);
    require(bitsStored >= 1 && bitsStored <= bitsAllocated, "Bits Stored", bitsStored);
    require(highBit >= bitsStored - 1 && highBit < bitsAllocated, "High Bit", highBit);
    require(
        planarConfiguration == 0 || planarConfiguration == 1,
        "Planar Configuration",
        planarConfiguration);
    require(numberOfFrames >= 1, "Number of Frames", numberOfFrames);
  }

  private static void require(boolean valid, String attribute, int value) {
    if (!valid) {
      throw new IllegalArgumentException(attribute + " is " + value);
    }
  }

  public long pixels() {
    return (long) rows * columns;
  }

  /** Samples of one frame after chrominance has been brought to full resolution. */
  public long samples() {
    return pixels() * samplesPerPixel;
  }

  /** Bytes of a decoded sample: 1, 2 or 4; single bits are widened to a byte. */
  public int bytesPerSample() {
    return bitsAllocated <= 8 ? 1 : bitsAllocated / 8;
  }

  /** Bits that one frame takes in native (not encapsulated) Pixel Data. */
  public long nativeFrameBits() {
    boolean halvedChrominance =
        photometricInterpretation == PhotometricInterpretation.YBR_FULL_422
            || photometricInterpretation == PhotometricInterpretation.YBR_PARTIAL_422;
    return halvedChrominance ? pixels() * 2 * bitsAllocated : samples() * bitsAllocated;
  }

  ImageDescription with(PhotometricInterpretation photometric, int planar) {
    return new ImageDescription(
        rows,
        columns,
        photometric.samplesPerPixel(),
        bitsAllocated,
        bitsStored,
        highBit,
        signed,
        photometric,
        planar,
        numberOfFrames);
  }
}
