package org.heliograph.node.query;

import java.util.Map;
import java.util.Set;
import org.heliograph.dicom.net.dimse.QueryRetrieveLevel;

/**
 * What a C-FIND asks of the catalog (PS3.4 C.2.2.2).
 *
 * @param keys attribute → value to match, several values separated by backslashes
 * @param itemKeys sequence → the same for attributes of one of its items
 * @param wanted every attribute to be returned, keys included
 */
public record CatalogQuery(
    QueryRetrieveLevel level,
    Map<Integer, String> keys,
    Map<Integer, Map<Integer, String>> itemKeys,
    Set<Integer> wanted,
    DateTimes dateTimes,
    Names names) {

  /** How a date and the time beside it are matched. */
  public enum DateTimes {
    SEPARATE,
    COMBINED
  }

  /** How names are matched. */
  public enum Names {
    LITERAL,
    FUZZY
  }

  public CatalogQuery {
    keys = Map.copyOf(keys);
    itemKeys = Map.copyOf(itemKeys);
    wanted = Set.copyOf(wanted);
  }

  /** Keys are patient data. */
  @Override
  public String toString() {
    return "CatalogQuery[" + level + "]";
  }
}
