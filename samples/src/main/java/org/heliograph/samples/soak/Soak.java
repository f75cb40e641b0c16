package org.heliograph.samples.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** {@code heliograph soak}. */
public final class Soak {
  private static final String HELP =
      """
      heliograph soak gateway [--faults N] [--seed N] [--files DIR]

      Four modalities send to a gateway, the gateway to a hub over a link; the link is cut,
      silenced, stalled, the gateway and the hub are killed, at random moments. In the end every
      image that was acknowledged must be at the hub, once and unchanged, and nothing may wait.
      10 000 faults take about an hour.

      --faults N   10000 if not given
      --seed N     the same faults again
      --files DIR  where the hub and the gateway keep what they have (a temporary folder)

      Exit codes: 0 nothing lost, 1 something was, 2 wrong arguments.
      """;

  private Soak() {}

  /** The command line's entry. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out));
  }

  private static int run(List<String> arguments, PrintStream out) throws IOException {
    if (arguments.isEmpty() || !arguments.getFirst().equals("gateway")) {
      out.print(HELP);
      return arguments.contains("--help") ? 0 : 2;
    }
    int faults = 10_000;
    long seed = System.currentTimeMillis() % 1_000_000;
    Path files = null;
    for (int i = 1; i + 1 < arguments.size(); i += 2) {
      String value = arguments.get(i + 1);
      switch (arguments.get(i)) {
        case "--faults" -> faults = Integer.parseInt(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--files" -> files = Path.of(value).toAbsolutePath();
        default -> {
          out.print(HELP);
          return 2;
        }
      }
    }
    Path folder = files == null ? Files.createTempDirectory("heliograph-soak") : files;
    out.println("seed " + seed + ", " + faults + " faults, in " + folder);
    GatewaySoak.Outcome outcome = GatewaySoak.run(folder, seed, faults, out::println);
    out.println(text(outcome));
    return outcome.isGood() ? 0 : 1;
  }

  private static String text(GatewaySoak.Outcome outcome) {
    SoakCheck check = outcome.check();
    return String.format(
        Locale.ROOT,
        """

        faults        %s
        images        %d acknowledged, %d of them sent again
        lost          %d
        changed       %d
        doubled       %d
        quarantined   %d
        still waiting %d, for a person to look at %d
        time          %d min, seed %d
        """,
        new TreeMap<>(outcome.faults()),
        check.acknowledged(),
        outcome.repeats(),
        check.lost(),
        check.changed(),
        check.doubled(),
        check.quarantined(),
        outcome.waiting(),
        outcome.parked(),
        outcome.time().toMinutes(),
        outcome.seed());
  }
}
