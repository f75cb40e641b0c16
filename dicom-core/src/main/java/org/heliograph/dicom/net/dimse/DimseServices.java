package org.heliograph.dicom.net.dimse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.ul.AcceptorNegotiation;
import org.heliograph.dicom.net.ul.ServiceRoles;
import org.jspecify.annotations.Nullable;

/**
 * What an SCP offers: a handler for each service and SOP class. C-ECHO is always there. Immutable,
 * for any number of associations; handlers are called on the thread of the association.
 */
public final class DimseServices {
  private final @Nullable StoreHandler store;
  private final Map<String, FindHandler> find;
  private final Map<String, Move> move;
  private final Map<String, RetrieveHandler> get;
  private final Map<String, Normalized> normalized;
  private final MessageLimits limits;
  private final Set<String> abstractSyntaxes;

  private DimseServices(Builder builder) {
    store = builder.store;
    find = Map.copyOf(builder.find);
    move = Map.copyOf(builder.move);
    get = Map.copyOf(builder.get);
    normalized = Map.copyOf(builder.normalized);
    limits = new MessageLimits(builder.maxDatasetBytes, builder.maxIdentifierBytes);
    abstractSyntaxes =
        Stream.of(
                Set.of(Uids.VerificationSopClass),
                find.keySet(),
                move.keySet(),
                get.keySet(),
                normalized.keySet())
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());
  }

  public static Builder builder() {
    return new Builder();
  }

  record Move(RetrieveHandler handler, MoveDestinations destinations) {}

  record Normalized(NormalizedHandler handler, Set<String> sopClasses) {}

  /** The handler for C-STORE in a context of this abstract syntax. */
  @Nullable StoreHandler store(String abstractSyntax) {
    return abstractSyntaxes.contains(abstractSyntax) ? null : store;
  }

  @Nullable FindHandler find(String abstractSyntax) {
    return find.get(abstractSyntax);
  }

  @Nullable Move move(String abstractSyntax) {
    return move.get(abstractSyntax);
  }

  @Nullable RetrieveHandler get(String abstractSyntax) {
    return get.get(abstractSyntax);
  }

  @Nullable Normalized normalized(String abstractSyntax) {
    return normalized.get(abstractSyntax);
  }

  MessageLimits limits() {
    return limits;
  }

  /** Verification and every abstract syntax that has a handler of its own: all but storage. */
  public Set<String> abstractSyntaxes() {
    return abstractSyntaxes;
  }

  /** Whether instances go back over the association of the request, which is C-GET. */
  public boolean sendsInstances() {
    return !get.isEmpty();
  }

  /**
   * A negotiation that accepts what is offered here: storage in every transfer syntax, in the
   * requestor's order, and all else in the uncompressed little endian ones. C-GET lets the
   * requestor be the SCP of storage, DIMSE-N the SCP that reports events (PS3.7 D.3.3.4).
   *
   * @param maxPduLengthBytes the longest P-DATA-TF that the server takes, as in its settings
   */
  public AcceptorNegotiation.Builder negotiation(int maxPduLengthBytes) {
    var builder = AcceptorNegotiation.builder(maxPduLengthBytes);
    for (var syntax : abstractSyntaxes()) {
      builder.support(
          syntax::equals,
          ScuBuilder.PLAIN_SYNTAXES,
          normalized.containsKey(syntax) ? ServiceRoles.SCU_AND_SCP : ServiceRoles.SCP,
          AcceptorNegotiation.Preference.OURS);
    }
    if (store != null || !get.isEmpty()) {
      builder.support(
          Uids::isStorageSopClass,
          List.copyOf(Uids.transferSyntaxes()),
          store == null
              ? ServiceRoles.SCU
              : get.isEmpty() ? ServiceRoles.SCP : ServiceRoles.SCU_AND_SCP,
          AcceptorNegotiation.Preference.OF_REQUESTOR);
    }
    return builder;
  }

  /** Names the handlers. */
  public static final class Builder {
    private final Map<String, FindHandler> find = new HashMap<>();
    private final Map<String, Move> move = new HashMap<>();
    private final Map<String, RetrieveHandler> get = new HashMap<>();
    private final Map<String, Normalized> normalized = new HashMap<>();
    private @Nullable StoreHandler store;
    private long maxDatasetBytes = 4L << 30;
    private int maxIdentifierBytes = 1 << 20;

    private Builder() {}

    /** C-STORE in every accepted context that has no other service. */
    public Builder store(StoreHandler handler) {
      store = handler;
      return this;
    }

    /** C-FIND of information models. */
    public Builder find(FindHandler handler, SopClassUid... models) {
      List.of(models).forEach(model -> find.put(model.value().value(), handler));
      return this;
    }

    /** C-MOVE of information models. */
    public Builder move(
        RetrieveHandler handler, MoveDestinations destinations, SopClassUid... models) {
      var service = new Move(handler, destinations);
      List.of(models).forEach(model -> move.put(model.value().value(), service));
      return this;
    }

    /** C-GET of information models. */
    public Builder get(RetrieveHandler handler, SopClassUid... models) {
      List.of(models).forEach(model -> get.put(model.value().value(), handler));
      return this;
    }

    /** DIMSE-N of SOP classes, each in a context of its own. */
    public Builder normalized(NormalizedHandler handler, SopClassUid... sopClasses) {
      List.of(sopClasses).forEach(sopClass -> normalizedIn(sopClass, handler, sopClass));
      return this;
    }

    /**
     * DIMSE-N of several SOP classes in contexts of one abstract syntax: a Meta SOP Class (PS3.7
     * Annex E.3, PS3.4 Annex H), or the UPS SOP classes (PS3.4 Annex CC).
     */
    public Builder normalizedIn(
        SopClassUid abstractSyntax, NormalizedHandler handler, SopClassUid... sopClasses) {
      var allowed =
          Stream.of(sopClasses).map(each -> each.value().value()).collect(Collectors.toSet());
      normalized.put(abstractSyntax.value().value(), new Normalized(handler, Set.copyOf(allowed)));
      return this;
    }

    /** A longer data set of C-STORE ends the association; 4 GiB if not said. */
    public Builder maxDatasetBytes(long value) {
      maxDatasetBytes = value;
      return this;
    }

    /** A longer identifier or attribute list is refused; 1 MiB if not said. */
    public Builder maxIdentifierBytes(int value) {
      maxIdentifierBytes = value;
      return this;
    }

    public DimseServices build() {
      return new DimseServices(this);
    }
  }
}
