package org.heliograph.reader.console;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.reader.CannotStartException;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.HubOptions;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.backup.BackupException;
import org.heliograph.reader.postgres.PostgresException;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.progress.Progress;
import org.heliograph.reader.progress.Steps;
import org.heliograph.reader.settings.FolderInUseException;

/** {@code heliograph import}, {@code export}, {@code backup} and {@code restore}. */
public final class MediaConsole {
  private static final String HELP =
      """
      heliograph import PATH... --site CODE [--workers N] [--without-cases] [--problems FILE]
          stores what lies in folders, ZIP files and on media (name the DICOMDIR to take only what
          it lists); run again, it goes on where it was
      heliograph import --unnamed --site CODE
          what lies in the store and the database does not know, after an older database was restored

      heliograph export --study UID | --case ID | --site CODE [--from DATE] [--until DATE]
          --as folder|dicomdir|zip --to PATH [--transfer-syntax UID|as-stored]
          [--deidentify [--pixels-seen]]
          Part 10 files under names of our own; run again, it goes on where it was (a ZIP file begins
          anew); --pixels-seen: somebody has looked that no picture shows a name

      heliograph backup --to DIR [--keep N]
          database and images as of one moment, while the hub serves; only new images are copied
      heliograph backup list --from DIR
      heliograph backup rehearse --from DIR [--generation ID] [--all | --sample N] [--work DIR]
          restores into a temporary place, compares everything, and says PASS or FAIL
      heliograph restore --from DIR [--generation ID] --data NEW

      The hub may be running or stopped; its database is found by:
      %s
      Exit codes: 0 done, 1 fault, 2 wrong arguments, 3 stopped (run it again), 4 somebody has to
      look: files were refused, or a rehearsal failed.
      """
          .formatted(HubOptions.HELP);

  private final PrintStream out;
  private final PrintStream err;
  private final Progress.Shown shown;
  private final Steps steps;

  MediaConsole(PrintStream out, PrintStream err, Progress.Shown shown, Steps steps) {
    this.steps = steps;
    this.out = out;
    this.err = err;
    this.shown = shown;
  }

  /** The command line's entry; the first word is the command. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Progress.Shown shown =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
            ? Progress.Shown.BAR
            : Progress.Shown.LINES;
    ExitCode code =
        new MediaConsole(out, System.err, shown, Steps.NONE)
            .run(List.of(arguments), System.getenv());
    System.exit(code.code());
  }

  ExitCode run(List<String> arguments, Map<String, String> environment) {
    if (arguments.isEmpty() || arguments.contains("help") || arguments.contains("--help")) {
      out.print(HELP);
      return arguments.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
    }
    try {
      return command(arguments, environment);
    } catch (UsageException e) {
      return said(
          e.getMessage() + "\nTry: heliograph " + arguments.getFirst() + " --help", ExitCode.USAGE);
    } catch (ProblemException e) {
      return said(
          e.code().code() + " " + e.code().title() + ": " + e.detail() + "\n" + e.code().next(),
          ExitCode.REFUSED);
    } catch (BackupException e) {
      return said(String.valueOf(e.getMessage()), ExitCode.REFUSED);
    } catch (PostgresException | CannotStartException | FolderInUseException e) {
      return said(String.valueOf(e.getMessage()), ExitCode.CANNOT_START);
    } catch (IOException e) {
      // Names of files may be those of patients: the kind of the fault has to do.
      return said(
          "Stopped by a fault of a disk, a store or the database ("
              + e.getClass().getSimpleName()
              + "). What was done is done; run the command again.",
          ExitCode.CANNOT_START);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAULT;
    }
  }

  private ExitCode command(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> rest = arguments.subList(1, arguments.size());
    return switch (arguments.getFirst()) {
      case "import" -> new ImportCommand(out, err, shown, steps).run(rest, environment);
      case "export" -> new ExportCommand(out, err, shown, steps).run(rest, environment);
      case "backup" -> new BackupCommand(out, err, shown, steps).backup(rest, environment);
      case "restore" -> new BackupCommand(out, err, shown, steps).restore(rest, environment);
      default -> throw new UsageException("Unknown command: " + arguments.getFirst());
    };
  }

  private ExitCode said(String message, ExitCode code) {
    err.println("heliograph: " + message);
    return code;
  }
}
