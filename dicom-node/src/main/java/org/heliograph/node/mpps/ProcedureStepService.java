package org.heliograph.node.mpps;

import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.node.storage.NodeService;

/** Modality Performed Procedure Step SCP: N-CREATE and N-SET (PS3.4 F.7). */
public final class ProcedureStepService implements NodeService {
  private final ProcedureStepScp scp;

  public ProcedureStepService(ProcedureStepSink sink) {
    this.scp = new ProcedureStepScp(sink);
  }

  @Override
  public void offer(DimseServices.Builder services) {
    services.normalized(scp, SopClassUid.of(Uids.ModalityPerformedProcedureStep));
  }
}
