package org.heliograph.node.storage;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.ul.Pdu.ContextResult;
import org.heliograph.dicom.net.ul.Pdu.ContextResult.Result;
import org.heliograph.dicom.net.ul.Pdu.ProposedContext;
import org.heliograph.dicom.net.ul.UserInformation.RoleSelection;

/**
 * Answers proposed presentation contexts: every storage SOP class in the first transfer syntax of
 * the proposal that we know, so that the sender need not convert; Verification in an uncompressed
 * one.
 */
final class ContextNegotiation {
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

  private static final Set<String> STORAGE_TRANSFER_SYNTAXES =
      Uids.transferSyntaxes().stream()
          .filter(uid -> !WITHOUT_PIXELS.contains(uid))
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> PLAIN_TRANSFER_SYNTAXES =
      Set.of(
          Uids.ImplicitVrLittleEndian,
          Uids.ExplicitVrLittleEndian,
          Uids.ExplicitVrBigEndian,
          Uids.DeflatedExplicitVrLittleEndian);

  private ContextNegotiation() {}

  /** One answer for each proposal, in its order. */
  static List<ContextResult> answer(List<ProposedContext> proposals) {
    return proposals.stream().map(ContextNegotiation::answer).toList();
  }

  private static ContextResult answer(ProposedContext proposal) {
    var known = transferSyntaxesOf(proposal.abstractSyntax());
    if (known.isEmpty()) {
      return refused(proposal, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    return proposal.transferSyntaxes().stream()
        .filter(known::contains)
        .findFirst()
        .map(syntax -> new ContextResult(proposal.id(), Result.ACCEPTANCE, syntax))
        .orElseGet(() -> refused(proposal, Result.TRANSFER_SYNTAXES_NOT_SUPPORTED));
  }

  private static Set<String> transferSyntaxesOf(String abstractSyntax) {
    if (Uids.isStorageSopClass(abstractSyntax)) {
      return STORAGE_TRANSFER_SYNTAXES;
    }
    return abstractSyntax.equals(Uids.VerificationSopClass) ? PLAIN_TRANSFER_SYNTAXES : Set.of();
  }

  /** The item must be there and is not significant (PS3.8 9.3.3.2). */
  private static ContextResult refused(ProposedContext proposal, Result result) {
    return new ContextResult(proposal.id(), result, Uids.ImplicitVrLittleEndian);
  }

  /** We are SCP only: the requestor may be SCU, not SCP (PS3.7 D.3.3.4). */
  static List<RoleSelection> answerRoles(List<RoleSelection> proposed) {
    return proposed.stream()
        .map(role -> new RoleSelection(role.sopClassUid(), role.scuRole(), 0))
        .toList();
  }
}
