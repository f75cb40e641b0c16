package org.heliograph.dicom.deid;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.deid.DeidentificationResult.Reason;

/** What pixels may show of a patient, and regions of native pixels made blank. */
final class PixelCleaning {
  /** Secondary capture, ultrasound, and photographs and video of Visible Light. */
  private static final List<String> RISKY =
      List.of(
          "1.2.840.10008.5.1.4.1.1.7",
          "1.2.840.10008.5.1.4.1.1.6.1",
          "1.2.840.10008.5.1.4.1.1.6.2",
          "1.2.840.10008.5.1.4.1.1.3.1",
          "1.2.840.10008.5.1.4.1.1.77.1");

  private PixelCleaning() {}

  /** Why an instance must not pass under a profile. */
  static Optional<Reason> refusal(Dataset instance, Profile profile) {
    if (!hasPixels(instance)) {
      return Optional.empty();
    }
    if (instance.string(Tag.RecognizableVisualFeatures, "").equals("YES")) {
      return Optional.of(Reason.RECOGNIZABLE_VISUAL_FEATURES);
    }
    if (hasOverlayInPixels(instance)) {
      return Optional.of(Reason.OVERLAY_IN_PIXEL_DATA);
    }
    if (!profile.blankRegions().isEmpty()) {
      return blanking(instance);
    }
    String burnedIn = instance.string(Tag.BurnedInAnnotation, "");
    if (burnedIn.equals("YES")) {
      return Optional.of(Reason.BURNED_IN_ANNOTATION);
    }
    String sopClass = instance.string(Tag.SOPClassUID, "");
    boolean risky =
        RISKY.stream().anyMatch(r -> sopClass.equals(r) || sopClass.startsWith(r + "."));
    return risky && !burnedIn.equals("NO") && profile.options().contains(Option.CLEAN_PIXEL_DATA)
        ? Optional.of(Reason.RISKY_KIND)
        : Optional.empty();
  }

  static boolean hasPixels(Dataset instance) {
    return instance.contains(Tag.PixelData);
  }

  /** Overlays without data of their own lie in the pixels (PS3.5 8.1.2, retired). */
  private static boolean hasOverlayInPixels(Dataset instance) {
    for (Element e : instance) {
      int group = Tags.group(e.tag());
      if ((group & 0xFF01) == 0x6000
          && Tags.element(e.tag()) == 0x0102
          && instance.integer(e.tag(), 0) > 0
          && !instance.contains((group << 16) | 0x3000)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Reason> blanking(Dataset instance) {
    return switch (instance.get(Tag.PixelData).orElseThrow()) {
      case EncapsulatedElement _ -> Optional.of(Reason.COMPRESSED_PIXEL_DATA);
      case BulkElement _ -> Optional.of(Reason.PIXEL_DATA_NOT_IN_MEMORY);
      case SequenceElement _ -> Optional.of(Reason.UNKNOWN_PIXEL_LAYOUT);
      case ValueElement v ->
          Layout.of(instance, v.length()).isPresent()
              ? Optional.empty()
              : Optional.of(Reason.UNKNOWN_PIXEL_LAYOUT);
    };
  }

  /** The pixel data with the regions blank in every frame; the instance was not refused. */
  static Element blanked(Dataset instance, List<PixelRegion> regions) {
    ValueElement pixels = (ValueElement) instance.get(Tag.PixelData).orElseThrow();
    byte[] bytes = pixels.bytes();
    Layout layout = Layout.of(instance, bytes.length).orElseThrow();
    for (PixelRegion region : regions) {
      layout.blank(bytes, region);
    }
    return ValueElement.wrap(pixels.tag(), pixels.vr(), bytes, pixels.characterSet());
  }

  /** Where the samples of native pixels lie (PS3.5 8.1.1, PS3.3 C.7.6.3). */
  private record Layout(int rows, int columns, int bytesPerPixel, int planes, int frames) {
    static Optional<Layout> of(Dataset d, int length) {
      int bits = d.integer(Tag.BitsAllocated, 0);
      int samples = d.integer(Tag.SamplesPerPixel, 1);
      boolean planar = samples > 1 && d.integer(Tag.PlanarConfiguration, 0) == 1;
      boolean whole = bits == 8 || bits == 16 || bits == 32;
      boolean subsampled = d.string(Tag.PhotometricInterpretation, "").contains("42");
      int rows = d.integer(Tag.Rows, 0);
      int columns = d.integer(Tag.Columns, 0);
      int frames = Math.max(1, d.integer(Tag.NumberOfFrames, 1));
      if (!whole || subsampled || rows < 1 || columns < 1 || samples < 1 || samples > 4) {
        return Optional.empty();
      }
      int pixel = bits / 8 * (planar ? 1 : samples);
      Layout layout = new Layout(rows, columns, pixel, planar ? samples : 1, frames);
      long size = (long) rows * columns * pixel * layout.planes * frames;
      return size <= length ? Optional.of(layout) : Optional.empty();
    }

    void blank(byte[] pixels, PixelRegion r) {
      int right = (int) Math.min(columns, (long) r.x() + r.width());
      int bottom = (int) Math.min(rows, (long) r.y() + r.height());
      for (int plane = 0; plane < frames * planes; plane++) {
        for (int y = r.y(); y < bottom && r.x() < right; y++) {
          int line = (plane * rows + y) * columns;
          Arrays.fill(
              pixels, (line + r.x()) * bytesPerPixel, (line + right) * bytesPerPixel, (byte) 0);
        }
      }
    }
  }
}
