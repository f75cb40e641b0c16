package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.net.ul.AssociationException;
import org.jspecify.annotations.Nullable;

/**
 * Sends instances by C-STORE over one association (PS3.4 Annex B). For one thread; open several to
 * send in parallel.
 */
public final class StorageScu implements AutoCloseable {
  private final ScuAssociation association;

  private StorageScu(ScuAssociation association) {
    this.association = association;
  }

  /** Prepares an association to a peer. */
  public static Builder to(String host, int port, AeTitle calling, AeTitle called) {
    return new Builder(host, port, calling, called);
  }

  /** What to propose, and how long to wait. */
  public static final class Builder extends ScuBuilder<Builder, StorageScu> {
    private Builder(String host, int port, AeTitle calling, AeTitle called) {
      super(host, port, calling, called);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    StorageScu opened(ScuAssociation association) {
      return new StorageScu(association);
    }
  }

  /** Whether the association is still there, as far as we know: it was not released or aborted. */
  public boolean isOpen() {
    return association.isOpen();
  }

  /** Whether the peer takes this SOP class in this transfer syntax. */
  public boolean accepts(SopClassUid sopClass, TransferSyntaxUid transferSyntax) {
    return association.context(sopClass.value().value(), transferSyntax.value().value()) != null;
  }

  /** The transfer syntaxes in which the peer takes this SOP class. */
  public Set<TransferSyntaxUid> transferSyntaxes(SopClassUid sopClass) {
    return association.contexts().stream()
        .filter(context -> context.abstractSyntax().equals(sopClass.value().value()))
        .map(context -> TransferSyntaxUid.of(context.transferSyntax()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Sends one instance, streaming, and waits for the answer.
   *
   * @return the peer's status; only success and warnings mean that it has the instance
   * @throws NoAcceptedContextException if it cannot be sent on this association
   * @throws AssociationException if the association broke; it says whether to try again
   * @throws IOException if the source broke; the association is aborted then
   */
  public DimseStatus store(
      SopClassUid sopClass,
      SopInstanceUid sopInstance,
      TransferSyntaxUid transferSyntax,
      DatasetSource source)
      throws IOException {
    return store(
        new StoredInstance(sopClass, sopInstance, transferSyntax, source), Priority.MEDIUM, null);
  }

  /** Sends one instance with a priority, as a sub-operation of a C-MOVE if that is named. */
  public DimseStatus store(
      StoredInstance instance, Priority priority, @Nullable MoveOriginator originator)
      throws IOException {
    var sopClass = instance.sopClass().value().value();
    var context = association.context(sopClass, instance.transferSyntax().value().value());
    if (context == null) {
      throw new NoAcceptedContextException();
    }
    association.begin();
    try (var dataset = instance.dataset().open()) {
      var command =
          association
              .request(Operation.C_STORE)
              .uid(CommandTag.AFFECTED_SOP_CLASS_UID, sopClass)
              .us(CommandTag.PRIORITY, priority.code())
              .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, instance.sopInstance().value().value());
      if (originator != null) {
        command
            .ae(CommandTag.MOVE_ORIGINATOR_AE_TITLE, originator.aeTitle())
            .us(CommandTag.MOVE_ORIGINATOR_MESSAGE_ID, originator.messageId());
      }
      association.messages().send(context, command, dataset);
      var response = association.next();
      var status = association.status(response, Operation.C_STORE);
      association.messages().skipDataset(response);
      return status;
    } finally {
      association.end();
    }
  }

  /** C-ECHO (PS3.7 9.1.5). */
  public DimseStatus echo() throws IOException {
    return association.echo();
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
}
