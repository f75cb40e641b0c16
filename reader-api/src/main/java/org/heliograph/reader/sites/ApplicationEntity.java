package org.heliograph.reader.sites;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.node.peer.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * An application entity of a site.
 *
 * @param host where it listens; null if nothing is sent to it
 * @param tls whether it is spoken to by TLS
 */
public record ApplicationEntity(
    String aeTitle,
    UUID siteId,
    @Nullable String host,
    @Nullable Integer port,
    boolean tls,
    Set<AeRight> rights) {
  public ApplicationEntity {
    rights = Set.copyOf(rights);
  }

  /** Where it listens, if that is known. */
  public Optional<PeerAddress> address() {
    return host == null || port == null
        ? Optional.empty()
        : Optional.of(
            new PeerAddress(
                new AeTitle(aeTitle),
                host,
                port,
                tls ? PeerAddress.Transport.TLS : PeerAddress.Transport.PLAIN));
  }

  public boolean may(AeRight right) {
    return rights.contains(right);
  }
}
