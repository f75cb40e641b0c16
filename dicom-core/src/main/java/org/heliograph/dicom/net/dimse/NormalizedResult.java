package org.heliograph.dicom.net.dimse;

import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a DIMSE-N request (PS3.7 Section 10.1).
 *
 * @param sopInstance the instance it is about; for N-CREATE the one made
 * @param dataset the Attribute List, Action Reply or Event Reply; empty if there is none
 */
public record NormalizedResult(
    DimseStatus status, @Nullable SopInstanceUid sopInstance, Dataset dataset) {

  /** A status alone. */
  public static NormalizedResult of(DimseStatus status) {
    return new NormalizedResult(status, null, Dataset.empty());
  }

  /** Success, with attributes or a reply. */
  public static NormalizedResult success(Dataset dataset) {
    return new NormalizedResult(DimseStatus.SUCCESS, null, dataset);
  }

  /** Success of an N-CREATE. */
  public static NormalizedResult created(SopInstanceUid sopInstance, Dataset attributes) {
    return new NormalizedResult(DimseStatus.SUCCESS, sopInstance, attributes);
  }

  /** The status only. */
  @Override
  public String toString() {
    return "NormalizedResult[" + status + "]";
  }
}
