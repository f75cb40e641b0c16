package org.heliograph.node.gateway;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.ul.RejectReason;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.storage.CallerPolicy;

/** The list of those who may send; without a list, everyone on this computer. */
final class AllowedCallers implements CallerPolicy {
  private static final AllowedCaller THIS_COMPUTER =
      new AllowedCaller("*", List.of(), Urgency.ROUTINE);

  private final List<AllowedCaller> callers;

  AllowedCallers(List<AllowedCaller> callers) {
    this.callers =
        callers.isEmpty()
            ? List.of(THIS_COMPUTER)
            : callers.stream()
                // A title of its own counts before the star.
                .sorted(Comparator.comparing(caller -> caller.aeTitle().equals("*")))
                .toList();
  }

  @Override
  public Decision admit(AeTitle calling, AeTitle called, InetAddress peer) {
    return callers.stream().anyMatch(c -> c.is(calling.value()) && c.isAt(peer))
        ? new Admitted()
        : new Rejected(RejectReason.CALLING_AE_TITLE_NOT_RECOGNIZED);
  }

  /** How urgent what an AE title sends is, if nothing else says more. */
  Urgency urgencyOf(String calling) {
    return callers.stream()
        .filter(c -> c.is(calling))
        .map(AllowedCaller::urgency)
        .findFirst()
        .orElse(Urgency.ROUTINE);
  }
}
