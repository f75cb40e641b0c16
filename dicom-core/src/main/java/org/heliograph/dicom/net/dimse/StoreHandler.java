package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes instances from C-STORE (PS3.4 Annex B): from an SCU, or as the sub-operations of our own
 * C-GET.
 */
@FunctionalInterface
public interface StoreHandler {
  /**
   * Stores one instance. The data set is in the request's transfer syntax, without file meta
   * information, and comes from the network as it is read: a slow reader slows the sender. The
   * status is sent when this returns and the rest of the data set has been skipped.
   *
   * @throws DimseException to answer with its status
   * @throws IOException a failure to store is answered A700H; the end of the association ends it
   */
  DimseStatus store(StoreRequest request, InputStream dataset) throws IOException;
}
