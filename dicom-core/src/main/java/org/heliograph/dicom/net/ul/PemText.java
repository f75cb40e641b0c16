package org.heliograph.dicom.net.ul;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads certificates and private keys from PEM text (RFC 7468). */
final class PemText {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
  private static final byte[] RSA_HEADER = {
    0x02,
    0x01,
    0x00, // version 0
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00 // rsaEncryption, NULL
  };

  private PemText() {}

  static List<Certificate> certificates(String pem) throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var certificates = new ArrayList<Certificate>();
    var blocks = BLOCK.matcher(pem);
    while (blocks.find()) {
      if (blocks.group(1).equals("CERTIFICATE")) {
        certificates.add(
            factory.generateCertificate(new ByteArrayInputStream(der(blocks.group(2)))));
      }
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("no certificate in the PEM text");
    }
    return certificates;
  }

  static PrivateKey privateKey(String pem, char[] password) throws GeneralSecurityException {
    var blocks = BLOCK.matcher(pem);
    while (blocks.find()) {
      switch (blocks.group(1)) {
        case "PRIVATE KEY" -> {
          return decode(der(blocks.group(2)));
        }
        case "RSA PRIVATE KEY" -> {
          if (blocks.group(2).contains("ENCRYPTED")) {
            throw new GeneralSecurityException(
                "the private key is encrypted in an old way: convert it to PKCS#8");
          }
          return decode(pkcs8(der(blocks.group(2))));
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return decrypt(der(blocks.group(2)), password);
        }
        case "EC PRIVATE KEY" ->
            throw new GeneralSecurityException(
                "the private key is in SEC 1 form: convert it to PKCS#8");
        default -> {}
      }
    }
    throw new GeneralSecurityException("no private key in the PEM text");
  }

  private static PrivateKey decrypt(byte[] der, char[] password) throws GeneralSecurityException {
    try {
      var info = new EncryptedPrivateKeyInfo(der);
      // for PBES2 the name of the parameters says both cipher and digest, that of the info does not
      var parameters = info.getAlgParameters();
      var algorithm = parameters == null ? info.getAlgName() : parameters.toString();
      var key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password));
      var cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, parameters);
      return decode(info.getKeySpec(cipher).getEncoded());
    } catch (java.io.IOException e) {
      throw new GeneralSecurityException("the encrypted private key cannot be read", e);
    }
  }

  private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
    for (var algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException _) {
        // of another algorithm
      }
    }
    throw new GeneralSecurityException("the private key is of no known algorithm");
  }

  /** PKCS#1 in the frame of PKCS#8 (RFC 5958). */
  private static byte[] pkcs8(byte[] pkcs1) {
    var octets = tlv(0x04, pkcs1);
    var content =
        ByteBuffer.allocate(RSA_HEADER.length + octets.length).put(RSA_HEADER).put(octets);
    return tlv(0x30, content.array());
  }

  private static byte[] tlv(int tag, byte[] content) {
    return ByteBuffer.allocate(5 + content.length)
        .put((byte) tag)
        .put((byte) 0x83)
        .put((byte) (content.length >>> 16))
        .put((byte) (content.length >>> 8))
        .put((byte) content.length)
        .put(content)
        .array();
  }

  private static byte[] der(String base64) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the PEM text is not Base64", e);
    }
  }
}
