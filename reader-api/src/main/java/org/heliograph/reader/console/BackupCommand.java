package org.heliograph.reader.console;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.blob.s3.S3BlobStore;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.HubOptions;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.admin.AdminDatabase;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.backup.Backup;
import org.heliograph.reader.backup.BackupException;
import org.heliograph.reader.backup.BackupFolder;
import org.heliograph.reader.backup.BackupRuns;
import org.heliograph.reader.backup.Rehearsal;
import org.heliograph.reader.backup.Restore;
import org.heliograph.reader.postgres.DatabaseAccess;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.progress.Progress;
import org.heliograph.reader.progress.Steps;
import org.heliograph.reader.settings.BlobOptions;
import org.heliograph.reader.settings.DataFolder;
import org.heliograph.reader.settings.FolderLock;
import org.springframework.util.FileSystemUtils;

/** {@code heliograph backup}, {@code backup list}, {@code backup rehearse} and {@code restore}. */
final class BackupCommand {
  private static final int GENERATIONS_KEPT = 7;
  private static final int SAMPLE_ONE_IN = 10;

  private final PrintStream out;
  private final PrintStream err;
  private final Progress.Shown shown;
  private final Steps steps;
  private final InstantSource clock = InstantSource.system();

  BackupCommand(PrintStream out, PrintStream err, Progress.Shown shown, Steps steps) {
    this.out = out;
    this.err = err;
    this.shown = shown;
    this.steps = steps;
  }

  ExitCode backup(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    String word = arguments.isEmpty() ? "" : arguments.getFirst();
    return switch (word) {
      case "list" -> list(Words.parse(tail(arguments), Set.of("--from"), Set.of()));
      case "rehearse" ->
          rehearse(
              Words.parse(
                  tail(arguments),
                  Set.of("--from", "--generation", "--sample", "--work"),
                  Set.of("--all")),
              environment);
      default -> take(Words.parse(arguments, Set.of("--to", "--keep"), Set.of()), environment);
    };
  }

  private ExitCode take(Words words, Map<String, String> environment)
      throws IOException, InterruptedException {
    none(words);
    Path to = words.path("--to");
    int keep = words.number("--keep", GENERATIONS_KEPT, 1, 1_000);
    Instant began = clock.instant();
    try (OpenHub hub = OpenHub.open(words, environment)) {
      if (to.normalize().startsWith(hub.data().root())) {
        throw new UsageException("The backup must not lie in the data folder.");
      }
      Backup.Taken taken;
      try (BackupFolder folder = BackupFolder.open(to);
          Progress progress = new Progress(err, shown, "backup")) {
        taken =
            new Backup(hub.source(), hub.blobs(), hub.data(), clock, progress, steps)
                .run(folder, keep);
      } catch (SQLException e) {
        throw refused(e);
      }
      boolean whole = taken.damaged() == 0;
      new BackupRuns(hub.source())
          .record(
              BackupRuns.Kind.BACKUP,
              taken.generation(),
              began,
              whole,
              taken.blobs() + " blobs, " + taken.damaged() + " damaged");
      AuditTrail.over(hub.source())
          .record(
              AuditEvent.of(AuditKind.EXPORT, AuditAction.READ)
                  .about("backup", taken.generation())
                  .detail("BACKUP")
                  .by(null, "console")
                  .from("127.0.0.1"));
      out.println("generation  " + taken.generation());
      out.println("database    " + taken.rows() + " rows");
      out.println(
          "images      "
              + taken.blobs()
              + ", "
              + Progress.size(taken.bytes())
              + "; copied now "
              + taken.copied());
      if (!whole) {
        out.println("damaged     " + taken.damaged() + " are not what was stored, and not copied");
      }
      return whole ? ExitCode.OK : ExitCode.REFUSED;
    }
  }

  private ExitCode list(Words words) throws IOException {
    none(words);
    BackupFolder.generations(words.path("--from")).forEach(out::println);
    return ExitCode.OK;
  }

