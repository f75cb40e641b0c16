package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import org.heliograph.dicom.net.dimse.RetrieveHandler.MoveDestination;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Request;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Retrieval;

/** Where the C-STORE sub-operations of a C-MOVE go (PS3.4 C.4.2.2). */
@FunctionalInterface
public interface MoveDestinations {
  /**
   * Opens the way to a destination, usually by {@link StorageSender#open}.
   *
   * @throws DimseException with {@link DimseStatus#MOVE_DESTINATION_UNKNOWN} for a title that is
   *     not known
   * @throws IOException if it cannot be reached: every sub-operation has failed then
   */
  Sender open(Request request, MoveDestination destination, Retrieval retrieval) throws IOException;

  /** Sends instances to one destination. */
  interface Sender extends AutoCloseable {
    /**
     * Sends one instance.
     *
     * @return the status that the destination gave
     * @throws IOException if this sub-operation failed
     */
    DimseStatus store(StoredInstance instance, MoveOriginator originator) throws IOException;

    @Override
    void close() throws IOException;
  }
}
