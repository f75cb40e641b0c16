package org.heliograph.node.storage;

import java.net.InetAddress;
import java.time.Duration;
import javax.net.ServerSocketFactory;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.dicom.net.ul.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * How the node listens.
 *
 * @param port 0 asks the system for a free one
 * @param maxPduLengthBytes the longest P-DATA-TF we announce to take
 * @param maxAssociations above it, associations are rejected as "local limit exceeded"
 * @param maxAssociationsPerPeer the same, for each peer address
 * @param maxInstanceBytes a longer data set is refused with A700H, or the association aborted
 * @param closeGrace how long {@link DicomNode#close} waits for messages in flight
 * @param sockets makes the listening TCP socket
 * @param tls null is plain TCP
 */
public record NodeSettings(
    AeTitle aeTitle,
    InetAddress bindAddress,
    int port,
    int maxPduLengthBytes,
    int maxAssociations,
    int maxAssociationsPerPeer,
    long maxInstanceBytes,
    AssociationTimeouts timeouts,
    Duration closeGrace,
    ServerSocketFactory sockets,
    @Nullable TlsSettings tls) {

  /** The usual settings for an AE title on the loopback address, port 0. */
  public static Builder of(AeTitle aeTitle) {
    return new Builder(aeTitle);
  }

  /** Changes single settings. */
  public static final class Builder {
    private final AeTitle aeTitle;
    private InetAddress bindAddress = InetAddress.getLoopbackAddress();
    private int port;
    private int maxPduLengthBytes = 128 * 1024;
    private int maxAssociations = 500;
    private int maxAssociationsPerPeer = 200;
    private long maxInstanceBytes = 8L << 30;
    private AssociationTimeouts timeouts = AssociationTimeouts.defaults();
    private Duration closeGrace = Duration.ofSeconds(20);
    private ServerSocketFactory sockets = ServerSocketFactory.getDefault();
    private @Nullable TlsSettings tls;

    private Builder(AeTitle aeTitle) {
      this.aeTitle = aeTitle;
    }

    public Builder bindAddress(InetAddress value) {
      bindAddress = value;
      return this;
    }

    public Builder port(int value) {
      port = value;
      return this;
    }

    public Builder maxPduLengthBytes(int value) {
      maxPduLengthBytes = value;
      return this;
    }

    public Builder maxAssociations(int total, int perPeer) {
      maxAssociations = total;
      maxAssociationsPerPeer = perPeer;
      return this;
    }

    public Builder maxInstanceBytes(long value) {
      maxInstanceBytes = value;
      return this;
    }

    public Builder timeouts(AssociationTimeouts value) {
      timeouts = value;
      return this;
    }

    public Builder closeGrace(Duration value) {
      closeGrace = value;
      return this;
    }

    public Builder sockets(ServerSocketFactory value) {
      sockets = value;
      return this;
    }

    /** Makes this a TLS node. */
    public Builder tls(@Nullable TlsSettings value) {
      tls = value;
      return this;
    }

    public NodeSettings build() {
      return new NodeSettings(
          aeTitle,
          bindAddress,
          port,
          maxPduLengthBytes,
          maxAssociations,
          maxAssociationsPerPeer,
          maxInstanceBytes,
          timeouts,
          closeGrace,
          sockets,
          tls);
    }
  }
}
