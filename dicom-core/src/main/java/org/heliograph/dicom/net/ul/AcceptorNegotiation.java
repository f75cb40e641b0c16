package org.heliograph.dicom.net.ul;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.net.ul.AssociationService.Accept;
import org.heliograph.dicom.net.ul.AssociationService.Decision;
import org.heliograph.dicom.net.ul.AssociationService.Reject;
import org.heliograph.dicom.net.ul.Pdu.ContextResult;
import org.heliograph.dicom.net.ul.Pdu.ContextResult.Result;
import org.heliograph.dicom.net.ul.Pdu.ProposedContext;
import org.heliograph.dicom.net.ul.UserInformation.RoleSelection;
import org.jspecify.annotations.Nullable;

/**
 * What one acceptor AE supports, and its answer to a request: contexts (PS3.8 9.3.3.2), roles
 * (PS3.7 D.3.3.4), extended negotiation (D.3.3.5), user identity (D.3.3.7). It answers only to what
 * was asked and supported. The asynchronous operations window is always one operation each way
 * (D.3.3.3). Immutable; any thread.
 */
public final class AcceptorNegotiation {
  /** Who chooses among several transfer syntaxes that both support. */
  public enum Preference {
    /** The first of the proposal: what the sender has and need not convert. */
    OF_REQUESTOR,
    /** The first of our list. */
    OURS
  }

  /** Answers SOP class extended negotiation, in bytes that the service class defines. */
  @FunctionalInterface
  public interface ExtendedAnswer {
    /** The answer to a proposal; null gives none, which is to support none of it. */
    @Nullable ByteBuffer answer(ByteBuffer proposed);
  }

  private record Support(
      Predicate<String> abstractSyntaxes,
      List<String> transferSyntaxes,
      ServiceRoles ours,
      Preference preference) {}

  private final List<Support> supported;
  private final Map<String, ExtendedAnswer> extended;
  private final @Nullable UserIdentityVerifier identities;
  private final boolean specializations;
  private final int maxPduLengthBytes;

  private AcceptorNegotiation(Builder builder) {
    supported = List.copyOf(builder.supported);
    extended = Map.copyOf(builder.extended);
    identities = builder.identities;
    specializations = builder.specializations;
    maxPduLengthBytes = builder.maxPduLengthBytes;
  }

  /**
   * Starts with nothing supported.
   *
   * @param maxPduLengthBytes the longest P-DATA-TF that the server takes, as in its settings
   */
  public static Builder builder(int maxPduLengthBytes) {
    return new Builder(maxPduLengthBytes);
  }

  /** Collects what an AE supports; of several entries for a syntax the first counts. */
  public static final class Builder {
    private final List<Support> supported = new ArrayList<>();
    private final Map<String, ExtendedAnswer> extended = new HashMap<>();
    private final int maxPduLengthBytes;
    private @Nullable UserIdentityVerifier identities;
    private boolean specializations;

    private Builder(int maxPduLengthBytes) {
      this.maxPduLengthBytes = maxPduLengthBytes;
    }

    /** Supports an abstract syntax as SCP, in the transfer syntax that we like best. */
    public Builder support(String abstractSyntax, List<String> transferSyntaxes) {
      return support(abstractSyntax::equals, transferSyntaxes, ServiceRoles.SCP, Preference.OURS);
    }

    /**
     * Supports abstract syntaxes in certain roles.
     *
     * @param ours the roles we can take; without SCP the requestor has to give us the SCU's
     */
    public Builder support(
        Predicate<String> abstractSyntaxes,
        List<String> transferSyntaxes,
        ServiceRoles ours,
        Preference preference) {
      supported.add(new Support(abstractSyntaxes, List.copyOf(transferSyntaxes), ours, preference));
      return this;
    }

    /** Answers extended negotiation of a SOP class. */
    public Builder extended(String sopClass, ExtendedAnswer answer) {
      extended.put(sopClass, answer);
      return this;
    }

    /**
     * Takes a SOP class that we do not know like a related general one that we support, if the
     * request names it (PS3.7 D.3.3.6).
     */
    public Builder acceptSpecializations() {
      specializations = true;
      return this;
    }

    /** Checks user identities; without it they are ignored, as PS3.7 D.3.3.7 allows. */
    public Builder identities(UserIdentityVerifier value) {
      identities = value;
      return this;
    }

    public AcceptorNegotiation build() {
      return new AcceptorNegotiation(this);
    }
  }

