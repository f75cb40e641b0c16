package org.heliograph.dicom.net.dimse;

import org.heliograph.dicom.data.Dataset;

/**
 * One match of a C-FIND (PS3.4 C.4.1): its identifier, and whether all optional keys of the request
 * were supported for existence and matching like required ones (status FF00H) or not (FF01H).
 */
public record Match(Dataset identifier, OptionalKeys optionalKeys) {
  /** How optional keys were treated. */
  public enum OptionalKeys {
    SUPPORTED,
    NOT_ALL_SUPPORTED
  }

  /** A match with all optional keys supported. */
  public static Match of(Dataset identifier) {
    return new Match(identifier, OptionalKeys.SUPPORTED);
  }

  DimseStatus status() {
    return optionalKeys == OptionalKeys.SUPPORTED
        ? DimseStatus.PENDING
        : DimseStatus.PENDING_OPTIONAL_KEYS_NOT_SUPPORTED;
  }
}
