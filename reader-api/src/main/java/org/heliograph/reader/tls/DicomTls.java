package org.heliograph.reader.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.net.ul.TlsKeys;
import org.heliograph.dicom.net.ul.TlsProfile;
import org.heliograph.dicom.net.ul.TlsSettings;
import org.heliograph.dicom.net.ul.TlsSettings.ClientCertificate;
import org.heliograph.dicom.net.ul.TlsSettings.HostName;
import org.heliograph.node.peer.PeerConnections;
import org.heliograph.reader.CannotStartException;
import org.heliograph.reader.settings.DicomTlsOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Keys and trust out of files. Files that are replaced while the hub runs count from the next
 * association on; as long as the new ones cannot be used together, the old ones stay in force.
 */
public final class DicomTls {
  private static final Logger log = LoggerFactory.getLogger(DicomTls.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final DicomTlsOptions options;
  private List<FileTime> stamps;
  private long lookedAt = System.nanoTime();
  private TlsSettings current;

  private DicomTls(DicomTlsOptions options) throws IOException, GeneralSecurityException {
    this.options = options;
    this.stamps = stamps();
    this.current = load();
  }

  /**
   * Reads the files.
   *
   * @throws CannotStartException they cannot be used, with a message for the operator
   */
  public static DicomTls open(DicomTlsOptions options) {
    try {
      return new DicomTls(options);
    } catch (IOException e) {
      throw new CannotStartException("A file of --dicom-tls-… cannot be read: " + fault(e), e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CannotStartException("A file of --dicom-tls-… cannot be used: " + fault(e), e);
    }
  }

  /** For the port on which we are called; empty if there is none. */
  public Optional<TlsSettings> server() {
    if (options.port() < 0) {
      return Optional.empty();
    }
    ClientCertificate demand =
        options.trust() == null
            ? ClientCertificate.NOT_ASKED
            : switch (options.clients()) {
              case REQUIRED -> ClientCertificate.REQUIRED;
              case OPTIONAL -> ClientCertificate.WANTED;
            };
    return Optional.of(inForce().keysOf(this::inForce).clientCertificate(demand));
  }

  /** For the associations that we open. */
  public TlsSettings outgoing() {
    return inForce()
        .hostName(
            switch (options.hostNames()) {
              case CHECKED -> HostName.CHECKED;
              case UNCHECKED -> HostName.NOT_CHECKED;
            });
  }

  private synchronized TlsSettings inForce() {
    if (System.nanoTime() - lookedAt > LOOK_EVERY.toNanos()) {
      lookedAt = System.nanoTime();
      try {
        List<FileTime> now = stamps();
        if (!now.equals(stamps)) {
          current = load();
          stamps = now;
          log.info("event=tls.reloaded");
        }
      } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
        log.error("event=tls.not_reloaded cause={}", e.getClass().getSimpleName());
      }
    }
    return current;
  }

  private List<FileTime> stamps() throws IOException {
    List<FileTime> times = new ArrayList<>();
    for (Path file : options.files()) {
      times.add(Files.getLastModifiedTime(file));
    }
    return times;
  }

  private TlsSettings load() throws IOException, GeneralSecurityException {
    TlsKeys keys = TlsKeys.none();
    Path trust = options.trust();
    keys = trust == null ? keys.withTrustedByJava() : keys.withTrusted(Files.readString(trust));
    Path certificate = options.certificate();
    Path key = options.key();
    if (certificate != null && key != null) {
      keys =
          keys.withKey(
              Files.readString(certificate),
              Files.readString(key),
              options.password().toCharArray());
    }
    return TlsSettings.of(TlsProfile.BCP_195_RFC_8996_9325, keys);
  }

  private static String fault(Exception e) {
    return e instanceof IOException
        ? e.getClass().getSimpleName() + " " + e.getMessage()
        : String.valueOf(e.getMessage());
  }

  /** Makes it a part of the hub. */
  @Configuration(proxyBeanMethods = false)
  static class Parts {
    @Bean
    DicomTls dicomTls(ObjectProvider<DicomTlsOptions> options) {
      return open(options.getIfAvailable(DicomTlsOptions::none));
    }

    @Bean
    PeerConnections peerConnections(DicomTls tls) {
      return new PeerConnections(tls::outgoing);
    }
  }
}
