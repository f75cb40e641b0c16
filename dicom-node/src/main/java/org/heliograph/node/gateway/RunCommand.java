package org.heliograph.node.gateway;

import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code heliograph gateway run}: until Ctrl-C or SIGTERM. */
final class RunCommand {
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  private final PrintStream out;
  private final InstantSource clock;

  RunCommand(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  ExitCode run(GatewaySettings settings, Map<String, String> environment)
      throws IOException, InterruptedException {
    Gateway gateway = Gateway.start(settings, environment, clock);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(gateway)));
    announce(settings, gateway);
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }

  private static void stop(Gateway gateway) {
    try {
      gateway.close();
      Runtime.getRuntime().halt(ExitCode.OK.code());
    } catch (IOException | RuntimeException e) {
      log.error("event=gateway.stop.failed cause={}", e.getClass().getName());
      Runtime.getRuntime().halt(ExitCode.FAULT.code());
    }
  }

  private void announce(GatewaySettings settings, Gateway gateway) {
    out.println("The gateway is running. Stop it with Ctrl-C.");
    out.println(
        "  DICOM   "
            + settings.dicom().aeTitle().value()
            + "@"
            + settings.dicom().bind().getHostAddress()
            + ":"
            + gateway.dicomPort());
    if (settings.status().port() >= 0) {
      out.println(
          "  status  http://"
              + (settings.status().bind().isAnyLocalAddress()
                  ? "localhost"
                  : settings.status().bind().getHostAddress())
              + ":"
              + gateway.statusPort());
    }
    out.flush();
  }
}
