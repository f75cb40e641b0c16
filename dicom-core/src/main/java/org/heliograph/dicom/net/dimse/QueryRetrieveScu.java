package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.util.List;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.ServiceRoles;

/**
 * Queries by C-FIND and retrieves by C-MOVE and C-GET over one association (PS3.4 Annexes C and K).
 * For one thread, and one request at a time. An {@link AssociationException} says whether to try
 * again; it also comes if a response is not there in time.
 */
public final class QueryRetrieveScu implements AutoCloseable {
  private final ScuAssociation association;

  private QueryRetrieveScu(ScuAssociation association) {
    this.association = association;
  }

  /** Prepares an association to a peer. */
  public static Builder to(String host, int port, AeTitle calling, AeTitle called) {
    return new Builder(host, port, calling, called);
  }

  /** What to propose, and how long to wait. */
  public static final class Builder extends ScuBuilder<Builder, QueryRetrieveScu> {
    private Builder(String host, int port, AeTitle calling, AeTitle called) {
      super(host, port, calling, called);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    QueryRetrieveScu opened(ScuAssociation association) {
      return new QueryRetrieveScu(association);
    }

    /** Proposes C-FIND of a model. */
    public Builder proposeFind(InformationModel model) {
      return propose(model.find().orElseThrow().value().value(), PLAIN_SYNTAXES);
    }

    /** Proposes C-MOVE of a model. */
    public Builder proposeMove(InformationModel model) {
      return propose(model.move().orElseThrow().value().value(), PLAIN_SYNTAXES);
    }

    /**
     * Proposes C-GET of a model; {@link #proposeRetrieved} says in which contexts instances may
     * come.
     */
    public Builder proposeGet(InformationModel model) {
      return propose(model.get().orElseThrow().value().value(), PLAIN_SYNTAXES);
    }

    /**
     * Proposes to be the SCP of a storage SOP class, for the sub-operations of C-GET (PS3.7
     * D.3.3.4, PS3.4 C.5.3).
     */
    public Builder proposeRetrieved(SopClassUid sopClass, TransferSyntaxUid... transferSyntaxes) {
      propose(sopClass, transferSyntaxes);
      return roles(sopClass, ServiceRoles.SCP);
    }
  }

  /** How far a retrieval is; called after each pending response. */
  @FunctionalInterface
  public interface Progress {
    /** Goes on until the end. */
    Progress IGNORED = _ -> Next.CONTINUE;

    /** Tells the counts so far, and is told whether to go on. */
    Next progressed(SubOperations counts);
  }

  /** Whether a retrieval goes on. */
  public enum Next {
    CONTINUE,
    /** Sends C-CANCEL; what is under way may still come. */
    CANCEL
  }

  /** Whether the peer performs C-FIND of a model. */
  public boolean finds(InformationModel model) {
    return model.find().map(uid -> association.context(uid.value().value(), null)).isPresent();
  }

  /**
   * Queries; the results come as they are asked for, and must be read to their end or closed before
   * the next request.
   *
   * @throws NoAcceptedContextException if the peer does not offer this
   */
  public FindResults find(InformationModel model, Dataset keys) throws IOException {
    return find(model, keys, Priority.MEDIUM);
  }

  /** Queries with a priority. */
  public FindResults find(InformationModel model, Dataset keys, Priority priority)
      throws IOException {
    var sopClass = model.find().orElseThrow();
    var context = association.needContext(sopClass.value().value());
    association.begin();
    try {
      association.messages().send(context, request(Operation.C_FIND, sopClass, priority), keys);
    } catch (IOException | RuntimeException e) {
      association.end();
      throw e;
    }
    return new FindResults(association, context);
  }

  /**
   * Has the peer send instances to a third application entity.
   *
   * @param progress called on this thread; C-CANCEL can be asked for only when a response comes
   */
  public RetrieveResult move(
      InformationModel model, AeTitle destination, Dataset keys, Progress progress)
      throws IOException {
    var sopClass = model.move().orElseThrow();
    var context = association.needContext(sopClass.value().value());
    association.begin();
    try {
      var request =
          request(Operation.C_MOVE, sopClass, Priority.MEDIUM)
              .ae(CommandTag.MOVE_DESTINATION, destination);
      association.messages().send(context, request, keys);
      return new Retrieving(association, context, Operation.C_MOVE, progress, null).await();
    } finally {
      association.end();
    }
  }

  /**
   * Has the peer send instances over this association, in the contexts of {@link
   * Builder#proposeRetrieved}.
   *
   * @param receiver takes the instances as they stream in, on this thread; its status goes to the
   *     peer
   */
  public RetrieveResult get(
      InformationModel model, Dataset keys, StoreHandler receiver, Progress progress)
      throws IOException {
    var sopClass = model.get().orElseThrow();
    var context = association.needContext(sopClass.value().value());
    association.begin();
    try {
      var request = request(Operation.C_GET, sopClass, Priority.MEDIUM);
      association.messages().send(context, request, keys);
      return new Retrieving(association, context, Operation.C_GET, progress, receiver).await();
    } finally {
      association.end();
    }
  }

  private CommandSet request(Operation operation, SopClassUid sopClass, Priority priority) {
    return association
        .request(operation)
        .uid(CommandTag.AFFECTED_SOP_CLASS_UID, sopClass.value().value())
        .us(CommandTag.PRIORITY, priority.code());
  }

  /** C-ECHO, if Verification was proposed. */
  public DimseStatus echo() throws IOException {
    return association.echo();
  }

  /** The presentation contexts in force. */
  public List<AcceptedContext> contexts() {
    return association.contexts();
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
