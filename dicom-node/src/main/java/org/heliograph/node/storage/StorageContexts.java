package org.heliograph.node.storage;

import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.Uids;
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

  private StorageContexts() {}

  static AcceptorNegotiation negotiation(int maxPduLengthBytes) {
    return AcceptorNegotiation.builder(maxPduLengthBytes)
        .support(
            Uids::isStorageSopClass,
            STORAGE_TRANSFER_SYNTAXES,
            ServiceRoles.SCP,
            Preference.OF_REQUESTOR)
        .support(
            Uids.VerificationSopClass::equals,
            PLAIN_TRANSFER_SYNTAXES,
            ServiceRoles.SCP,
            Preference.OF_REQUESTOR)
        .build();
  }
}
