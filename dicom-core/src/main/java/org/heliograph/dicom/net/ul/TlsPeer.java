package org.heliograph.dicom.net.ul;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a TLS handshake (PS3.15 Annex B).
 *
 * @param protocol as the JDK names it: {@code TLSv1.3} or {@code TLSv1.2}
 * @param cipherSuite its IANA name
 * @param chain the peer's verified certificates, its own first; empty if it did not authenticate
 */
public record TlsPeer(String protocol, String cipherSuite, List<X509Certificate> chain) {
  public TlsPeer {
    chain = List.copyOf(chain);
  }

  /** The peer's own certificate. */
  public Optional<X509Certificate> certificate() {
    return chain.stream().findFirst();
  }

  /** The distinguished name of the peer's certificate (RFC 2253); empty if it has none. */
  public String subject() {
    return certificate().map(own -> own.getSubjectX500Principal().getName()).orElse("");
  }

  @Override
  public String toString() {
    return "TlsPeer[" + protocol + ", " + cipherSuite + ", " + subject() + "]";
  }
}
