package org.heliograph.node.worklist;

import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.node.storage.NodeService;

/** Modality Worklist SCP: C-FIND of the Modality Worklist information model (PS3.4 Annex K). */
public final class ModalityWorklistService implements NodeService {
  /** So many matches are told of; a query for more must be narrowed. */
  public static final int MAX_MATCHES = 2_000;

  private final WorklistScp scp;

  public ModalityWorklistService(WorklistSource source) {
    this(source, MAX_MATCHES);
  }

  ModalityWorklistService(WorklistSource source, int maxMatches) {
    this.scp = new WorklistScp(source, maxMatches);
  }

  @Override
  public void offer(DimseServices.Builder services) {
    services.find(scp, SopClassUid.of(Uids.ModalityWorklistFind));
  }
}
