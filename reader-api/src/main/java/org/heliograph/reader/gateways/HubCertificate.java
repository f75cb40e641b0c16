package org.heliograph.reader.gateways;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * By what gateways know the hub: the SHA-256 of its certificate's public key, which stays the same
 * when the certificate is renewed for the same key.
 */
@Component
class HubCertificate {
  private static final Logger log = LoggerFactory.getLogger(HubCertificate.class);

  private final String configured;
  private final String keyStore;
  private final String password;

  HubCertificate(
      @Value("${heliograph.gateways.pin:}") String configured,
      @Value("${server.ssl.key-store:}") String keyStore,
      @Value("${server.ssl.key-store-password:}") String password) {
    this.configured = configured;
    this.keyStore = keyStore;
    this.password = password;
  }

  /** The pin as configured, else of the hub's own certificate; empty where it serves no TLS. */
  String pin() {
    if (!configured.isBlank() || keyStore.isBlank()) {
      return configured.strip();
    }
    try (InputStream in = Files.newInputStream(Path.of(URI.create(keyStore)))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        Certificate certificate = store.getCertificate(alias);
        if (store.isKeyEntry(alias) && certificate != null) {
          byte[] key = certificate.getPublicKey().getEncoded();
          return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        }
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      log.warn("event=gateway.pin.unknown fault={}", e.getClass().getSimpleName());
    }
    return "";
  }
}
