package org.heliograph.node.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.status.StatusDocument;
import org.heliograph.node.status.StatusSource;
import tools.jackson.databind.json.JsonMapper;

/** What a gateway that does not run has left on the disk. */
final class StoppedGateway implements LocalGateway {
  private final Stores stores;
  private final GatewayView view;

  private StoppedGateway(Stores stores, GatewayView view) {
    this.stores = stores;
    this.view = view;
  }

  static StoppedGateway open(GatewaySettings settings, InstantSource clock) throws IOException {
    if (!Files.isDirectory(settings.spool().folder())) {
      throw new CommandException(
          ExitCode.REFUSED,
          "There is nothing in "
              + settings.folder()
              + " yet. Start the gateway with: heliograph gateway run");
    }
    boolean enrolled = new IdentityFiles(settings.folder()).read().isPresent();
    Stores stores = Stores.open(settings, clock);
    LinkFacts link = new LinkFacts(enrolled, false, "(the gateway does not run)", null, null, null);
    return new StoppedGateway(stores, new GatewayView(settings, stores, () -> link, clock));
  }

  @Override
  public StatusDocument status() {
    return view.look(StatusSource.Sight.WITH_PATIENTS);
  }

  @Override
  public String statusJson() {
    return JsonMapper.shared().writeValueAsString(status());
  }

  @Override
  public int retry(String id) throws IOException {
    return view.retry(id);
  }

  @Override
  public boolean urgent(String study, Urgency urgency) throws IOException {
    return view.urgent(study, urgency);
  }

  @Override
  public int prune() throws IOException {
    return view.prune();
  }

  @Override
  public List<StatusSource.Waiting> waiting() {
    return view.waiting();
  }

  @Override
  public void close() throws IOException {
    stores.close();
  }
}
