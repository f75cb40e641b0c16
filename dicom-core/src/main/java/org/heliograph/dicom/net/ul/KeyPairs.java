package org.heliograph.dicom.net.ul;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether two keys are one pair: what one signs the other verifies. */
final class KeyPairs {
  private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

  private KeyPairs() {}

  /** True for kinds of keys that cannot be tried. */
  static boolean belong(PrivateKey own, PublicKey certified) {
    var algorithm =
        switch (own.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
          default -> "";
        };
    if (algorithm.isEmpty()) {
      return true;
    }
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(own);
      signature.update(PROBE);
      var signed = signature.sign();
      signature.initVerify(certified);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false; // keys of different kinds
    }
  }
}
