package org.heliograph.dicom.net.ul;

import java.util.HashMap;
import java.util.Map;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.jspecify.annotations.Nullable;

/** The presentation contexts of one association: what was proposed, and what is in force. */
final class Contexts {
  private static final int CONTEXT_IDS = 256;

  private final Pdu.@Nullable ProposedContext[] proposed = new Pdu.ProposedContext[CONTEXT_IDS];
  private final Map<Integer, AcceptedContext> accepted = new HashMap<>();

  /** Takes a proposal; false if its id was proposed before. */
  boolean propose(Pdu.ProposedContext context) {
    if (proposed[context.id()] != null) {
      return false;
    }
    proposed[context.id()] = context;
    return true;
  }

  /** Puts in force what the answer accepts of the proposals. */
  void established(Pdu.AssociateAc answer) {
    for (var result : answer.contexts()) {
      var proposal = proposed[result.id()];
      if (result.isAccepted() && proposal != null) {
        accepted.put(
            result.id(),
            new AcceptedContext(result.id(), proposal.abstractSyntax(), result.transferSyntax()));
      }
    }
  }

  Map<Integer, AcceptedContext> accepted() {
    return Map.copyOf(accepted);
  }

  @Nullable AcceptedContext accepted(int id) {
    return accepted.get(id);
  }
}
