package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.UserInformation;
import org.jspecify.annotations.Nullable;

/**
 * Sends instances by C-STORE over one association (PS3.4 Annex B). For one thread; open several to
 * send in parallel.
 */
public final class StorageScu implements AutoCloseable {
  private final Association association;
  private final DimseMessages messages;
  private final List<AcceptedContext> contexts;
  private int messageId;

  private StorageScu(Association association) {
    this.association = association;
    this.messages = new DimseMessages(association);
    this.contexts = List.copyOf(association.acceptedContexts().values());
  }

  /** Prepares an association to a peer. */
  public static Builder to(String host, int port, AeTitle calling, AeTitle called) {
    return new Builder(host, port, calling, called);
  }

  /** What to propose, and how long to wait. */
  public static final class Builder {
    private static final int MAX_CONTEXTS = 128;

    private final String host;
    private final int port;
    private final AeTitle calling;
    private final AeTitle called;
    private final List<Pdu.ProposedContext> contexts = new ArrayList<>();
    private AssociationTimeouts timeouts = AssociationTimeouts.defaults();
    private SocketFactory sockets = SocketFactory.getDefault();
    private int maxPduLengthBytes = 128 * 1024;

    private Builder(String host, int port, AeTitle calling, AeTitle called) {
      this.host = host;
      this.port = port;
      this.calling = calling;
      this.called = called;
    }

    /** Proposes Verification, for {@link StorageScu#echo}. */
    public Builder proposeVerification() {
      return propose(Uids.VerificationSopClass, List.of(Uids.ImplicitVrLittleEndian));
    }

    /**
     * Proposes one presentation context: the peer picks one of the transfer syntaxes. At most 128
     * contexts.
     */
    public Builder propose(SopClassUid sopClass, TransferSyntaxUid... transferSyntaxes) {
      return propose(
          sopClass.value().value(),
          List.of(transferSyntaxes).stream().map(syntax -> syntax.value().value()).toList());
    }

    private Builder propose(String abstractSyntax, List<String> transferSyntaxes) {
      if (contexts.size() == MAX_CONTEXTS) {
        throw new IllegalStateException("an association has at most 128 presentation contexts");
      }
      contexts.add(
          new Pdu.ProposedContext(contexts.size() * 2 + 1, abstractSyntax, transferSyntaxes));
      return this;
    }

    public Builder timeouts(AssociationTimeouts value) {
      timeouts = value;
      return this;
    }

    /** A TLS socket factory makes this a TLS association. */
    public Builder sockets(SocketFactory value) {
      sockets = value;
      return this;
    }

    /** The longest P-DATA-TF we take from the peer. */
    public Builder maxPduLengthBytes(int value) {
      maxPduLengthBytes = value;
      return this;
    }

    /**
     * Opens the association.
     *
     * @throws AssociationException.Rejected if the peer rejects it
     */
    public StorageScu open() throws IOException {
      var request =
          new Pdu.AssociateRq(
              1,
              called.value(),
              calling.value(),
              Pdu.APPLICATION_CONTEXT,
              contexts,
              UserInformation.of(
                  maxPduLengthBytes,
                  DicomWriter.IMPLEMENTATION_CLASS_UID,
                  DicomWriter.IMPLEMENTATION_VERSION_NAME));
      return new StorageScu(
          Association.open(new InetSocketAddress(host, port), request, timeouts, sockets));
    }
  }

  /** Whether the peer takes this SOP class in this transfer syntax. */
  public boolean accepts(SopClassUid sopClass, TransferSyntaxUid transferSyntax) {
    return context(sopClass.value().value(), transferSyntax.value().value()) != null;
  }

  /**
   * Sends one instance, streaming, and waits for the answer.
   *
   * @return the peer's status; only success and warnings mean that it has the instance
   * @throws NoAcceptedContextException if it cannot be sent on this association
   * @throws IOException if the association or the source broke; the association is aborted then
   */
  public DimseStatus store(
      SopClassUid sopClass,
      SopInstanceUid sopInstance,
      TransferSyntaxUid transferSyntax,
      DatasetSource source)
      throws IOException {
    var context = context(sopClass.value().value(), transferSyntax.value().value());
    if (context == null) {
      throw new NoAcceptedContextException();
    }
    var command =
        new CommandSet()
            .uid(CommandTag.AFFECTED_SOP_CLASS_UID, sopClass.value().value())
            .us(CommandTag.COMMAND_FIELD, CommandField.C_STORE_RQ)
            .us(CommandTag.MESSAGE_ID, nextMessageId())
            .us(CommandTag.PRIORITY, 0)
            .withDataSet()
            .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, sopInstance.value().value());
    try (var dataset = source.open()) {
      association.send(context.id(), Pdu.Pdv.Kind.COMMAND, command.encode());
      association.send(context.id(), Pdu.Pdv.Kind.DATASET, dataset);
      association.flush();
      return response(CommandField.C_STORE_RSP);
    } catch (IOException | RuntimeException e) {
      association.abort(); // half a data set cannot be taken back
      throw e;
    }
  }

  /** C-ECHO (PS3.7 9.1.5). */
  public DimseStatus echo() throws IOException {
    var context = context(Uids.VerificationSopClass, null);
    if (context == null) {
      throw new NoAcceptedContextException();
    }
    messages.send(
        context,
        new CommandSet()
            .uid(CommandTag.AFFECTED_SOP_CLASS_UID, Uids.VerificationSopClass)
            .us(CommandTag.COMMAND_FIELD, CommandField.C_ECHO_RQ)
            .us(CommandTag.MESSAGE_ID, nextMessageId())
            .withoutDataSet());
    return response(CommandField.C_ECHO_RSP);
  }

  /** Releases the association in order; it cannot be used afterwards. */
  public void release() throws IOException {
    association.release();
  }

  /** Aborts the association if it was not released. */
  @Override
  public void close() {
    association.abort();
  }

  private DimseStatus response(int field) throws IOException {
    var incoming = messages.next(Association.Wait.FOR_RESPONSE);
    if (incoming == null) {
      throw association.violation("release instead of a response");
    }
    var command = incoming.command();
    var status = command.us(CommandTag.STATUS);
    if (command.us(CommandTag.COMMAND_FIELD).orElse(-1) != field
        || command.us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO).orElse(-1) != messageId
        || status.isEmpty()
        || command.hasDataSet()) {
      throw association.violation("not the response to our request");
    }
    return new DimseStatus(status.getAsInt(), command.text(CommandTag.ERROR_COMMENT));
  }

  private int nextMessageId() {
    messageId = messageId % 0xffff + 1;
    return messageId;
  }

  private @Nullable AcceptedContext context(
      String abstractSyntax, @Nullable String transferSyntax) {
    for (var context : contexts) {
      if (context.abstractSyntax().equals(abstractSyntax)
          && (transferSyntax == null || context.transferSyntax().equals(transferSyntax))) {
        return context;
      }
    }
    return null;
  }
}
