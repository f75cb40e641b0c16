package org.heliograph.node.commitment;

import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.node.storage.NodeService;

/** Storage Commitment Push Model SCP at a node (PS3.4 Annex J). */
public final class CommitmentService implements NodeService {
  private final CommitmentScp scp;

  public CommitmentService(CommitmentLedger ledger) {
    this.scp = new CommitmentScp(ledger);
  }

  @Override
  public void offer(DimseServices.Builder services) {
    services.normalized(scp, CommitmentScp.SOP_CLASS);
  }
}
