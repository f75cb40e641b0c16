package org.heliograph.node.gateway;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.status.StatusDocument;
import org.heliograph.node.status.StatusSource;

/** The gateway of this computer, for the commands: the one that runs, or what it left behind. */
interface LocalGateway extends AutoCloseable {
  /**
   * Finds the gateway of these settings.
   *
   * @throws CommandException it runs, and does not answer
   */
  static LocalGateway reach(GatewaySettings settings, InstantSource clock)
      throws IOException, InterruptedException {
    Optional<LocalGateway> running = RunningGateway.find(settings.folder());
    return running.isPresent() ? running.get() : StoppedGateway.open(settings, clock);
  }

  StatusDocument status() throws IOException, InterruptedException;

  String statusJson() throws IOException, InterruptedException;

  int retry(String id) throws IOException, InterruptedException;

  boolean urgent(String study, Urgency urgency) throws IOException, InterruptedException;

  int prune() throws IOException, InterruptedException;

  /** What the hub has not confirmed. */
  List<StatusSource.Waiting> waiting() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
