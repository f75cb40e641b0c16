package org.heliograph.reader.media;

import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.deid.Deidentifier;
import org.jspecify.annotations.Nullable;

/**
 * How to export.
 *
 * @param syntax what images are brought into; null for as they are stored
 * @param deidentifier null for as they are stored
 * @param told the same in words, by which a second run knows that it is to go on
 */
public record ExportSettings(
    Form form, @Nullable TransferSyntax syntax, @Nullable Deidentifier deidentifier, String told) {
  /** What is made. */
  public enum Form {
    /** Part 10 files. */
    FOLDER,
    /** The same with a DICOMDIR and File IDs of PS3.10. */
    DICOMDIR,
    /** The same in one ZIP file. */
    ZIP
  }

  boolean isAsStored() {
    return syntax == null && deidentifier == null;
  }

  @Override
  public String toString() {
    return "ExportSettings[" + told + "]";
  }
}