  private ExitCode rehearse(Words words, Map<String, String> environment)
      throws IOException, InterruptedException {
    none(words);
    Path from = words.path("--from");
    Path generation = BackupFolder.generation(from, words.option("--generation").orElse(null));
    long every = words.has("--all") ? 1 : words.number("--sample", SAMPLE_ONE_IN, 1, 1_000_000);
    Instant began = clock.instant();
    Path work = workFolder(words);
    Rehearsal.Report report;
    Thread atCtrlC = null;
    try (LocalPostgres postgres = LocalPostgres.start(new DataFolder(work).create());
        HikariDataSource source = OpenHub.pool(postgres.access());
        Progress progress = new Progress(err, shown, "rehearsal")) {
      atCtrlC = new Thread(() -> end(postgres, work));
      Runtime.getRuntime().addShutdownHook(atCtrlC);
      report = new Rehearsal(from, generation, source, progress).run(every);
    } finally {
      if (atCtrlC != null) {
        Runtime.getRuntime().removeShutdownHook(atCtrlC);
      }
      FileSystemUtils.deleteRecursively(work);
    }
    report.lines().forEach(out::println);
    out.println((report.passed() ? "PASS  " : "FAIL  ") + report.generation());
    Files.writeString(
        from.resolve("rehearsals.log"),
        began + " " + report.generation() + (report.passed() ? " PASS" : " FAIL") + "\n",
        StandardCharsets.US_ASCII,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    record(words, environment, report, began);
    return report.passed() ? ExitCode.OK : ExitCode.REFUSED;
  }

  /** In the hub's own database, if there is a hub here; a backup may be proved anywhere. */
  private static void record(
      Words words, Map<String, String> environment, Rehearsal.Report report, Instant began) {
    HubOptions options = HubOptions.parse(words.hub(), environment);
    if (options.database() == null && !Files.isDirectory(options.data().postgres())) {
      return;
    }
    try (AdminDatabase database = AdminDatabase.open(options)) {
      new BackupRuns(database.source())
          .record(BackupRuns.Kind.REHEARSAL, report.generation(), began, report.passed(), "");
    }
  }

  ExitCode restore(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    Words words = Words.parse(arguments, Set.of("--from", "--generation"), Set.of());
    none(words);
    Path from = words.path("--from");
    Path generation = BackupFolder.generation(from, words.option("--generation").orElse(null));
    HubOptions options = HubOptions.parse(words.hub(), environment);
    DataFolder data = options.data();
    Restore.Restored restored;
    try (Progress progress = new Progress(err, shown, "restore")) {
      Restore restore = new Restore(from, generation, data, progress, steps);
      restore.begin();
      try (FolderLock _ = FolderLock.take(data)) {
        restored = restore(restore, options);
      }
    }
    out.println("generation  " + restored.generation());
    out.println("database    " + restored.rows() + " rows");
    out.println("images      " + restored.blobs() + ", " + Progress.size(restored.bytes()));
    if (restored.missing() > 0) {
      out.println("damaged     " + restored.missing() + " are not in the backup as they were");
    }
    return restored.missing() == 0 ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static Restore.Restored restore(Restore restore, HubOptions options)
      throws IOException, InterruptedException {
    DatabaseAccess given = options.database();
    LocalPostgres postgres = given == null ? LocalPostgres.start(options.data()) : null;
    BlobStore blobs = null;
    try (HikariDataSource source =
        OpenHub.pool(
            postgres == null ? java.util.Objects.requireNonNull(given) : postgres.access())) {
      blobs = store(options);
      return restore.run(source, blobs, options.blobs().location());
    } catch (SQLException e) {
      throw refused(e);
    } finally {
      if (blobs instanceof S3BlobStore s3) {
        s3.close();
      }
      if (postgres != null) {
        postgres.close();
      }
    }
  }

  private static BlobStore store(HubOptions options) throws IOException {
    String location = options.blobs().location();
    BlobStore store =
        BlobOptions.isFile(location)
            ? FileSystemBlobStore.open(options.data().blobs())
            : S3BlobStore.open(options.blobs().s3(location));
    store.checkWrites(options.data().staging());
    return store;
  }

  private static Path workFolder(Words words) throws IOException {
    // PostgreSQL may run as another user, who has to pass.
    var passable =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
    return words.has("--work")
        ? Files.createTempDirectory(words.path("--work"), "heliograph-rehearsal-", passable)
        : Files.createTempDirectory("heliograph-rehearsal-", passable);
  }

  /** What Ctrl-C must not leave behind: a server, and patients' data. */
  private static void end(LocalPostgres postgres, Path work) {
    postgres.close();
    try {
      FileSystemUtils.deleteRecursively(work);
    } catch (IOException _) {
      // The system's temporary folder is emptied sooner or later.
    }
  }

  private static BackupException refused(SQLException e) {
    return BackupException.ofDatabase(e.getSQLState());
  }

  private static void none(Words words) {
    if (!words.plain().isEmpty()) {
      throw new UsageException("The command does not take: " + words.plain().getFirst());
    }
  }

  private static List<String> tail(List<String> arguments) {
    return arguments.subList(1, arguments.size());
  }
}
