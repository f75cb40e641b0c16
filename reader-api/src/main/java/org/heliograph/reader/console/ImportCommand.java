package org.heliograph.reader.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.Catalog;
import org.heliograph.archive.ingest.Ingest;
import org.heliograph.archive.integrity.DigestRows;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditOutcome;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.media.Import;
import org.heliograph.reader.media.ImportOutcome;
import org.heliograph.reader.media.ImportStoppedException;
import org.heliograph.reader.media.ImportTally;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.progress.Progress;
import org.heliograph.reader.progress.Steps;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code heliograph import}. */
final class ImportCommand {
  private static final int MOST_WORKERS = 64;
  private static final Duration ON_THEIR_WAY = Duration.ofMinutes(10);

  private final PrintStream out;
  private final PrintStream err;
  private final Progress.Shown shown;
  private final Steps steps;

  ImportCommand(PrintStream out, PrintStream err, Progress.Shown shown, Steps steps) {
    this.steps = steps;
    this.out = out;
    this.err = err;
    this.shown = shown;
  }

  ExitCode run(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    Words words =
        Words.parse(
            arguments,
            Set.of("--site", "--workers", "--problems"),
            Set.of("--without-cases", "--unnamed"));
    List<Path> sources = words.plain().stream().map(Words::toPath).toList();
    if (sources.isEmpty() != words.has("--unnamed")) {
      throw new UsageException(
          "Name a folder, a ZIP file or a DICOMDIR to import, or say --unnamed alone.");
    }
    for (Path source : sources) {
      if (!Files.isReadable(source)) {
        throw new UsageException("There is nothing to read at " + source + ".");
      }
    }
    String code = words.required("--site");
    int workers =
        words.number("--workers", 2 * Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);
    Path problems = words.has("--problems") ? words.path("--problems") : null;
    try (OpenHub hub = OpenHub.open(words, environment);
        ImportTally tally = ImportTally.open(problems)) {
      Site site =
          Sites.over(hub.source())
              .byCode(code)
              .orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, code));
      String origin = words.has("--without-cases") ? "archive" : "import";
      return run(hub, site, new Import.Settings(site.id(), origin, workers), sources, tally);
    }
  }

  private ExitCode run(
      OpenHub hub, Site site, Import.Settings settings, List<Path> sources, ImportTally tally)
      throws IOException, InterruptedException {
    boolean ended = false;
    try (Ingest ingest =
            Archive.openIngest(
                hub.source(), hub.blobs(), hub.data().staging(), InstantSource.system());
        Progress progress = new Progress(err, shown, "import")) {
      Import work =
          new Import(
              ingest.instances(),
              new Catalog(hub.source()),
              hub.data().root().resolve("imports"),
              settings,
              progress,
              tally,
              steps);
      if (sources.isEmpty()) {
        work.runUnnamed(
            hub.blobs(),
            new DigestRows(JdbcClient.create(hub.source())),
            InstantSource.system().instant().minus(ON_THEIR_WAY));
      } else {
        work.run(sources);
      }
      ended = true;
    } catch (ImportStoppedException e) {
      err.println("heliograph: the import stopped (" + e.getMessage() + "). Run it again.");
    } finally {
      AuditTrail.over(hub.source())
          .record(
              AuditEvent.of(AuditKind.IMPORT, AuditAction.CREATE)
                  .about("site", site.id())
                  .outcome(ended ? AuditOutcome.SUCCESS : AuditOutcome.SERIOUS_FAILURE)
                  .detail("stored " + tally.of(ImportOutcome.STORED))
                  .by(null, "console")
                  .from("127.0.0.1"));
    }
    tally.lines().forEach(out::println);
    return !ended ? ExitCode.CANNOT_START : tally.isFine() ? ExitCode.OK : ExitCode.REFUSED;
  }
}
