package org.heliograph.node.peer;

import java.util.function.Supplier;
import org.heliograph.dicom.net.dimse.ScuBuilder;
import org.heliograph.dicom.net.ul.TlsSettings;

/**
 * How this node connects to others: what it is to those that speak TLS, and whom it trusts there.
 *
 * @param tls asked for each association
 */
public record PeerConnections(Supplier<TlsSettings> tls) {

  /** Has an SCU speak to an address as that wants it. */
  public <B extends ScuBuilder<B, S>, S> B over(PeerAddress address, B scu) {
    return switch (address.transport()) {
      case PLAIN -> scu;
      case TLS -> scu.tls(tls.get());
    };
  }
}
