package org.heliograph.node.gateway;

import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * Who this gateway is to the hub.
 *
 * @param hubs as the enrolment code named them, in the order of cost
 * @param pin of the hub's certificate; empty for whom Java trusts
 * @param token shown with each request; made on this box
 * @param receiptKey the hub's Ed25519 key for receipts: Base64 of the X.509 form
 */
record GatewayIdentity(
    UUID gateway,
    String siteCode,
    String siteName,
    List<URI> hubs,
    String pin,
    String token,
    String receiptKey) {
  GatewayIdentity {
    hubs = List.copyOf(hubs);
  }

  /** The token is not shown. */
  @Override
  public String toString() {
    return "GatewayIdentity[" + gateway + " " + siteCode + "]";
  }
}
