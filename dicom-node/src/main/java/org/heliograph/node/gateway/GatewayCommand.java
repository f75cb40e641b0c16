package org.heliograph.node.gateway;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.status.Pin;

/** The command line of the gateway. */
final class GatewayCommand {
  private static final String HELP =
      """
      heliograph gateway [COMMAND] [--settings FILE]

        run                 receives, prepares, forwards, until Ctrl-C or SIGTERM (the usual one)
        init                writes a settings file with every setting explained
        enrol CODE          makes this gateway one of the site whose page showed the code
        status [--json]     what waits, how far it is, the link; also while nothing runs
        retry ID|all        tries again what is parked
        urgent STUDY [emergency|urgent|routine]   sends a study earlier or later
        export DIR          writes what the hub has not confirmed to a folder or stick, with a list
        prune               removes confirmed images beyond what the settings keep
        pin                 reads a PIN and prints the line for the settings
        emulate-link --to PORT [--kbit N] [--round-trip MS] [--every S --cut S]
                            a thin link on this computer, to try things

        --settings FILE     (HELIOGRAPH_GATEWAY_SETTINGS, default gateway/gateway.properties)

      Exit codes: 0 done, 1 fault, 2 wrong arguments or settings, 3 cannot start or not reachable,
      4 refused. See docs/gateway.md.
      """;
  private static final List<String> COMMANDS =
      List.of(
          "run",
          "init",
          "enrol",
          "status",
          "retry",
          "urgent",
          "export",
          "prune",
          "pin",
          "emulate-link");

  private final PrintStream out;
  private final PrintStream err;
  private final InputStream in;
  private final InstantSource clock;

  GatewayCommand(PrintStream out, PrintStream err, InputStream in, InstantSource clock) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.clock = clock;
  }

  ExitCode run(List<String> arguments, Map<String, String> environment) {
    if (arguments.contains("--help") || arguments.contains("-h") || arguments.contains("help")) {
      out.print(HELP);
      return ExitCode.OK;
    }
    try {
      return dispatch(arguments, environment);
    } catch (SettingsException e) {
      e.problems().forEach(problem -> err.println("heliograph gateway: " + problem));
      return ExitCode.USAGE;
    } catch (CommandException e) {
      err.println("heliograph gateway: " + e.words());
      return e.exit();
    } catch (IOException e) {
      err.println("heliograph gateway: " + e);
      return ExitCode.CANNOT_START;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAULT;
    }
  }

  private ExitCode dispatch(List<String> arguments, Map<String, String> environment)
      throws SettingsException, IOException, InterruptedException {
    List<String> rest = new ArrayList<>(arguments);
    String command =
        rest.isEmpty() || rest.getFirst().startsWith("--") ? "run" : rest.removeFirst();
    if (!COMMANDS.contains(command)) {
      throw usage("There is no command " + command + ".");
    }
    if (command.equals("emulate-link")) {
      return EmulateLink.run(rest, out);
    }
    Path file = settingsFile(rest, environment);
    switch (command) {
      case "init" -> {
        none(rest);
        init(file);
      }
      case "pin" -> {
        none(rest);
        pin();
      }
      case "enrol" -> enrol(file, one(rest, "Say which code."), environment);
      case "run" -> {
        none(rest);
        return new RunCommand(out, clock).run(GatewaySettings.read(file), environment);
      }
      default -> local(command, GatewaySettings.read(file), rest);
    }
    return ExitCode.OK;
  }

  private void local(String command, GatewaySettings settings, List<String> rest)
      throws IOException, InterruptedException {
    boolean json = rest.remove("--json");
    try (LocalGateway gateway = LocalGateway.reach(settings, clock)) {
      switch (command) {
        case "status" -> {
          none(rest);
          out.print(json ? gateway.statusJson() + "\n" : new StatusText(gateway.status()).text());
        }
        case "retry" -> out.println(gateway.retry(one(rest, "Say what, or all.")) + " tried again");
        case "prune" -> {
          none(rest);
          out.println(gateway.prune() + " files removed");
        }
        case "urgent" -> {
          Urgency urgency =
              rest.size() < 2
                  ? Urgency.EMERGENCY
                  : SettingsValues.urgency(rest.removeLast().toLowerCase(java.util.Locale.ROOT));
          String study = one(rest, "Say which study; heliograph gateway status lists them.");
          if (!gateway.urgent(study, urgency)) {
            throw new CommandException(
                ExitCode.REFUSED, "There is no study " + study + " that waits.");
          }
        }
        default -> Export.run(gateway, Path.of(one(rest, "Say into which folder.")), out, clock);
      }
    } catch (SettingsValues.NotUsableException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void init(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new CommandException(
          ExitCode.REFUSED, "The file " + file + " is there already; it was not changed.");
    }
    writeTemplate(file);
    out.println("Wrote " + file + ". Look through it, then: heliograph gateway enrol CODE");
  }

  private static void writeTemplate(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      PrivateFiles.createFolder(folder);
    }
    try (InputStream template = GatewayCommand.class.getResourceAsStream("gateway.properties")) {
      if (template == null) {
        throw new IllegalStateException("missing gateway.properties");
      }
      PrivateFiles.write(file, template.readAllBytes());
    }
  }

  private void enrol(Path file, String code, Map<String, String> environment)
      throws SettingsException, IOException, InterruptedException {
    EnrolmentCode parsed = EnrolmentCode.parse(code);
    if (!Files.exists(file)) {
      writeTemplate(file);
      out.println("Wrote " + file + " with the usual settings.");
    }
    GatewaySettings settings = GatewaySettings.read(file);
    GatewayIdentity identity = new Enrolling(settings, environment).enrol(parsed);
    out.println(
        "This gateway now belongs to " + identity.siteName() + " (" + identity.siteCode() + ").");
    out.println("Start it with: heliograph gateway run");
  }

  private void pin() throws IOException {
    Optional<Console> console = Optional.ofNullable(System.console());
    String pin;
    if (console.filter(Console::isTerminal).isPresent()) {
      char[] typed = console.get().readPassword("PIN (%d or more digits): ", Pin.MIN_LENGTH);
      pin = typed == null ? "" : new String(typed);
    } else {
      String line =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
      pin = line == null ? "" : line.strip();
    }
    if (pin.length() < Pin.MIN_LENGTH || pin.length() > 64) {
      throw usage("A PIN has " + Pin.MIN_LENGTH + " to 64 characters.");
    }
    out.println("status.pin = " + Pin.hash(pin));
  }

  private static Path settingsFile(List<String> rest, Map<String, String> environment) {
    String name =
        environment.getOrDefault("HELIOGRAPH_GATEWAY_SETTINGS", "gateway/gateway.properties");
    int at = rest.indexOf("--settings");
    if (at >= 0) {
      if (at + 1 == rest.size()) {
        throw usage("The option --settings needs a value.");
      }
      name = rest.get(at + 1);
      rest.subList(at, at + 2).clear();
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw usage("The value of --settings cannot be the name of a file.");
    }
  }

  private static String one(List<String> rest, String otherwise) {
    if (rest.size() != 1 || rest.getFirst().startsWith("--")) {
      throw usage(otherwise);
    }
    return rest.getFirst();
  }

  private static void none(List<String> rest) {
    if (!rest.isEmpty()) {
      throw usage("Unknown option: " + rest.getFirst());
    }
  }

  private static CommandException usage(String words) {
    return new CommandException(ExitCode.USAGE, words + " Try: heliograph gateway --help");
  }
}
