package org.heliograph.reader.dicomweb;

import java.io.IOException;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.retrieve.StoredFrame;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.pixel.DecodeLimits;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.FrameDecoder;
import org.heliograph.dicom.pixel.FrameEncoder;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/**
 * Frames in another form than the stored one: plain and little endian, or encoded without loss. So
 * many are made at once as the memory is for.
 */
final class FrameRecoding {
  private static final Turns DECODERS = new Turns(4, "the picture decoders");

  /** Only for lossy encodings, which are not made here. */
  private static final int JPEG_QUALITY = 90;

  private FrameRecoding() {}

  /** The frame's bytes as the answer promises them. */
  static byte[] bytes(StoredInstance stored, Dataset header, StoredFrame frame, FrameAnswer answer)
      throws IOException {
    DECODERS.acquire();
    try {
      ImageDescription image = ImageDescription.of(header);
      String syntax = stored.transferSyntax().value().value();
      return answer.form() == FrameAnswer.Form.ENCODED
          ? encoded(frame.bytes(), syntax, image, answer.transferSyntax())
          : decoded(frame.bytes(), syntax, image);
    } catch (PixelDataException e) {
      throw new ProblemException(ProblemCode.TRANSFER_SYNTAX_NOT_AVAILABLE, e);
    } finally {
      DECODERS.release();
    }
  }

  private static byte[] decoded(byte[] frame, String syntax, ImageDescription image)
      throws PixelDataException {
    DecodedFrame decoded = FrameDecoder.decode(frame, syntax, image);
    requireColours(image, decoded.description().photometricInterpretation());
    return decoded.cells();
  }

  private static byte[] encoded(byte[] frame, String syntax, ImageDescription image, String target)
      throws PixelDataException {
    DecodedFrame decoded = FrameDecoder.stored(frame, 0, syntax, image, DecodeLimits.defaults());
    FrameEncoder encoder = FrameEncoder.of(target, decoded.description(), JPEG_QUALITY);
    requireColours(image, encoder.description().photometricInterpretation());
    return encoder.encode(decoded);
  }

  /** Samples of another colour space than the header says would be shown in wrong colours. */
  private static void requireColours(ImageDescription image, PhotometricInterpretation made) {
    if (made != image.photometricInterpretation()) {
      throw new ProblemException(ProblemCode.TRANSFER_SYNTAX_NOT_AVAILABLE);
    }
  }
}
