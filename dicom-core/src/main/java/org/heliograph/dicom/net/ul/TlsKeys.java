package org.heliograph.dicom.net.ul;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Who we are and whom we trust, in memory: a private key with its certificates, and the
 * certificates of authorities (PS3.15 Annex B). Immutable; any thread.
 */
public final class TlsKeys {
  private static final char[] IN_MEMORY = "in memory".toCharArray();
  private static final String OWN = "own";

  private final KeyStore own;
  private final KeyStore trusted;

  private TlsKeys(KeyStore own, KeyStore trusted) {
    this.own = own;
    this.trusted = trusted;
  }

  /** Neither a key nor anyone trusted. */
  public static TlsKeys none() throws GeneralSecurityException {
    return new TlsKeys(empty(), empty());
  }

  /**
   * Adds our key from PEM text.
   *
   * @param certificates our certificate first, then those that lead to an authority
   * @param privateKey PKCS#8, plain or encrypted, or plain PKCS#1
   * @param password of an encrypted key; empty for a plain one
   * @throws GeneralSecurityException if the text holds no such thing or the password is wrong
   */
  public TlsKeys withKey(String certificates, String privateKey, char[] password)
      throws GeneralSecurityException {
    var store = empty();
    var key = PemText.privateKey(privateKey, password);
    var chain = PemText.certificates(certificates);
    if (!KeyPairs.belong(key, chain.getFirst().getPublicKey())) {
      throw new GeneralSecurityException("the private key does not belong to the certificate");
    }
    store.setKeyEntry(OWN, key, IN_MEMORY, chain.toArray(Certificate[]::new));
    return new TlsKeys(store, trusted);
  }

  /** Adds authorities, or single certificates, that we trust, from PEM text. */
  public TlsKeys withTrusted(String certificates) throws GeneralSecurityException {
    var store = copy(trusted);
    for (var certificate : PemText.certificates(certificates)) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    return new TlsKeys(own, store);
  }

  /** Adds the authorities that this Java installation trusts: those of the public web. */
  public TlsKeys withTrustedByJava() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    var store = copy(trusted);
    for (var manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        for (var certificate : x509.getAcceptedIssuers()) {
          store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
      }
    }
    return new TlsKeys(own, store);
  }

  /**
   * Adds what a PKCS#12 store holds: its first private key becomes ours, its certificate entries
   * trusted.
   *
   * @throws IOException if it is no such store or the password is wrong
   */
  public TlsKeys withPkcs12(InputStream pkcs12, char[] password)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(pkcs12, password);
    var key = copy(own);
    var authorities = copy(trusted);
    for (var names = store.aliases(); names.hasMoreElements(); ) {
      var name = names.nextElement();
      if (store.isCertificateEntry(name)) {
        authorities.setCertificateEntry(
            "trusted-" + authorities.size(), store.getCertificate(name));
      } else if (store.isKeyEntry(name) && key.size() == 0) {
        key.setKeyEntry(
            OWN, store.getKey(name, password), IN_MEMORY, store.getCertificateChain(name));
      }
    }
    return new TlsKeys(key, authorities);
  }

  boolean hasKey() throws GeneralSecurityException {
    return own.size() > 0;
  }

  boolean trustsAnyone() throws GeneralSecurityException {
    return trusted.size() > 0;
  }

  KeyManager[] keyManagers() throws GeneralSecurityException {
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, IN_MEMORY);
    return factory.getKeyManagers();
  }

  TrustManager[] trustManagers() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  @Override
  public String toString() {
    return "TlsKeys[***]";
  }

  private static KeyStore empty() throws GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException("no key store can be made in memory", e);
    }
    return store;
  }

  private static KeyStore copy(KeyStore from) throws GeneralSecurityException {
    var store = empty();
    for (var names = from.aliases(); names.hasMoreElements(); ) {
      var name = names.nextElement();
      if (from.isKeyEntry(name)) {
        store.setKeyEntry(
            name, from.getKey(name, IN_MEMORY), IN_MEMORY, from.getCertificateChain(name));
      } else {
        store.setCertificateEntry(name, from.getCertificate(name));
      }
    }
    return store;
  }
}
