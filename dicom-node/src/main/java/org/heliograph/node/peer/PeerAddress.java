package org.heliograph.node.peer;

import org.heliograph.dicom.data.AeTitle;

/**
 * Where another application entity listens.
 *
 * @param transport whether TLS is spoken; trust and keys are those of {@link PeerConnections}
 */
public record PeerAddress(AeTitle aeTitle, String host, int port, Transport transport) {
  /** Plain TCP or TLS. */
  public enum Transport {
    PLAIN,
    TLS
  }
}
