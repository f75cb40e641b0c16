package org.heliograph.node.gateway;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.heliograph.node.emulator.LinkEmulator;
import org.heliograph.node.emulator.LinkShape;
import org.heliograph.node.emulator.Outage;

/** {@code heliograph gateway emulate-link}: a thin and broken link on this computer. */
final class EmulateLink {
  private static final Map<String, Integer> DEFAULTS =
      Map.of("--to", 0, "--kbit", 44, "--round-trip", 750, "--every", 0, "--cut", 10);

  private EmulateLink() {}

  static ExitCode run(List<String> arguments, PrintStream out)
      throws IOException, InterruptedException {
    Map<String, Integer> given = new HashMap<>(DEFAULTS);
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!DEFAULTS.containsKey(arguments.get(i)) || i + 1 == arguments.size()) {
        throw new CommandException(
            ExitCode.USAGE, "Unknown option, or one without a value: " + arguments.get(i));
      }
      given.put(arguments.get(i), SettingsValues.number(arguments.get(i + 1), 1, 1_000_000));
    }
    int port = given.getOrDefault("--to", 0);
    if (port < 1 || port > 65_535) {
      throw new CommandException(ExitCode.USAGE, "Say with --to to which port the link leads.");
    }
    long rate = given.getOrDefault("--kbit", 0) * 125L;
    Duration roundTrip = Duration.ofMillis(given.getOrDefault("--round-trip", 0));
    try (LinkEmulator link =
        LinkEmulator.to(port, new LinkShape(rate, rate, roundTrip, Duration.ZERO), 1)) {
      int every = given.getOrDefault("--every", 0);
      if (every > 0) {
        link.failEvery(
            Duration.ofSeconds(every),
            Duration.ofSeconds(given.getOrDefault("--cut", 0)),
            Outage.BLACK_HOLE);
      }
      out.println(
          "A link to port "
              + port
              + " begins at 127.0.0.1:"
              + link.port()
              + ". End it with Ctrl-C.");
      out.flush();
      new CountDownLatch(1).await();
    }
    return ExitCode.OK;
  }
}
