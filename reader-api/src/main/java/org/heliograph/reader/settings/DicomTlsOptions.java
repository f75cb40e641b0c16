package org.heliograph.reader.settings;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How DICOM is spoken over TLS: on a port of our own, and to application entities that want it.
 *
 * @param port -1 is none, 0 takes a free one
 * @param certificate PEM, ours first; the key belongs to it
 * @param key PEM
 * @param password of the key; empty for a plain one
 * @param trust PEM: authorities, or single certificates, that clients and destinations have to show
 * @param clients whether clients have to show one
 * @param hostNames whether a destination's certificate must be of its host name
 */
public record DicomTlsOptions(
    int port,
    InetAddress bind,
    @Nullable Path certificate,
    @Nullable Path key,
    String password,
    @Nullable Path trust,
    Clients clients,
    HostNames hostNames) {
  /** What a client has to show. */
  public enum Clients {
    /** A certificate that we trust. */
    REQUIRED,
    /** If it shows one, it is one that we trust. */
    OPTIONAL
  }

  /** Whether certificates of destinations are held against their host names. */
  public enum HostNames {
    CHECKED,
    UNCHECKED
  }

  /**
   * Whether they fit together.
   *
   * @throws IllegalArgumentException they do not; the message is for the operator
   */
  public DicomTlsOptions {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          "--dicom-tls-certificate and --dicom-tls-key belong together.");
    }
    if (port >= 0 && key == null) {
      throw new IllegalArgumentException(
          "--dicom-tls-port needs --dicom-tls-certificate and --dicom-tls-key.");
    }
  }

  /** No port, no key, and the authorities of the public web. */
  public static DicomTlsOptions none() {
    return new DicomTlsOptions(
        -1,
        InetAddress.getLoopbackAddress(),
        null,
        null,
        "",
        null,
        Clients.REQUIRED,
        HostNames.CHECKED);
  }

  /** Whether only those can associate who hold a key that we trust. */
  public boolean authenticatesClients() {
    return trust != null && clients == Clients.REQUIRED;
  }

  /** The files named. */
  public List<Path> files() {
    return Stream.of(certificate, key, trust).filter(Objects::nonNull).toList();
  }

  /** The password is not shown. */
  @Override
  public String toString() {
    return "DicomTlsOptions[" + bind + " " + port + "]";
  }
}