  /** The answer to a request; its AE titles are the caller's to judge before. */
  public Decision answer(Pdu.AssociateRq request, Caller caller) {
    var info =
        new UserInformation.Builder(
            maxPduLengthBytes,
            DicomWriter.IMPLEMENTATION_CLASS_UID,
            DicomWriter.IMPLEMENTATION_VERSION_NAME);
    if (identities != null) {
      var refused = identify(identities, request, caller, info);
      if (refused != null) {
        return new Reject(refused);
      }
    }
    var asked = request.userInformation();
    var roles = new ArrayList<RoleSelection>();
    var contexts =
        request.contexts().stream().map(context -> answer(context, asked, roles)).toList();
    roles.forEach(info::role);
    if (asked.asyncOperations() != null) {
      info.asyncOperations(UserInformation.AsyncOperations.SYNCHRONOUS);
    }
    for (var proposal : asked.extended()) {
      var answers = extended.get(proposal.sopClassUid());
      var answer =
          answers == null ? null : answers.answer(proposal.information().asReadOnlyBuffer());
      if (answer != null) {
        info.extended(new UserInformation.ExtendedNegotiation(proposal.sopClassUid(), answer));
      }
    }
    return new Accept(contexts, info.build());
  }

  private static @Nullable RejectReason identify(
      UserIdentityVerifier verifier,
      Pdu.AssociateRq request,
      Caller caller,
      UserInformation.Builder info) {
    var identity = request.userInformation().identity();
    if (identity != null && identity.kind().isEmpty()) {
      return RejectReason.NO_REASON_GIVEN;
    }
    return switch (verifier.verify(identity, request, caller)) {
      case UserIdentityVerifier.Refused(RejectReason reason) -> reason;
      case UserIdentityVerifier.Verified(ByteBuffer response) -> {
        if (identity != null && identity.positiveResponseRequested() == 1) {
          info.identityResponse(new UserInformation.UserIdentityResponse(response));
        }
        yield null;
      }
    };
  }

  private ContextResult answer(
      ProposedContext proposal, UserInformation asked, List<RoleSelection> roles) {
    var support = supportOf(proposal.abstractSyntax(), asked);
    if (support == null) {
      return refused(proposal, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    var syntax = choose(proposal.transferSyntaxes(), support);
    if (syntax == null) {
      return refused(proposal, Result.TRANSFER_SYNTAXES_NOT_SUPPORTED);
    }
    var ofRequestor = ServiceRoles.SCU;
    var proposed = role(proposal.abstractSyntax(), asked.roles());
    if (proposed != null) {
      ofRequestor = proposed.ofRequestor().and(support.ours().ofPeer());
    }
    if (ofRequestor.and(support.ours().ofPeer()) == ServiceRoles.NONE) {
      return refused(proposal, Result.USER_REJECTION); // no role would be left for either side
    }
    if (proposed != null && role(proposal.abstractSyntax(), roles) == null) {
      roles.add(RoleSelection.of(proposal.abstractSyntax(), ofRequestor));
    }
    return new ContextResult(proposal.id(), Result.ACCEPTANCE, syntax);
  }

  private static @Nullable RoleSelection role(String sopClass, List<RoleSelection> roles) {
    for (var role : roles) {
      if (role.sopClassUid().equals(sopClass)) {
        return role;
      }
    }
    return null;
  }

  private @Nullable Support supportOf(String abstractSyntax, UserInformation asked) {
    var support = supportOf(abstractSyntax);
    if (support != null || !specializations) {
      return support;
    }
    for (var common : asked.commonExtended()) {
      if (common.sopClassUid().equals(abstractSyntax)) {
        for (var general : common.relatedGeneralSopClassUids()) {
          support = supportOf(general);
          if (support != null) {
            return support;
          }
        }
      }
    }
    return null;
  }

  private @Nullable Support supportOf(String abstractSyntax) {
    for (var support : supported) {
      if (support.abstractSyntaxes().test(abstractSyntax)) {
        return support;
      }
    }
    return null;
  }

  private static @Nullable String choose(List<String> proposed, Support support) {
    var first = support.preference() == Preference.OURS ? support.transferSyntaxes() : proposed;
    Set<String> second =
        new HashSet<>(
            support.preference() == Preference.OURS ? proposed : support.transferSyntaxes());
    for (var syntax : first) {
      if (second.contains(syntax)) {
        return syntax;
      }
    }
    return null;
  }

  /** The transfer syntax must be there and is not significant (PS3.8 9.3.3.2). */
  private static ContextResult refused(ProposedContext proposal, Result result) {
    return new ContextResult(proposal.id(), result, Uids.ImplicitVrLittleEndian);
  }
}
