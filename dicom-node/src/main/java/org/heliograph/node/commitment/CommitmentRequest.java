package org.heliograph.node.commitment;

import java.net.InetAddress;
import java.util.List;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Uid;

/**
 * A wish that the archive take over the responsibility for instances (PS3.4 J.3.2).
 *
 * @param transaction Transaction UID (0008,1195), the caller's choice
 * @param instances at least one, in the order of the request
 */
public record CommitmentRequest(
    AeTitle callingAe, InetAddress peer, Uid transaction, List<ReferencedInstance> instances) {
  public CommitmentRequest {
    instances = List.copyOf(instances);
  }

  @Override
  public String toString() {
    return "CommitmentRequest[" + instances.size() + " instances]";
  }
}
