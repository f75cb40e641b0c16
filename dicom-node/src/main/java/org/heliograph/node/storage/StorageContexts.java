package org.heliograph.node.storage;

import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.dicom.net.ul.AcceptorNegotiation;
import org.heliograph.dicom.net.ul.AcceptorNegotiation.Preference;
import org.heliograph.dicom.net.ul.ServiceRoles;

/**
 * What the node accepts, as SCP: every storage SOP class in the first transfer syntax of the
 * proposal that we know, so that the sender need not convert; Verification in an uncompressed one.
 */
final class StorageContexts {
  /** Their pixels stay at the sender (JPIP) or never were in the data set (real-time video). */
  private static final Set<String> WITHOUT_PIXELS =
      Set.of(
          Uids.JpipReferenced,
          Uids.JpipReferencedDeflate,
          Uids.JpipHtj2kReferenced,
          Uids.JpipHtj2kReferencedDeflate,
          Uids.SmpteSt211020Progressive,
          Uids.SmpteSt211020Interlaced,
          Uids.SmpteSt211030Audio);

  private static final List<String> STORAGE_TRANSFER_SYNTAXES =
      Uids.transferSyntaxes().stream().filter(uid -> !WITHOUT_PIXELS.contains(uid)).toList();
  private static final List<String> PLAIN_TRANSFER_SYNTAXES =
      List.of(
          Uids.ImplicitVrLittleEndian,
          Uids.ExplicitVrLittleEndian,
          Uids.ExplicitVrBigEndian,
          Uids.DeflatedExplicitVrLittleEndian);

  /** Identifiers and attribute lists are small: deflating them gains nothing. */
  private static final List<String> QUERY_TRANSFER_SYNTAXES =
      List.of(Uids.ExplicitVrLittleEndian, Uids.ImplicitVrLittleEndian, Uids.ExplicitVrBigEndian);

  private StorageContexts() {}

  static List<TransferSyntaxUid> storageTransferSyntaxes() {
    return STORAGE_TRANSFER_SYNTAXES.stream().map(TransferSyntaxUid::of).toList();
  }

  static List<TransferSyntaxUid> messageTransferSyntaxes() {
    return QUERY_TRANSFER_SYNTAXES.stream().map(TransferSyntaxUid::of).toList();
  }

  /**
   * Storage and verification, and the contexts of further services.
   *
   * @param furtherClasses SOP classes that are stored though the standard does not have them
   */
  static AcceptorNegotiation negotiation(
      int maxPduLengthBytes, List<NodeService> services, Set<String> furtherClasses) {
    DimseServices.Builder all = DimseServices.builder();
    services.forEach(service -> service.offer(all));
    boolean sends = all.build().sendsInstances();
    var negotiation =
        AcceptorNegotiation.builder(maxPduLengthBytes)
            .support(
                uid -> Uids.isStorageSopClass(uid) || furtherClasses.contains(uid),
                STORAGE_TRANSFER_SYNTAXES,
                sends ? ServiceRoles.SCU_AND_SCP : ServiceRoles.SCP,
                Preference.OF_REQUESTOR)
            .support(
                Uids.VerificationSopClass::equals,
                PLAIN_TRANSFER_SYNTAXES,
                ServiceRoles.SCP,
                Preference.OF_REQUESTOR);
    for (NodeService service : services) {
      for (String abstractSyntax : abstractSyntaxes(service)) {
        negotiation.support(
            abstractSyntax::equals,
            QUERY_TRANSFER_SYNTAXES,
            service.roles(),
            Preference.OF_REQUESTOR);
      }
      service.negotiate(negotiation);
    }
    return negotiation.build();
  }

  /** Verification and the abstract syntaxes of a service. */
  static Set<String> abstractSyntaxes(NodeService service) {
    DimseServices.Builder own = DimseServices.builder();
    service.offer(own);
    return own.build().abstractSyntaxes();
  }
}
