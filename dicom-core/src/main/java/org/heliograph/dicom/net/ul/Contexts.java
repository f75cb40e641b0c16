package org.heliograph.dicom.net.ul;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Role;
import org.jspecify.annotations.Nullable;

/**
 * The presentation contexts of one association: what was proposed, and what is in force with the
 * roles agreed (PS3.8 9.3.2.2, 9.3.3.2; PS3.7 D.3.3.4).
 */
final class Contexts {
  private static final int CONTEXT_IDS = 256;

  private final Pdu.@Nullable ProposedContext[] proposed = new Pdu.ProposedContext[CONTEXT_IDS];
  private Map<Integer, AcceptedContext> accepted = Map.of();

  /** Takes a proposal; false if its id was proposed before. */
  boolean propose(Pdu.ProposedContext context) {
    if (proposed[context.id()] != null) {
      return false;
    }
    proposed[context.id()] = context;
    return true;
  }

  /** Puts in force what the answer accepts of the proposals. */
  void established(Pdu.AssociateRq request, Pdu.AssociateAc answer, Role side) {
    var inForce = HashMap.<Integer, AcceptedContext>newHashMap(answer.contexts().size());
    for (var result : answer.contexts()) {
      var proposal = proposed[result.id()];
      if (result.isAccepted() && proposal != null) {
        var ofRequestor =
            ofRequestor(
                proposal.abstractSyntax(),
                request.userInformation().roles(),
                answer.userInformation().roles());
        inForce.put(
            result.id(),
            new AcceptedContext(
                result.id(),
                proposal.abstractSyntax(),
                result.transferSyntax(),
                side == Role.REQUESTOR ? ofRequestor : ofRequestor.ofPeer()));
      }
    }
    accepted = Map.copyOf(inForce);
  }

  /** Roles count only if proposed and answered; the answer takes away and never adds. */
  static ServiceRoles ofRequestor(
      String sopClass,
      List<UserInformation.RoleSelection> proposals,
      List<UserInformation.RoleSelection> answers) {
    var proposal = find(sopClass, proposals);
    var answer = find(sopClass, answers);
    return proposal == null || answer == null ? ServiceRoles.SCU : proposal.and(answer);
  }

  private static @Nullable ServiceRoles find(
      String sopClass, List<UserInformation.RoleSelection> roles) {
    for (var role : roles) {
      if (role.sopClassUid().equals(sopClass)) {
        return role.ofRequestor();
      }
    }
    return null;
  }

  Map<Integer, AcceptedContext> accepted() {
    return accepted;
  }

  @Nullable AcceptedContext accepted(int id) {
    return accepted.get(id);
  }
}
