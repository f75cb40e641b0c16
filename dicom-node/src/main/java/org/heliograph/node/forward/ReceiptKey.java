package org.heliograph.node.forward;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.UUID;
import org.heliograph.node.link.Receipt;

/** The hub's key for receipts, as it was told at enrolment: no later word changes it. */
public final class ReceiptKey {
  private static final String ED25519 = "Ed25519";

  private final UUID gateway;
  private final PublicKey key;

  private ReceiptKey(UUID gateway, PublicKey key) {
    this.gateway = gateway;
    this.key = key;
  }

  /**
   * Reads the key.
   *
   * @param base64 of the X.509 form
   * @throws IllegalArgumentException it is no Ed25519 key
   */
  public static ReceiptKey of(UUID gateway, String base64) {
    try {
      var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
      return new ReceiptKey(gateway, KeyFactory.getInstance(ED25519).generatePublic(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the hub's key for receipts is not Ed25519", e);
    }
  }

  /** Whether the hub signed exactly this, for this gateway. */
  public boolean isRight(Receipt receipt) {
    try {
      Signature signature = Signature.getInstance(ED25519);
      signature.initVerify(key);
      signature.update(receipt.signedBytes(gateway));
      return signature.verify(Base64.getDecoder().decode(receipt.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }
}
