package org.heliograph.node.storage;

import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.dicom.net.ul.AcceptorNegotiation;
import org.heliograph.dicom.net.ul.ServiceRoles;

/** A service that the node offers beside storage and verification, for all its associations. */
public interface NodeService {
  /** Names the handlers; called for each association, from any thread. */
  void offer(DimseServices.Builder services);

  /** Adds what the service negotiates beyond contexts and their transfer syntaxes. */
  default void negotiate(AcceptorNegotiation.Builder negotiation) {}

  /** The roles that the node can take in the contexts of this service. */
  default ServiceRoles roles() {
    return ServiceRoles.SCP;
  }
}
