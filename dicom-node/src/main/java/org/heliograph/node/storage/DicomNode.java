package org.heliograph.node.storage;

import java.io.IOException;
import java.util.List;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.net.ul.AssociationLimits;
import org.heliograph.dicom.net.ul.AssociationServer;

/** The DICOM node: Verification, Storage and further SCPs at one AE title and port. */
public final class DicomNode implements AutoCloseable {
  private final AssociationServer server;

  private DicomNode(AssociationServer server) {
    this.server = server;
  }

  /** Binds and listens; associations are accepted when this returns. */
  public static DicomNode start(NodeSettings settings, CallerPolicy callers, InstanceSink sink)
      throws IOException {
    return start(settings, callers, sink, List.of());
  }

  /**
   * The same with further services.
   *
   * @param services each of other SOP classes than the rest
   */
  public static DicomNode start(
      NodeSettings settings, CallerPolicy callers, InstanceSink sink, List<NodeService> services)
      throws IOException {
    var server =
        AssociationServer.start(
            new AssociationServer.Settings(
                settings.bindAddress(),
                settings.port(),
                settings.maxPduLengthBytes(),
                AssociationLimits.of(settings.maxAssociations(), settings.maxAssociationsPerPeer()),
                settings.timeouts(),
                settings.closeGrace(),
                settings.sockets(),
                settings.tls()),
            new StorageScp(settings, callers, sink, services));
    return new DicomNode(server);
  }

  /** The transfer syntaxes in which instances are taken. */
  public static List<TransferSyntaxUid> storageTransferSyntaxes() {
    return StorageContexts.storageTransferSyntaxes();
  }

  /** Those of the messages of further services, the preferred one is the requestor's. */
  public static List<TransferSyntaxUid> messageTransferSyntaxes() {
    return StorageContexts.messageTransferSyntaxes();
  }

  /** The port in use. */
  public int port() {
    return server.port();
  }

  /** How many associations are established now. */
  public int associations() {
    return server.associations();
  }

  /** Takes no more associations, finishes the messages in flight within the grace, and closes. */
  @Override
  public void close() {
    server.close();
  }
}
