package org.heliograph.node.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.heliograph.node.forward.HubClient;
import org.heliograph.node.forward.HubException;
import org.heliograph.node.forward.ReceiptKey;
import org.heliograph.node.link.Enrolment;

/** Makes this gateway one of a site. */
final class Enrolling {
  private final GatewaySettings settings;
  private final Map<String, String> environment;

  Enrolling(GatewaySettings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /**
   * Asks once. Asked again with the same code, also after a lost answer or a power cut, it is the
   * same gateway.
   *
   * @throws CommandException the hub says no, or does not answer
   */
  GatewayIdentity enrol(EnrolmentCode code) throws IOException, InterruptedException {
    PrivateFiles.createFolder(settings.folder());
    IdentityFiles files = new IdentityFiles(settings.folder());
    String token = files.tokenFor(code);
    var access = HubAccesses.of(settings, environment, code.hubs(), code.pin(), "");
    try (HubClient hub = new HubClient(access)) {
      Enrolment.Answer answer =
          hub.enrol(new Enrolment.Request(code.secret(), token, name(), GatewayView.SOFTWARE));
      ReceiptKey.of(answer.gateway(), answer.receiptKey());
      GatewayIdentity identity =
          new GatewayIdentity(
              answer.gateway(),
              answer.siteCode(),
              answer.siteName(),
              code.hubs(),
              code.pin(),
              token,
              answer.receiptKey());
      files.write(identity);
      return identity;
    } catch (HubException.Refused e) {
      throw new CommandException(
          ExitCode.REFUSED,
          "The hub does not take this code ("
              + e.code()
              + "): it was used up, or is older than a week. Make a new one on the hub's page of"
              + " the site.");
    } catch (HubException.NotTrusted e) {
      throw new CommandException(
          ExitCode.CANNOT_START,
          "What answers there is not the hub of this code: its certificate is another one. Nothing"
              + " was sent. Is a proxy in between? Ask who gave you the code.");
    } catch (HubException e) {
      throw new CommandException(
          ExitCode.CANNOT_START,
          "The hub does not answer ("
              + e.code()
              + "). Check the network and run the command again; the code stays good.");
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.CANNOT_START, "The hub's answer cannot be used: its key is not readable.");
    }
  }

  private String name() {
    if (!settings.clinic().isEmpty()) {
      return settings.clinic();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "gateway";
    }
  }
}
