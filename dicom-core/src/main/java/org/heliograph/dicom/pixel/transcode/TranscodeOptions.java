package org.heliograph.dicom.pixel.transcode;

import java.nio.file.Path;
import org.heliograph.dicom.pixel.DecodeLimits;

/**
 * What a {@link Transcoder} may do and use.
 *
 * @param lossySource whether pixels that lost something before may be decoded
 * @param lossyTarget whether pixels may lose something now
 * @param verification whether each frame is decoded again before the answer
 * @param jpegQuality 1 to 100, for JPEG Baseline
 * @param limits for each frame
 * @param folder where encoded frames wait that are too many for memory
 * @param maxInMemoryBytes of encoded frames
 */
public record TranscodeOptions(
    LossySource lossySource,
    LossyTarget lossyTarget,
    Verification verification,
    int jpegQuality,
    DecodeLimits limits,
    Path folder,
    int maxInMemoryBytes) {

  /** What happens with objects whose pixels are lossy already. */
  public enum LossySource {
    /** They stay as they are. */
    REFUSE,
    /** They are decoded; Lossy Image Compression (0028,2110) stays, or becomes, 01. */
    DECODE
  }

  /** What happens when the wanted encoding is lossy. */
  public enum LossyTarget {
    /** Nothing: a loss needs someone's consent. */
    REFUSE,
    /** A derived instance with a UID of its own comes out. */
    DERIVE
  }

  /** Whether encoded frames are looked at again. */
  public enum Verification {
    NONE,
    /** Every frame is decoded; without loss it must be the same, bit by bit. */
    DECODE_EACH_FRAME
  }

  public TranscodeOptions {
    if (jpegQuality < 1 || jpegQuality > 100) {
      throw new IllegalArgumentException("JPEG quality " + jpegQuality);
    }
    if (maxInMemoryBytes < 0) {
      throw new IllegalArgumentException("memory of " + maxInMemoryBytes + " bytes");
    }
  }

  /** Nothing lossy, each frame verified, 16 MiB in memory, then the system's temporary folder. */
  public static TranscodeOptions defaults() {
    return new TranscodeOptions(
        LossySource.REFUSE,
        LossyTarget.REFUSE,
        Verification.DECODE_EACH_FRAME,
        90,
        DecodeLimits.defaults(),
        Path.of(System.getProperty("java.io.tmpdir")),
        16 << 20);
  }

  public TranscodeOptions with(LossySource source) {
    return new TranscodeOptions(
        source, lossyTarget, verification, jpegQuality, limits, folder, maxInMemoryBytes);
  }

  public TranscodeOptions with(LossyTarget target) {
    return new TranscodeOptions(
        lossySource, target, verification, jpegQuality, limits, folder, maxInMemoryBytes);
  }

  public TranscodeOptions with(Verification wanted) {
    return new TranscodeOptions(
        lossySource, lossyTarget, wanted, jpegQuality, limits, folder, maxInMemoryBytes);
  }

  public TranscodeOptions with(DecodeLimits wanted) {
    return new TranscodeOptions(
        lossySource, lossyTarget, verification, jpegQuality, wanted, folder, maxInMemoryBytes);
  }

  public TranscodeOptions withJpegQuality(int quality) {
    return new TranscodeOptions(
        lossySource, lossyTarget, verification, quality, limits, folder, maxInMemoryBytes);
  }

  public TranscodeOptions withSpool(Path where, int inMemoryBytes) {
    return new TranscodeOptions(
        lossySource, lossyTarget, verification, jpegQuality, limits, where, inMemoryBytes);
  }
}
