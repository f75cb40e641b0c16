package org.heliograph.node.query;

import java.util.Optional;
import java.util.stream.Stream;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.dicom.net.dimse.InformationModel;
import org.heliograph.dicom.net.ul.AcceptorNegotiation;
import org.heliograph.node.peer.PeerConnections;
import org.heliograph.node.storage.NodeService;

/**
 * Query/Retrieve SCP: C-FIND, C-MOVE and C-GET in the Patient Root, Study Root and (retired)
 * Patient/Study Only models (PS3.4 C.6).
 */
public final class QueryRetrieveService implements NodeService {
  private static final InformationModel[] MODELS = {
    InformationModel.PATIENT_ROOT, InformationModel.STUDY_ROOT, InformationModel.PATIENT_STUDY_ONLY
  };

  private final FindScp find;
  private final RetrieveScp retrieve;
  private final Destinations destinations;

  /**
   * @param own our AE title, from which instances are retrieved
   * @param connections how the destinations of C-MOVE are connected to
   */
  public QueryRetrieveService(AeTitle own, StudyCatalog catalog, PeerConnections connections) {
    this.find = new FindScp(own, catalog);
    this.retrieve = new RetrieveScp(catalog);
    this.destinations = new Destinations(own, catalog, connections);
  }

  @Override
  public void offer(DimseServices.Builder services) {
    services
        .find(find, of(InformationModel::find))
        .move(retrieve, destinations, of(InformationModel::move))
        .get(retrieve, of(InformationModel::get));
  }

  @Override
  public void negotiate(AcceptorNegotiation.Builder negotiation) {
    Stream.of(of(InformationModel::find), of(InformationModel::move), of(InformationModel::get))
        .flatMap(Stream::of)
        .forEach(sopClass -> negotiation.extended(sopClass.value().value(), Negotiated::answer));
  }

  private static SopClassUid[] of(
      java.util.function.Function<InformationModel, Optional<SopClassUid>> operation) {
    return Stream.of(MODELS).map(operation).flatMap(Optional::stream).toArray(SopClassUid[]::new);
  }
}
