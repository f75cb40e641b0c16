package org.heliograph.dicom.deid;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The Basic Application Level Confidentiality Profile with the options chosen (PS3.15 E.2, E.3).
 *
 * @param options Full Dates and Modified Dates exclude each other
 * @param vocabulary the words that stay where text is cleaned
 * @param blankRegions the regions of the pixels to blank with {@link Option#CLEAN_PIXEL_DATA}
 */
public record Profile(Set<Option> options, Vocabulary vocabulary, List<PixelRegion> blankRegions) {
  public Profile {
    options = Set.copyOf(options);
    blankRegions = List.copyOf(blankRegions);
    if (options.contains(Option.RETAIN_FULL_DATES)
        && options.contains(Option.RETAIN_MODIFIED_DATES)) {
      throw new IllegalArgumentException("dates are kept or moved, not both");
    }
    if (!blankRegions.isEmpty() && !options.contains(Option.CLEAN_PIXEL_DATA)) {
      throw new IllegalArgumentException("regions are blanked with CLEAN_PIXEL_DATA only");
    }
  }

  /** The profile without options. */
  public static Profile basic() {
    return new Profile(Set.of(), Vocabulary.radiology(), List.of());
  }

  public Profile with(Option... more) {
    EnumSet<Option> all = EnumSet.noneOf(Option.class);
    all.addAll(options);
    all.addAll(List.of(more));
    return new Profile(all, vocabulary, blankRegions);
  }

  public Profile withVocabulary(Vocabulary words) {
    return new Profile(options, words, blankRegions);
  }

  /** With {@link Option#CLEAN_PIXEL_DATA}: these regions of every frame become blank. */
  public Profile blanking(PixelRegion... regions) {
    return new Profile(with(Option.CLEAN_PIXEL_DATA).options, vocabulary, List.of(regions));
  }
}
