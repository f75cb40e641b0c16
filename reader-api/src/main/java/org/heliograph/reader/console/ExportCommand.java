package org.heliograph.reader.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.heliograph.archive.catalog.Catalog;
import org.heliograph.archive.retrieve.Retrieve;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.deid.DeidentificationKey;
import org.heliograph.dicom.deid.Deidentifier;
import org.heliograph.dicom.deid.Option;
import org.heliograph.dicom.deid.Profile;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.media.Export;
import org.heliograph.reader.media.ExportOutcome;
import org.heliograph.reader.media.ExportSettings;
import org.heliograph.reader.media.ExportSettings.Form;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.progress.Progress;
import org.heliograph.reader.progress.Steps;
import org.heliograph.reader.settings.DataFolder;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code heliograph export}. */
final class ExportCommand {
  private static final String AS_STORED = "as-stored";
  private static final String STUDIES_OF_CASE =
      """
      select s.study_instance_uid from reading.case_study s
      join reading.case_file c on c.id = s.case_id
      where c.number = :wanted or c.id::text = :wanted
      order by s.study_instance_uid
      """;

  private final PrintStream out;
  private final PrintStream err;
  private final Progress.Shown shown;
  private final Steps steps;

  ExportCommand(PrintStream out, PrintStream err, Progress.Shown shown, Steps steps) {
    this.out = out;
    this.err = err;
    this.shown = shown;
    this.steps = steps;
  }

  ExitCode run(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    Words words =
        Words.parse(
            arguments,
            Set.of(
                "--study",
                "--case",
                "--site",
                "--from",
                "--until",
                "--as",
                "--to",
                "--transfer-syntax"),
            Set.of("--deidentify", "--pixels-seen"));
    if (!words.plain().isEmpty()) {
      throw new UsageException("The command does not take: " + words.plain().getFirst());
    }
    if (List.of("--study", "--case", "--site").stream().filter(words::has).count() != 1) {
      throw new UsageException("Name one of --study, --case and --site.");
    }
    Form form = form(words.required("--as"));
    TransferSyntax syntax = syntax(words, form);
    Path to = words.path("--to");
    try (OpenHub hub = OpenHub.open(words, environment)) {
      if (to.normalize().startsWith(hub.data().root())) {
        throw new UsageException("The export must not lie in the data folder.");
      }
      Catalog catalog = new Catalog(hub.source());
      List<StudyInstanceUid> studies = studies(words, hub, catalog);
      if (studies.isEmpty()) {
        throw new ProblemException(ProblemCode.NOTHING_TO_EXPORT);
      }
      ExportSettings settings =
          new ExportSettings(form, syntax, deidentifier(words, hub.data()), told(words, form));
      return run(hub, catalog, settings, studies, to);
    }
  }

  private ExitCode run(
      OpenHub hub,
      Catalog catalog,
      ExportSettings settings,
      List<StudyInstanceUid> studies,
      Path to)
      throws IOException, InterruptedException {
    JdbcClient sql = JdbcClient.create(hub.source());
    AuditTrail audit = AuditTrail.over(hub.source());
    Map<ExportOutcome, Long> outcomes;
    try (Progress progress = new Progress(err, shown, "export")) {
      expect(sql, studies, progress);
      outcomes =
          new Export(
                  catalog,
                  new Retrieve(hub.blobs(), catalog.headers(), sql),
                  hub.blobs(),
                  settings,
                  progress,
                  steps)
              .run(
                  studies,
                  to,
                  study ->
                      audit.record(
                          AuditEvent.of(AuditKind.EXPORT, AuditAction.READ)
                              .about("study", study)
                              .detail(settings.told())
                              .by(null, "console")
                              .from("127.0.0.1")));
    }
    outcomes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> out.println(String.format("%9d  %s", each.getValue(), each.getKey().words())));
    return outcomes.keySet().stream().allMatch(ExportOutcome::isFine)
        ? ExitCode.OK
        : ExitCode.REFUSED;
  }

  private static void expect(JdbcClient sql, List<StudyInstanceUid> studies, Progress progress) {
    String[] uids = studies.stream().map(uid -> uid.value().value()).toArray(String[]::new);
    sql.sql(
            "select coalesce(sum(instance_count), 0), coalesce(sum(byte_count), 0)"
                + " from archive.study where study_instance_uid = any(?)")
        .param(uids)
        .query(row -> {
          progress.expect(row.getLong(1), row.getLong(2));
        });
  }

  private static List<StudyInstanceUid> studies(Words words, OpenHub hub, Catalog catalog) {
    if (words.has("--study")) {
      StudyInstanceUid study;
      try {
        study = StudyInstanceUid.of(words.required("--study"));
      } catch (IllegalArgumentException e) {
        throw new UsageException("The value of --study is not a UID.");
      }
      return catalog.study(study).isPresent() ? List.of(study) : List.of();
    }
    if (words.has("--case")) {
      return new ArrayList<>(
          JdbcClient.create(hub.source())
              .sql(STUDIES_OF_CASE)
              .param("wanted", words.required("--case"))
              .query((row, n) -> StudyInstanceUid.of(row.getString(1)))
              .list());
    }
    String code = words.required("--site");
    return catalog.studiesByPatient(
        Sites.over(hub.source())
            .byCode(code)
            .orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, code))
            .id(),
        words.date("--from").orElse(null),
        words.date("--until").orElse(null));
  }

  private static Form form(String value) {
    for (Form form : Form.values()) {
      if (form.name().equalsIgnoreCase(value)) {
        return form;
      }
    }
    throw new UsageException("The value of --as is not folder, dicomdir or zip: " + value);
  }

  /** On media the general purpose profiles want Explicit VR Little Endian (PS3.11 Annex D). */
  private static @Nullable TransferSyntax syntax(Words words, Form form) {
    String usual = form == Form.DICOMDIR ? Uids.ExplicitVrLittleEndian : AS_STORED;
    String value = words.option("--transfer-syntax").orElse(usual);
    if (value.equals(AS_STORED)) {
      return null;
    }
    if (!Uids.transferSyntaxes().contains(value)) {
      throw new UsageException("The value of --transfer-syntax is no transfer syntax: " + value);
    }
    return TransferSyntax.of(value);
  }

  private static String told(Words words, Form form) {
    return form.name().toLowerCase(Locale.ROOT)
        + " "
        + words.option("--transfer-syntax").orElse("usual")
        + (words.has("--deidentify") ? " de-identified" : "")
        + (words.has("--pixels-seen") ? " pixels-seen" : "");
  }

  private static @Nullable Deidentifier deidentifier(Words words, DataFolder data)
      throws IOException {
    if (!words.has("--deidentify")) {
      return null;
    }
    Profile profile =
        words.has("--pixels-seen")
            ? Profile.basic()
            : Profile.basic().with(Option.CLEAN_PIXEL_DATA);
    return Deidentifier.of(profile, DeidentificationKey.of(key(data)));
  }

  /** The hub's own secret: two exports give one patient the same pseudonym. */
  private static byte[] key(DataFolder data) throws IOException {
    Path file = data.secrets().resolve("deidentification.key");
    if (!Files.exists(file)) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      Path made =
          Files.createTempFile(
              data.secrets(),
              "new-",
              ".key",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(made, HexFormat.of().formatHex(random));
      Files.move(made, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
    return HexFormat.of().parseHex(Files.readString(file).strip());
  }
}
