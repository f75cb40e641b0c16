package org.heliograph.dicom.net.ul;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * How associations are protected by TLS: a profile of PS3.15 Annex B, keys, and what the peer has
 * to show. For requestor and acceptor. Any thread.
 */
public final class TlsSettings {
  /** What an acceptor asks of a requestor. */
  public enum ClientCertificate {
    /** Mutual authentication, as nodes of an institution do it (PS3.15 B.1). */
    REQUIRED,
    /** Verified if it comes. */
    WANTED,
    NOT_ASKED
  }

  /** Whether a requestor holds the acceptor's certificate against its host name. */
  public enum HostName {
    /** By subject alternative name or, failing that, common name (RFC 2818). */
    CHECKED,
    /** The certificate must only be trusted, as is usual among AEs with fixed addresses. */
    NOT_CHECKED
  }

  private final Supplier<SSLContext> context;
  private final TlsProfile profile;
  private final ClientCertificate clientCertificate;
  private final HostName hostName;

  private TlsSettings(
      Supplier<SSLContext> context,
      TlsProfile profile,
      ClientCertificate clientCertificate,
      HostName hostName) {
    this.context = context;
    this.profile = profile;
    this.clientCertificate = clientCertificate;
    this.hostName = hostName;
  }

  /**
   * Mutual authentication, host names checked.
   *
   * @throws GeneralSecurityException if the keys cannot be used
   */
  public static TlsSettings of(TlsProfile profile, TlsKeys keys) throws GeneralSecurityException {
    if (!keys.trustsAnyone()) {
      throw new GeneralSecurityException("no authority is trusted: no peer could be verified");
    }
    var context = SSLContext.getInstance("TLS");
    context.init(keys.hasKey() ? keys.keyManagers() : null, keys.trustManagers(), null);
    return new TlsSettings(() -> context, profile, ClientCertificate.REQUIRED, HostName.CHECKED);
  }

  /**
   * The same with keys that are replaced while the process runs: each handshake takes those of the
   * settings in force then, and all else of these.
   *
   * @param current asked for each handshake; must be quick
   */
  public TlsSettings keysOf(Supplier<TlsSettings> current) {
    return new TlsSettings(() -> current.get().context.get(), profile, clientCertificate, hostName);
  }

  /** The same with another demand on requestors. */
  public TlsSettings clientCertificate(ClientCertificate value) {
    return new TlsSettings(context, profile, value, hostName);
  }

  /** The same with another check of acceptors. */
  public TlsSettings hostName(HostName value) {
    return new TlsSettings(context, profile, clientCertificate, value);
  }

  /** The profile in force. */
  public TlsProfile profile() {
    return profile;
  }

  /** Requestor: shakes hands over a connected socket, or fails within the time. */
  SSLSocket client(Socket socket, InetSocketAddress peer, Duration within) throws IOException {
    var tls = layer(socket, peer.getHostString(), peer.getPort());
    tls.setUseClientMode(true);
    var parameters = parameters(tls);
    if (hostName == HostName.CHECKED) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    tls.setSSLParameters(parameters);
    return handshaken(tls, socket, within);
  }

  /** Acceptor: shakes hands over a connection that came in, or fails within the time. */
  SSLSocket server(Socket socket, Duration within) throws IOException {
    var tls = layer(socket, socket.getInetAddress().getHostAddress(), socket.getPort());
    tls.setUseClientMode(false);
    var parameters = parameters(tls);
    parameters.setUseCipherSuitesOrder(true);
    parameters.setNeedClientAuth(clientCertificate == ClientCertificate.REQUIRED);
    if (clientCertificate == ClientCertificate.WANTED) {
      parameters.setWantClientAuth(true);
    }
    tls.setSSLParameters(parameters);
    return handshaken(tls, socket, within);
  }

  private SSLSocket layer(Socket socket, String host, int port) throws IOException {
    return (SSLSocket) context.get().getSocketFactory().createSocket(socket, host, port, true);
  }

  private SSLParameters parameters(SSLSocket tls) {
    var parameters = tls.getSSLParameters();
    parameters.setProtocols(profile.protocols().toArray(String[]::new));
    var able = List.of(tls.getSupportedCipherSuites());
    parameters.setCipherSuites(
        profile.cipherSuites().stream().filter(able::contains).toArray(String[]::new));
    return parameters;
  }

  /** A peer that sends one byte at a time is cut off by the watch, not by a read's time limit. */
  private static SSLSocket handshaken(SSLSocket tls, Socket socket, Duration within)
      throws IOException {
    var start = System.nanoTime();
    socket.setSoTimeout(Math.toIntExact(Math.max(1, within.toMillis())));
    try (var _ = WriteDeadlines.watch(socket, within)) {
      tls.startHandshake();
      for (var certificate : peerOf(tls).chain()) {
        certificate.checkValidity();
      }
      return tls;
    } catch (IOException | CertificateException e) {
      closeQuietly(socket);
      if (System.nanoTime() - start >= within.toNanos()) {
        throw new AssociationException.TimedOut("the TLS handshake was too slow");
      }
      throw failed(e);
    }
  }

  /** What is known of the peer after the handshake. */
  static TlsPeer peerOf(SSLSocket tls) {
    var session = tls.getSession();
    List<X509Certificate> chain;
    try {
      chain =
          Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException _) {
      chain = List.of();
    }
    return new TlsPeer(session.getProtocol(), session.getCipherSuite(), chain);
  }

  /** A failure of TLS itself, or the end of the connection. */
  static AssociationException failed(Exception e) {
    return e instanceof SSLException || e instanceof CertificateException
        ? new AssociationException.TlsFailed(String.valueOf(e.getMessage()))
        : new AssociationException.ConnectionLost("the connection broke in the TLS handshake");
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // already closing
    }
  }

  @Override
  public String toString() {
    return "TlsSettings[" + profile + ", " + clientCertificate + ", " + hostName + "]";
  }
}
