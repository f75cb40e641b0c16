package org.heliograph.dicom.net.ul;

/**
 * How many associations a server takes. Beyond, a request is rejected as "local limit exceeded"
 * (2/3/2 of PS3.8 Table 9-21), which tells the peer to try again later.
 *
 * @param total all of them
 * @param perPeer from one address
 * @param perCallingAe of one calling AE title
 * @param reserved of the total, only for callers that are known: strangers cannot take the last
 *     places
 * @param known which callers are known
 */
public record AssociationLimits(
    int total, int perPeer, int perCallingAe, int reserved, KnownCallers known) {

  /** Tells callers that have a right to be served from strangers. Quick, and any thread. */
  @FunctionalInterface
  public interface KnownCallers {
    boolean isKnown(Pdu.AssociateRq request, Caller caller);
  }

  public AssociationLimits {
    if (total < 1 || perPeer < 1 || perCallingAe < 1 || reserved < 0 || reserved > total) {
      throw new IllegalArgumentException(
          "association limits " + total + ", " + perPeer + ", " + perCallingAe + ", " + reserved);
    }
  }

  /** Limits without reserved places. */
  public static AssociationLimits of(int total, int perPeer) {
    return new AssociationLimits(total, perPeer, total, 0, (_, _) -> false);
  }

  /** The same with another limit for each calling AE title. */
  public AssociationLimits perCallingAe(int value) {
    return new AssociationLimits(total, perPeer, value, reserved, known);
  }

  /** The same with places for known callers only. */
  public AssociationLimits reserve(int places, KnownCallers forCallers) {
    return new AssociationLimits(total, perPeer, perCallingAe, places, forCallers);
  }
}
