package org.heliograph.node.worklist;

import java.io.IOException;
import java.util.Iterator;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.node.query.QueryCaller;

/**
 * The scheduled procedure steps that a modality may ask for: the hub's orders. Called on the
 * threads of associations, many at once.
 */
public interface WorklistSource {
  /**
   * The worklist of one caller, the earliest step first. It may hold more than what the keys match:
   * matching is done by who asks, keys only help to leave out what cannot match.
   *
   * <p>An item has one Scheduled Procedure Step Sequence item (PS3.4 Table K.6-1). Attributes that
   * are not known are there, empty: one that is absent cannot be matched. Modality and Scheduled
   * Station AE Title may have several values where the step is open to several.
   *
   * @param keys the identifier of the request
   * @return items may throw {@link java.io.UncheckedIOException}
   * @throws DimseException the caller may not ask ({@code 0124})
   * @throws IOException the source does not answer, worth another try
   */
  Iterator<Dataset> items(QueryCaller caller, Dataset keys) throws IOException;
}
