package org.heliograph.dicom.net.ul;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.io.DicomWriter;
import org.jspecify.annotations.Nullable;

/**
 * Puts an A-ASSOCIATE-RQ together (PS3.8 9.3.2): contexts, and what PS3.7 D.3.3 negotiates. No
 * asynchronous operations window is proposed, which means one operation at a time (PS3.7 D.3.3.3).
 * For one thread.
 */
public final class AssociationProposal {
  private static final int MAX_CONTEXTS = 128;
  private static final int DEFAULT_MAX_PDU_LENGTH_BYTES = 128 * 1024;

  private final AeTitle calling;
  private final AeTitle called;
  private final List<Pdu.ProposedContext> contexts = new ArrayList<>();
  private final Map<String, ServiceRoles> roles = new TreeMap<>();
  private final List<UserInformation.ExtendedNegotiation> extended = new ArrayList<>();
  private final List<UserInformation.CommonExtendedNegotiation> common = new ArrayList<>();
  private @Nullable UserIdentity identity;
  private int maxPduLengthBytes = DEFAULT_MAX_PDU_LENGTH_BYTES;

  private AssociationProposal(AeTitle calling, AeTitle called) {
    this.calling = calling;
    this.called = called;
  }

  /** A proposal without contexts. */
  public static AssociationProposal of(AeTitle calling, AeTitle called) {
    return new AssociationProposal(calling, called);
  }

  /**
   * Proposes one presentation context: the acceptor picks one of the transfer syntaxes.
   *
   * @throws IllegalStateException beyond 128 contexts
   */
  public AssociationProposal propose(String abstractSyntax, List<String> transferSyntaxes) {
    if (contexts.size() == MAX_CONTEXTS) {
      throw new IllegalStateException("an association has at most 128 presentation contexts");
    }
    contexts.add(
        new Pdu.ProposedContext(contexts.size() * 2 + 1, abstractSyntax, transferSyntaxes));
    return this;
  }

  /** Proposes roles for ourselves in a SOP class (PS3.7 D.3.3.4); without it we are SCU. */
  public AssociationProposal roles(String sopClass, ServiceRoles ours) {
    roles.put(sopClass, ours);
    return this;
  }

  /** Adds SOP class extended negotiation (PS3.7 D.3.3.5). */
  public AssociationProposal extended(String sopClass, byte[] information) {
    extended.add(
        new UserInformation.ExtendedNegotiation(sopClass, ByteBuffer.wrap(information.clone())));
    return this;
  }

  /** Adds SOP class common extended negotiation (PS3.7 D.3.3.6). */
  public AssociationProposal commonExtended(
      String sopClass, String serviceClass, List<String> relatedGeneralSopClasses) {
    common.add(
        new UserInformation.CommonExtendedNegotiation(
            sopClass, serviceClass, relatedGeneralSopClasses));
    return this;
  }

  /** Says for whom we act (PS3.7 D.3.3.7). */
  public AssociationProposal identity(UserIdentity value) {
    identity = value;
    return this;
  }

  /** The longest P-DATA-TF we take; 128 KiB if not set. */
  public AssociationProposal maxPduLengthBytes(int value) {
    maxPduLengthBytes = value;
    return this;
  }

  /** The request, for {@link Association#open}. */
  public Pdu.AssociateRq toRequest() {
    var info =
        new UserInformation.Builder(
            maxPduLengthBytes,
            DicomWriter.IMPLEMENTATION_CLASS_UID,
            DicomWriter.IMPLEMENTATION_VERSION_NAME);
    roles.forEach((uid, ours) -> info.role(UserInformation.RoleSelection.of(uid, ours)));
    extended.forEach(info::extended);
    common.forEach(info::commonExtended);
    if (identity != null) {
      info.identity(identity);
    }
    return new Pdu.AssociateRq(
        1, called.value(), calling.value(), Pdu.APPLICATION_CONTEXT, contexts, info.build());
  }
}
