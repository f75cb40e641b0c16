package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.AssociationProposal;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.dicom.net.ul.ServiceRoles;
import org.heliograph.dicom.net.ul.TlsSettings;
import org.heliograph.dicom.net.ul.UserIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What an SCU proposes to a peer, and how long it waits.
 *
 * @param <B> the builder itself
 * @param <S> the SCU that it opens
 */
public abstract sealed class ScuBuilder<B extends ScuBuilder<B, S>, S>
    permits StorageScu.Builder, QueryRetrieveScu.Builder, NormalizedScu.Builder {
  /** For messages without pixel data. */
  static final List<String> PLAIN_SYNTAXES =
      List.of(Uids.ExplicitVrLittleEndian, Uids.ImplicitVrLittleEndian);

  private final String host;
  private final int port;
  private final AssociationProposal proposal;
  private AssociationTimeouts timeouts = AssociationTimeouts.defaults();
  private SocketFactory sockets = SocketFactory.getDefault();
  private @Nullable TlsSettings tls;
  private MessageLimits limits = MessageLimits.defaults();

  ScuBuilder(String host, int port, AeTitle calling, AeTitle called) {
    this.host = host;
    this.port = port;
    proposal = AssociationProposal.of(calling, called);
  }

  abstract B self();

  abstract S opened(ScuAssociation association);

  /**
   * Proposes one presentation context: the peer picks one of the transfer syntaxes.
   *
   * @throws IllegalStateException beyond 128 contexts
   */
  public B propose(SopClassUid sopClass, TransferSyntaxUid... transferSyntaxes) {
    return propose(
        sopClass.value().value(),
        Stream.of(transferSyntaxes).map(syntax -> syntax.value().value()).toList());
  }

  B propose(String abstractSyntax, List<String> transferSyntaxes) {
    proposal.propose(abstractSyntax, transferSyntaxes);
    return self();
  }

  B roles(SopClassUid sopClass, ServiceRoles ours) {
    proposal.roles(sopClass.value().value(), ours);
    return self();
  }

  /** Proposes SOP class extended negotiation, in bytes that the service defines (PS3.7 D.3.3.5). */
  public B extended(SopClassUid sopClass, byte... information) {
    proposal.extended(sopClass.value().value(), information);
    return self();
  }

  /** Proposes Verification, for C-ECHO. */
  public B proposeVerification() {
    return propose(Uids.VerificationSopClass, List.of(Uids.ImplicitVrLittleEndian));
  }

  public B timeouts(AssociationTimeouts value) {
    timeouts = value;
    return self();
  }

  /** Makes this a TLS association (PS3.15 Annex B). */
  public B tls(@Nullable TlsSettings value) {
    tls = value;
    return self();
  }

  /** What makes the TCP socket. */
  public B sockets(SocketFactory value) {
    sockets = value;
    return self();
  }

  /** For whom we act (PS3.7 D.3.3.7). */
  public B identity(UserIdentity value) {
    proposal.identity(value);
    return self();
  }

  /** The longest P-DATA-TF we take from the peer. */
  public B maxPduLengthBytes(int value) {
    proposal.maxPduLengthBytes(value);
    return self();
  }

  /**
   * A longer identifier or attribute list from the peer ends the association; 1 MiB if not said.
   */
  public B maxIdentifierBytes(int value) {
    limits = new MessageLimits(limits.maxDatasetBytes(), value);
    return self();
  }

  /**
   * Opens the association.
   *
   * @throws AssociationException.Rejected if the peer rejects it
   * @throws AssociationException.TlsFailed if the peers do not accept each other
   * @throws IOException if it cannot be reached
   */
  public S open() throws IOException {
    var association =
        Association.open(
            new InetSocketAddress(host, port), proposal.toRequest(), timeouts, sockets, tls);
    return opened(new ScuAssociation(association, limits));
  }
}
