package org.heliograph.dicom.io;

import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;

/**
 * What was read.
 *
 * @param fileMeta group 0002, empty where there was none
 * @param transferSyntax the syntax that the data set was read in
 * @param warnings the leniencies that were needed, in order, at most 100
 */
public record ParsedObject(
    Dataset fileMeta, TransferSyntax transferSyntax, Dataset dataset, List<ReadWarning> warnings) {
  /** Copies the list. */
  public ParsedObject {
    warnings = List.copyOf(warnings);
  }
}
