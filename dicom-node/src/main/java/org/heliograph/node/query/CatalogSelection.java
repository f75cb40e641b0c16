package org.heliograph.node.query;

import java.util.Map;
import org.heliograph.dicom.net.dimse.QueryRetrieveLevel;

/**
 * What a C-MOVE or C-GET asks for: unique keys, the UIDs of a list separated by backslashes (PS3.4
 * C.4.2.1.4).
 */
public record CatalogSelection(QueryRetrieveLevel level, Map<Integer, String> uniqueKeys) {
  public CatalogSelection {
    uniqueKeys = Map.copyOf(uniqueKeys);
  }

  /** Keys are patient data. */
  @Override
  public String toString() {
    return "CatalogSelection[" + level + "]";
  }
}
