package org.heliograph.dicom.pixel.render;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.pixel.ImageDescription;
import org.jspecify.annotations.Nullable;

/**
 * How one frame's stored values become what is shown: Modality LUT, VOI LUT, Presentation LUT and
 * palette (PS3.3 C.11.1, C.11.2, C.11.6, C.7.6.3.1.5), the shape of its pixels, and overlays for
 * those who want them in the picture. A {@link PresentationState} makes another one of it.
 */
public final class Presentation {

  private final @Nullable Lut modalityLut;
  private final double rescaleSlope;
  private final double rescaleIntercept;
  private final List<Window> windows;
  private final @Nullable Lut voiLut;
  private final List<Lut> palette;
  private final boolean supplemental;
  private final @Nullable PaddingRange padding;
  private final @Nullable Lut presentationLut;
  private final @Nullable Boolean inverse;
  private final boolean wholeRange;
  private final double pixelAspect;
  private final List<OverlayBitmap> overlays;
  private final @Nullable DisplayedArea area;

  private Presentation(Builder builder) {
    modalityLut = builder.modalityLut;
    rescaleSlope = builder.rescaleSlope;
    rescaleIntercept = builder.rescaleIntercept;
    windows = List.copyOf(builder.windows);
    voiLut = builder.voiLut;
    palette = List.copyOf(builder.palette);
    supplemental = builder.supplemental;
    padding = builder.padding;
    presentationLut = builder.presentationLut;
    inverse = builder.inverse;
    wholeRange = builder.wholeRange;
    pixelAspect = builder.pixelAspect;
    overlays = List.copyOf(builder.overlays);
    area = builder.area;
  }

  /** No transformation at all: stored values, no window. */
  public static Presentation identity() {
    return new Builder().build();
  }

  /**
   * What the object says about one frame, functional groups of enhanced objects included.
   *
   * @param frame counted from 0
   * @param bulk gives look-up tables that were left in their source
   */
  public static Presentation of(Dataset dataset, int frame, BulkSource bulk) throws IOException {
    return new PresentationReader(dataset, frame, bulk).read();
  }

  /** The same with these overlays painted into the picture. */
  public Presentation withOverlays(List<OverlayBitmap> bitmaps) {
    return toBuilder().overlays(bitmaps).build();
  }

  /** Height of a pixel divided by its width; 1 unless the object says otherwise. */
  public double pixelAspect() {
    return pixelAspect;
  }

  /** The windows that the object proposes, the preferred one first. */
  public List<Window> windows() {
    return windows;
  }

  Optional<Lut> voiLut() {
    return Optional.ofNullable(voiLut);
  }

  /** Red, green, blue; empty unless the image has a palette. */
  List<Lut> palette() {
    return palette;
  }

  /** Whether the palette is for the stored values above the gray ones (PS3.3 C.8.16.2.1.1). */
  boolean supplemental() {
    return supplemental;
  }

  List<OverlayBitmap> overlays() {
    return overlays;
  }

  DisplayedArea area(int columns, int rows) {
    return area == null ? DisplayedArea.whole(columns, rows) : area.within(columns, rows);
  }

  /** Whether no VOI LUT means the whole range of values rather than the range of the pixels. */
  boolean wholeRange() {
    return wholeRange;
  }

  /**
   * What the Presentation LUT makes of a part of the whole range.
   *
   * @param monochrome1 whether the least value is white, unless a Presentation LUT decides
   */
  double shown(double fraction, boolean monochrome1) {
    if (presentationLut != null) {
      return presentationLut.fractionOf(fraction);
    }
    boolean inverted = inverse == null ? monochrome1 : inverse;
    return inverted ? 1 - fraction : fraction;
  }

  /** The least and the largest value that the Modality LUT can give. */
  Window modalityRange(ImageDescription image) {
    double low;
    double high;
    if (modalityLut != null) {
      low = 0;
      high = (double) ((1L << modalityLut.bits()) - 1);
    } else {
      int bits = image.bitsStored();
      double least = image.signed() ? -Math.scalb(1.0, bits - 1) : 0;
      double one = least * rescaleSlope + rescaleIntercept;
      double other = (least + Math.scalb(1.0, bits) - 1) * rescaleSlope + rescaleIntercept;
      low = Math.min(one, other);
      high = Math.max(one, other);
    }
    return Window.over(low, high);
  }

  /** What the Modality LUT makes of a stored value. */
  double modality(double value) {
    return modalityLut != null ? modalityLut.apply(value) : value * rescaleSlope + rescaleIntercept;
  }

  boolean changesStoredValues() {
    return modalityLut != null || rescaleSlope != 1 || rescaleIntercept != 0;
  }

  boolean isPadding(double stored) {
    return padding != null && stored >= padding.from && stored <= padding.to;
  }

  record PaddingRange(long from, long to) {}

  Builder toBuilder() {
    Builder builder = new Builder();
    builder.modalityLut = modalityLut;
    builder.rescaleSlope = rescaleSlope;
    builder.rescaleIntercept = rescaleIntercept;
    builder.windows = windows;
    builder.voiLut = voiLut;
    builder.palette = palette;
    builder.supplemental = supplemental;
    builder.padding = padding;
    builder.presentationLut = presentationLut;
    builder.inverse = inverse;
    builder.wholeRange = wholeRange;
    builder.pixelAspect = pixelAspect;
    builder.overlays = overlays;
    builder.area = area;
    return builder;
  }

  static final class Builder {
    private @Nullable Lut modalityLut;
    private double rescaleSlope = 1;
    private double rescaleIntercept;
    private List<Window> windows = List.of();
    private @Nullable Lut voiLut;
    private List<Lut> palette = List.of();
    private boolean supplemental;
    private @Nullable PaddingRange padding;
    private @Nullable Lut presentationLut;
    private @Nullable Boolean inverse;
    private boolean wholeRange;
    private double pixelAspect = 1;
    private List<OverlayBitmap> overlays = List.of();
    private @Nullable DisplayedArea area;

    /** Forgets the gray transformations: a presentation state defines all of them. */
    Builder withoutGray() {
      modalityLut = null;
      rescaleSlope = 1;
      rescaleIntercept = 0;
      windows = List.of();
      voiLut = null;
      presentationLut = null;
      inverse = false;
      wholeRange = true;
      return this;
    }

    Builder presentationLut(Lut lut) {
      presentationLut = lut;
      return this;
    }

    /** Presentation LUT Shape INVERSE rather than IDENTITY. */
    Builder inverse(boolean shape) {
      inverse = shape;
      return this;
    }

    Builder pixelAspect(double aspect) {
      pixelAspect = aspect;
      return this;
    }

    Builder overlays(List<OverlayBitmap> bitmaps) {
      overlays = bitmaps;
      return this;
    }

    Builder area(DisplayedArea shown) {
      area = shown;
      return this;
    }

    Builder supplemental(boolean above) {
      supplemental = above;
      return this;
    }

    Builder modalityLut(Lut lut) {
      modalityLut = lut;
      return this;
    }

    Builder rescale(double slope, double intercept) {
      rescaleSlope = slope;
      rescaleIntercept = intercept;
      return this;
    }

    Builder windows(List<Window> proposed) {
      windows = proposed;
      return this;
    }

    Builder voiLut(Lut lut) {
      voiLut = lut;
      return this;
    }

    Builder palette(Lut red, Lut green, Lut blue) {
      palette = List.of(red, green, blue);
      return this;
    }

    Builder padding(long one, long other) {
      padding = new PaddingRange(Math.min(one, other), Math.max(one, other));
      return this;
    }

    Presentation build() {
      return new Presentation(this);
    }
  }
}
