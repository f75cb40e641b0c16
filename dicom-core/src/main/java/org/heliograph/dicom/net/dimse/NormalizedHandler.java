package org.heliograph.dicom.net.dimse;

import java.io.IOException;

/**
 * Performs DIMSE-N requests: Modality Performed Procedure Step (PS3.4 Annex F), Storage Commitment
 * (Annex J), Print (Annex H) and others.
 */
@FunctionalInterface
public interface NormalizedHandler {
  /**
   * Performs a request. An operation that the service does not have is answered with {@link
   * DimseStatus#UNRECOGNIZED_OPERATION}.
   *
   * @throws DimseException to answer with its status
   * @throws IOException is answered 0110H; the end of the association ends it
   */
  NormalizedResult perform(NormalizedRequest request) throws IOException;
}
