package org.heliograph.node.link;

import java.util.UUID;

/** How a gateway becomes one of a site: once, with a code of the site's page. */
public final class Enrolment {
  private Enrolment() {}

  /**
   * What the gateway asks. Repeated with the same code and token it is answered the same, so that a
   * lost answer costs nothing.
   *
   * @param code the secret of the one-time code
   * @param token 256 random bits that the gateway made, {@code hgg_} and Base64 for URLs; the hub
   *     keeps only a hash
   */
  public record Request(String code, String token, String gatewayName, String software) {
    /** The secrets are not shown. */
    @Override
    public String toString() {
      return "Request[" + gatewayName + "]";
    }
  }

  /**
   * What the hub answers.
   *
   * @param receiptKey the hub's public Ed25519 key that signs receipts: Base64 of the X.509 form
   */
  public record Answer(UUID gateway, String siteCode, String siteName, String receiptKey) {}
}
