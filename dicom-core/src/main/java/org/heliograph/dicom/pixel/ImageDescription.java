package org.heliograph.dicom.pixel;

import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;

/**
 * What the Image Pixel module (PS3.3 C.7.6.3) says about every frame.
 *
 * @param bitsAllocated 1 or a multiple of 8; other numbers are bits packed without gaps, as older
 *     objects have them (12)
 * @param signed Pixel Representation (0028,0103) is 1, two's complement
 * @param planarConfiguration 0 samples of a pixel together, 1 one plane after the other
 * @param sampleType floating point samples take all their bits and are always gray
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
    int numberOfFrames,
    SampleType sampleType) {

  /** Rejects values outside the standard; sizes are bounded by {@link DecodeLimits} at decoding. */
  public ImageDescription {
    require(rows >= 1 && rows <= 0xFFFF, "Rows", rows);
    require(columns >= 1 && columns <= 0xFFFF, "Columns", columns);
    require(
        samplesPerPixel == photometricInterpretation.samplesPerPixel(),
        "Samples per Pixel",
        samplesPerPixel);
    require(
        switch (sampleType) {
          case INTEGER -> bitsAllocated >= 1 && bitsAllocated <= 64;
          case FLOAT -> bitsAllocated == 32 && samplesPerPixel == 1;
          case DOUBLE -> bitsAllocated == 64 && samplesPerPixel == 1;
        },
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

  /** An image of whole numbers. */
  public ImageDescription(
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
    this(
        rows,
        columns,
        samplesPerPixel,
        bitsAllocated,
        bitsStored,
        highBit,
        signed,
        photometricInterpretation,
        planarConfiguration,
        numberOfFrames,
        SampleType.INTEGER);
  }

  /**
   * Reads the Image Pixel module.
   *
   * @throws UnsupportedPixelDataException an unknown photometric interpretation
   * @throws DamagedPixelDataException attributes are missing or contradict each other
   */
  public static ImageDescription of(Dataset dataset) throws PixelDataException {
    SampleType type =
        dataset.contains(Tag.PixelData)
            ? SampleType.INTEGER
            : dataset.contains(Tag.FloatPixelData)
                ? SampleType.FLOAT
                : dataset.contains(Tag.DoubleFloatPixelData)
                    ? SampleType.DOUBLE
                    : SampleType.INTEGER;
    int samples = dataset.integer(Tag.SamplesPerPixel, 1);
    String term = dataset.string(Tag.PhotometricInterpretation, "MONOCHROME2");
    PhotometricInterpretation photometric =
        PhotometricInterpretation.of(term)
            .orElseThrow(
                () -> new UnsupportedPixelDataException("unknown photometric interpretation"));
    int allocated = dataset.integer(Tag.BitsAllocated, 0);
    boolean integer = type == SampleType.INTEGER;
    int stored = integer ? dataset.integer(Tag.BitsStored, allocated) : allocated;
    try {
      return new ImageDescription(
          dataset.integer(Tag.Rows, 0),
          dataset.integer(Tag.Columns, 0),
          samples,
          allocated,
          stored,
          integer ? dataset.integer(Tag.HighBit, stored - 1) : stored - 1,
          integer && dataset.integer(Tag.PixelRepresentation, 0) == 1,
          photometric,
          dataset.integer(Tag.PlanarConfiguration, 0),
          Math.max(1, dataset.integer(Tag.NumberOfFrames, 1)),
          type);
    } catch (IllegalArgumentException e) {
      throw new DamagedPixelDataException("image pixel description is invalid", e);
    }
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

  /** Bytes of a decoded sample: 1, 2, 4 or 8; other numbers of bits are widened. */
  public int bytesPerSample() {
    return bitsAllocated <= 8 ? 1 : bitsAllocated <= 16 ? 2 : bitsAllocated <= 32 ? 4 : 8;
  }

  /** Bits that one frame takes in native (not encapsulated) Pixel Data. */
  public long nativeFrameBits() {
    boolean halvedChrominance =
        photometricInterpretation == PhotometricInterpretation.YBR_FULL_422
            || photometricInterpretation == PhotometricInterpretation.YBR_PARTIAL_422;
    return halvedChrominance ? pixels() * 2 * bitsAllocated : samples() * bitsAllocated;
  }

  /** The value in a cell: Bits Stored below High Bit, sign extended if the image is signed. */
  public long storedValue(long cell) {
    long atTop = cell << (63 - highBit);
    return signed ? atTop >> (64 - bitsStored) : atTop >>> (64 - bitsStored);
  }

  /** The same in other colours. */
  public ImageDescription with(PhotometricInterpretation photometric, int planar) {
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
        numberOfFrames,
        sampleType);
  }
}
