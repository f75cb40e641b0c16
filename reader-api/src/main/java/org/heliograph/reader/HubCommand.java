package org.heliograph.reader;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code heliograph hub}: runs the hub until it is told to stop. */
final class HubCommand {
  private static final Logger log = LoggerFactory.getLogger(HubCommand.class);
  private static final String HELP =
      """
      heliograph hub [options]

      Runs the hub until Ctrl-C or SIGTERM. The first start prints a one-time link on which the
      first administrator is made.

      Options (or environment variables):
      %s
      Exit codes: 0 stopped as asked, 1 fault, 2 wrong arguments, 3 cannot start.
      """
          .formatted(HubOptions.HELP);

  private final PrintStream out;
  private final PrintStream err;

  HubCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  ExitCode run(List<String> arguments, Map<String, String> environment) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP);
      return ExitCode.OK;
    }
    try {
      Hub hub = Hub.start(HubOptions.parse(arguments, environment));
      hub.exitWithZeroAtSignal();
      announce(hub);
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (UsageException e) {
      err.println("heliograph: " + e.getMessage());
      err.println("Try: heliograph hub --help");
      return ExitCode.USAGE;
    } catch (CannotStartException e) {
      err.println("heliograph: " + e.getMessage());
      log.debug("event=hub.start.failed", e);
      return ExitCode.CANNOT_START;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAULT;
    }
  }

  private void announce(Hub hub) {
    out.println("Heliograph is running. Stop it with Ctrl-C.");
    out.println("  web    " + hub.webAddress());
    out.println("  DICOM  " + hub.dicomAddress());
    hub.dicomTlsAddress().ifPresent(address -> out.println("         " + address));
    if (hub.hl7Port() >= 0) {
      out.println("  HL7    port " + hub.hl7Port());
    }
    hub.setupLink()
        .ifPresent(link -> {
          out.println();
          out.println(
              "Nobody can sign in yet. Make the first administrator here (once, within a day):");
          out.println("  " + link);
        });
    out.flush();
  }
}
