package org.heliograph.dicom.pixel.render;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.io.BulkSource;
import org.jspecify.annotations.Nullable;

/**
 * How one frame's stored values become what is shown: Modality LUT, VOI LUT and palette (PS3.3
 * C.11.1, C.11.2, C.7.6.3.1.5).
 */
public final class Presentation {

  private final @Nullable Lut modalityLut;
  private final double rescaleSlope;
  private final double rescaleIntercept;
  private final List<Window> windows;
  private final @Nullable Lut voiLut;
  private final List<Lut> palette;
  private final @Nullable PaddingRange padding;

  private Presentation(Builder builder) {
    modalityLut = builder.modalityLut;
    rescaleSlope = builder.rescaleSlope;
    rescaleIntercept = builder.rescaleIntercept;
    windows = List.copyOf(builder.windows);
    voiLut = builder.voiLut;
    palette = List.copyOf(builder.palette);
    padding = builder.padding;
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

  static final class Builder {
    private @Nullable Lut modalityLut;
    private double rescaleSlope = 1;
    private double rescaleIntercept;
    private List<Window> windows = List.of();
    private @Nullable Lut voiLut;
    private List<Lut> palette = List.of();
    private @Nullable PaddingRange padding;

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
