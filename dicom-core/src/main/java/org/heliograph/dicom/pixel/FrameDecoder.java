package org.heliograph.dicom.pixel;

import java.io.IOException;
import org.heliograph.dicom.pixel.codec.CodecException;

/**
 * Turns the bytes of one frame into samples (PS3.5 Section 8, Annex A.4).
 *
 * <p>Stateless and bounded: a hostile frame costs at most what {@link DecodeLimits} allows and ends
 * in a {@link PixelDataException}, whatever the codec below it threw.
 */
public final class FrameDecoder {

  private FrameDecoder() {}

  /** Whether frames of this transfer syntax can be decoded at all. */
  public static boolean supports(String transferSyntaxUid) {
    return FrameCodec.of(transferSyntaxUid) != FrameCodec.UNSUPPORTED;
  }

  /** Decodes with {@link DecodeLimits#defaults()}. */
  public static DecodedFrame decode(byte[] frame, String transferSyntaxUid, ImageDescription image)
      throws PixelDataException {
    return decode(frame, 0, transferSyntaxUid, image, DecodeLimits.defaults());
  }

  /**
   * @param frame exactly the frame's bytes: its fragments joined, or its part of native Pixel Data
   * @param firstBit bits to skip in the first byte, for native frames of single bits
   */
  public static DecodedFrame decode(
      byte[] frame,
      int firstBit,
      String transferSyntaxUid,
      ImageDescription image,
      DecodeLimits limits)
      throws PixelDataException {
    FrameCodec codec = FrameCodec.of(transferSyntaxUid);
    return guarded(
        codec,
        image,
        limits,
        () -> codec.decode(frame, firstBit, transferSyntaxUid, image, limits));
  }

  /**
   * As {@link #decode}, but without conversion of colour: the description of what comes back says
   * whether the cells are RGB or YBR_FULL, whole-resolution samples of a pixel together. Every bit
   * of a cell is as it is stored, those outside of Bits Stored too.
   */
  public static DecodedFrame stored(
      byte[] frame,
      int firstBit,
      String transferSyntaxUid,
      ImageDescription image,
      DecodeLimits limits)
      throws PixelDataException {
    FrameCodec codec = FrameCodec.of(transferSyntaxUid);
    return guarded(
        codec,
        image,
        limits,
        () -> codec.stored(frame, firstBit, transferSyntaxUid, image, limits));
  }

  private interface Decoding {
    DecodedFrame run() throws IOException;
  }

  private static DecodedFrame guarded(
      FrameCodec codec, ImageDescription image, DecodeLimits limits, Decoding decoding)
      throws PixelDataException {
    limits.check(image);
    try {
      return decoding.run();
    } catch (PixelDataException e) {
      throw e;
    } catch (CodecException e) {
      throw PixelDataException.of(e);
    } catch (RuntimeException | IOException e) {
      throw new DamagedPixelDataException("frame is damaged: " + codec, e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      // Dimensions were checked before; what is left is a codec led astray by damaged bytes.
      throw new DamagedPixelDataException("frame asks for too much memory: " + codec, e);
    }
  }
}
