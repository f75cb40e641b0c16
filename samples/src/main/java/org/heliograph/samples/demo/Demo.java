package org.heliograph.samples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.heliograph.reader.CannotStartException;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.Hub;
import org.heliograph.reader.HubOptions;
import org.heliograph.reader.UsageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code heliograph demo}: a hub like any other, into which two invented clinics send. Run again on
 * the same data it goes on where it was.
 */
public final class Demo {
  private static final Logger log = LoggerFactory.getLogger(Demo.class);
  private static final String HELP =
      """
      heliograph demo [options]

      Runs a hub until Ctrl-C or SIGTERM and fills it: two clinics, X-rays by C-STORE, photos by
      upload, an account for each role. Run again on the same data it sends nothing twice. The
      accounts share one password that is printed: do not use this data for real patients.

        --thin [%s]   afterwards also a gateway at the first clinic, a thin
                            link that is cut again and again, and an X-ray on its way, shown live

      Options (or environment variables):
      %s
      Exit codes: 0 stopped as asked, 1 fault, 2 wrong arguments, 3 cannot start.
      """
          .formatted(String.join("|", ThinLink.words()), HubOptions.HELP);

  private final PrintStream out;
  private final PrintStream err;
  private volatile boolean stopping;

  Demo(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** The command line's entry. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ExitCode code = new Demo(out, System.err).run(List.of(arguments), System.getenv());
    System.exit(code.code());
  }

  ExitCode run(List<String> arguments, Map<String, String> environment) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP);
      return ExitCode.OK;
    }
    try {
      List<String> rest = new ArrayList<>(arguments);
      ThinLink thin = thin(rest);
      HubOptions options = HubOptions.parse(rest, environment);
      // The demo's machines send one image each: no need to wait long for more.
      if (System.getProperty("heliograph.cases.quiet-period") == null) {
        System.setProperty("heliograph.cases.quiet-period", "3s");
      }
      out.println("Starting the hub ...");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping = true));
      Hub hub = Hub.start(options);
      hub.exitWithZeroAtSignal();
      seed(hub, options);
      announce(hub, options);
      if (thin != null) {
        follow(hub, options, thin);
      }
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (UsageException e) {
      err.println("heliograph: " + e.getMessage());
      err.println("Try: heliograph demo --help");
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

  /** Takes the option out of the arguments; null without it. */
  private static @Nullable ThinLink thin(List<String> arguments) {
    int at = arguments.indexOf("--thin");
    if (at < 0) {
      return null;
    }
    arguments.remove(at);
    if (at == arguments.size() || arguments.get(at).startsWith("--")) {
      return ThinLink.G3;
    }
    return ThinLink.of(arguments.remove(at))
        .orElseThrow(
            () -> new UsageException("--thin is one of " + String.join(", ", ThinLink.words())));
  }

  private void follow(Hub hub, HubOptions options, ThinLink thin) {
    try {
      Path folder = options.data().root().resolve("demo-gateway");
      new ThinDemo(hub, thin, folder, out, Clock.systemUTC()).run();
    } catch (IOException | RuntimeException e) {
      if (!stopping) {
        log.error("event=demo.thin.failed", e);
        err.println("heliograph: the X-ray did not arrive: " + e.getMessage());
      }
    }
  }

  /** A demo that cannot be filled is still a hub: it says why and goes on. */
  private void seed(Hub hub, HubOptions options) {
    try {
      new DemoNetwork(hub).load();
      SSLContext tls = DemoTls.trusting(options);
      new Seeding(
              () -> HubClient.of(hub.webAddress(), tls),
              new DicomSender(hub.dicomAddress()),
              new Waiting(Clock.systemUTC(), Duration.ofSeconds(90)),
              line -> out.println("  " + line))
          .run();
    } catch (IOException | RuntimeException e) {
      if (!stopping) {
        log.error("event=demo.seeding.failed", e);
        err.println("heliograph: the demo's cases are not complete: " + e.getMessage());
        err.println("Run it again on the same data to finish them.");
      }
    }
  }

  private void announce(Hub hub, HubOptions options) {
    if (stopping) {
      return;
    }
    String calling =
        String.join(", ", List.of(DemoClinic.values()).stream().map(DemoClinic::name).toList());
    out.println();
    out.println("The Heliograph demo is running. Stop it with Ctrl-C.");
    out.println();
    out.println("  Web       " + hub.webAddress());
    out.println("  DICOM     " + hub.dicomAddress() + "  (send as " + calling + ")");
    out.println("  Data      " + options.data().root());
    out.println("  Password  " + DemoPerson.PASSWORD + "  (everybody's)");
    out.println();
    String row = "  %-14s  %-44s  %s%n";
    out.printf(Locale.ROOT, row, "Sign in as", "Who", "Where");
    for (DemoPerson person : DemoPerson.values()) {
      out.printf(Locale.ROOT, row, person.login(), person.who(), person.place());
    }
    out.flush();
  }
}
