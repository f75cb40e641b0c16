package org.heliograph.dicom.pixel.render;

import java.util.function.DoubleUnaryOperator;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.SampleType;
import org.jspecify.annotations.Nullable;

/** Stored value → Modality LUT → VOI LUT → Presentation LUT or shape → 8-bit display value. */
final class GrayscaleTransform {

  private final ImageDescription image;
  private final Presentation presentation;
  private final DoubleUnaryOperator voi;

  private GrayscaleTransform(
      ImageDescription image, Presentation presentation, DoubleUnaryOperator voi) {
    this.image = image;
    this.presentation = presentation;
    this.voi = voi;
  }

  static GrayscaleTransform of(
      DecodedFrame frame, Presentation presentation, @Nullable Window override) {
    return new GrayscaleTransform(
        frame.description(), presentation, voi(frame, presentation, override));
  }

  /** The asked-for window, else the object's VOI LUT, its first window, or the pixels' range. */
  private static DoubleUnaryOperator voi(
      DecodedFrame frame, Presentation presentation, @Nullable Window override) {
    if (override != null) {
      return override::apply;
    }
    if (!presentation.windows().isEmpty()) {
      return presentation.windows().getFirst()::apply;
    }
    if (presentation.voiLut().isPresent()) {
      return presentation.voiLut().get()::fraction;
    }
    ImageDescription image = frame.description();
    if (presentation.wholeRange() && image.sampleType() == SampleType.INTEGER) {
      return presentation.modalityRange(image)::apply;
    }
    if (image.bitsStored() <= 8 && !image.signed() && !presentation.changesStoredValues()) {
      double white = image.bitsStored() == 8 ? 255 : (1 << image.bitsStored()) - 1;
      return value -> value / white;
    }
    return PixelRange.of(frame, presentation)::apply;
  }

  byte display(double stored) {
    double fraction =
        presentation.shown(
            voi.applyAsDouble(presentation.modality(stored)),
            image.photometricInterpretation() == PhotometricInterpretation.MONOCHROME1);
    return (byte) Math.round(Math.clamp(fraction, 0.0, 1.0) * 255);
  }

  /** The display value of every possible cell, for images of up to 16 bits allocated. */
  byte[] table() {
    byte[] table = new byte[1 << (8 * image.bytesPerSample())];
    for (int cell = 0; cell < table.length; cell++) {
      table[cell] = display((double) image.storedValue(cell));
    }
    return table;
  }
}
