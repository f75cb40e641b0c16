package org.heliograph.node.forward;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS as the settings want it. One context for all connections, so that sessions are resumed. */
final class HubTls {
  private HubTls() {}

  static SSLContext context(HubAccess access) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(access.clientKey()), trust(access), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static TrustManager @Nullable [] trust(HubAccess access) throws GeneralSecurityException {
    if (!access.pin().isEmpty()) {
      return new TrustManager[] {new Pinned(HexFormat.of().parseHex(access.pin()))};
    }
    if (access.trust() == null) {
      return null;
    }
    var authorities = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    authorities.init(access.trust());
    return authorities.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(HubAccess.@Nullable ClientKey key)
      throws GeneralSecurityException {
    if (key == null) {
      return null;
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(key.store(), key.password().toCharArray());
    return keys.getKeyManagers();
  }

  /**
   * Trusts one public key and nothing else. The pin came with the enrolment code, so neither the
   * name, nor an authority, nor the clinic's clock has a say.
   */
  private static final class Pinned extends X509ExtendedTrustManager {
    private final byte[] pin;

    Pinned(byte[] pin) {
      this.pin = pin;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      try {
        byte[] key = chain[0].getPublicKey().getEncoded();
        if (!MessageDigest.isEqual(pin, MessageDigest.getInstance("SHA-256").digest(key))) {
          throw new CertificateException("not the pinned key");
        }
      } catch (GeneralSecurityException e) {
        throw new CertificateException("not the pinned key", e);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("a gateway is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("a gateway is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("a gateway is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
