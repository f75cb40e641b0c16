package org.heliograph.dicom.deid;

import org.heliograph.dicom.data.Dataset;

/** What became of an instance. */
public sealed interface DeidentificationResult {
  /** The instance without identification, as far as the profile and its options say. */
  record Deidentified(Dataset dataset) implements DeidentificationResult {}

  /** Nothing was made, as identification would stay. */
  record Refused(Reason reason) implements DeidentificationResult {}

  /** Why an instance is refused; names are stable. */
  enum Reason {
    /** Burned In Annotation (0028,0301) says YES, and no regions to blank were given. */
    BURNED_IN_ANNOTATION,
    /**
     * Recognizable Visual Features (0028,0302) says YES: a face, which {@link
     * Option#CLEAN_PIXEL_DATA} cannot help against.
     */
    RECOGNIZABLE_VISUAL_FEATURES,
    /**
     * {@link Option#CLEAN_PIXEL_DATA} was asked for, nothing says that there is no burned in text,
     * and the kind of instance often has it: secondary capture, ultrasound, photographs, video,
     * documents.
     */
    RISKY_KIND,
    /** Regions were to be blanked in pixel data that is compressed. */
    COMPRESSED_PIXEL_DATA,
    /** Regions were to be blanked in pixel data that was left in its source. */
    PIXEL_DATA_NOT_IN_MEMORY,
    /** Regions were to be blanked in a layout of pixels that is not of whole bytes a sample. */
    UNKNOWN_PIXEL_LAYOUT,
    /** An overlay lies in the unused bits of the pixels, where removing attributes leaves it. */
    OVERLAY_IN_PIXEL_DATA
  }
}
