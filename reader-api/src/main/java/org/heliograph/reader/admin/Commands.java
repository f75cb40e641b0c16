package org.heliograph.reader.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.access.NewPerson;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.ApplicationEntity;
import org.heliograph.reader.sites.NewSite;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;

/** The commands. What exists already is left alone and reported, so that scripts may run again. */
final class Commands {
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int GENERATED_LENGTH = 20;

  private final Sites sites;
  private final ApplicationEntities entities;
  private final People people;
  private final AuditTrail audit;
  private final Statistics statistics;
  private final StorageCommands storage;
  private final TokenCommands tokens;
  private final GatewayCommands gateways;
  private final Hl7Commands hl7;
  private final NodeCommands node;
  private final PatientCommands patients;
  private final StudyCommands studies;
  private final RetentionCommands retention;
  private final InputStream in;

  Commands(DataSource database, InputStream in) {
    this.sites = Sites.over(database);
    this.entities = ApplicationEntities.over(database);
    this.people = People.over(database);
    this.audit = AuditTrail.over(database);
    this.statistics = new Statistics(database);
    this.storage = new StorageCommands(database);
    this.tokens = new TokenCommands(database, (id, action) -> record("token", id, action));
    this.gateways =
        new GatewayCommands(database, sites, (id, action) -> record("gateway", id, action));
    this.hl7 = new Hl7Commands(database);
    this.node = new NodeCommands(database);
    this.patients = new PatientCommands(database, sites);
    this.studies = new StudyCommands(database, sites);
    this.retention = new RetentionCommands(database, sites, audit);
    this.in = in;
  }

  Answer run(Request request) {
    return switch (request.verb()) {
      case "site add" -> addSite(request);
      case "site list" ->
          new Answer(
              sites.all().stream().map(Commands::view).toList(),
              lines(sites.all().stream().map(Commands::line).toList()));
      case "ae add" -> addAeTitle(request);
      case "ae list" ->
          new Answer(
              entities.all().stream().map(this::view).toList(),
              lines(entities.all().stream().map(this::line).toList()));
      case "ae remove" -> removeAeTitle(request);
      case "storage-class add" -> node.addStorageClass(request);
      case "storage-class list" -> node.storageClasses();
      case "storage-class remove" -> node.removeStorageClass(request);
      case "commitment list" -> node.commitments();
      case "commitment retry" -> node.retryCommitment(request);
      case "user add" -> addUser(request);
      case "user list" ->
          new Answer(
              people.all().stream().map(this::view).toList(),
              lines(people.all().stream().map(Commands::line).toList()));
      case "password reset" -> resetPassword(request);
      case "token add" -> tokens.add(request);
      case "token list" -> tokens.list();
      case "token revoke" -> tokens.revoke(request);
      case "gateway list" -> gateways.list();
      case "gateway code" -> gateways.code(request);
      case "gateway set" -> gateways.set(request);
      case "gateway retry" -> gateways.retry(request);
      case "gateway switch-off" -> gateways.switchOff(request);
      case "blobs migrate" -> storage.migrate(request);
      case "blobs status" -> storage.status();
      case "blobs drop-source" -> storage.dropSource();
      case "scrub status" -> storage.scrub();
      case "hl7 add",
          "hl7 list",
          "hl7 remove",
          "hl7 dead-letters list",
          "hl7 dead-letters show",
          "hl7 dead-letters retry",
          "hl7 dead-letters drop" ->
          hl7.run(request);
      case "patient update" -> patients.update(request);
      case "patient merge" -> patients.merge(request);
      case "patient undo" -> patients.undo(request);
      case "patient history" -> patients.history(request);
      case "study reject" -> studies.reject(request);
      case "study delete" -> studies.delete(request);
      case "study rejections" -> studies.rejections(request);
      case "study restore" -> studies.restore(request);
      case "study hold" -> studies.hold(request);
      case "study holds" -> studies.holds();
      case "study release" -> studies.release(request);
      case "site quality" -> studies.quality(request);
      case "retention set" -> retention.set(request);
      case "retention list" -> retention.list();
      case "retention preview" -> retention.preview();
      case "quota set" -> retention.setQuota(request);
      case "quota list" -> retention.listQuotas();
      case "stats" -> new Answer(statistics.read(), List.of());
      default -> throw new UsageException("Unknown command: " + request.verb());
    };
  }

  private Answer addSite(Request request) {
    String code = request.word(0);
    Optional<byte[]> logo = request.option("--logo").map(file -> read(Path.of(file)));
    Optional<Site> existing = sites.byCode(code);
    Site site =
        existing.orElseGet(() ->
            sites.add(
                new NewSite(
                    code,
                    request.required("--name"),
                    request.option("--address").orElse(""),
                    request
                        .option("--specialty")
                        .map(s -> Request.constant(Specialty.class, "--specialty", s))
                        .orElse(Specialty.RADIOLOGY))));
    logo.ifPresent(image -> sites.setLogo(site.id(), image));
    if (request.has("--allow-unknown-ae")) {
      sites.takeUnknownAeTitles(code);
    }
    request.option("--time-zone").ifPresent(zone -> sites.setTimeZone(site.id(), zone));
    Site now = sites.byCode(code).orElseThrow();
    record("site", now.id(), existing.isEmpty() ? AuditAction.CREATE : AuditAction.UPDATE);
    Map<String, Object> view = view(now);
    view.put("created", existing.isEmpty());
    return Answer.of(view, (existing.isEmpty() ? "added  " : "exists  ") + line(now));
  }

  private Answer addAeTitle(Request request) {
    String code = request.word(0);
    String title = request.word(1);
    if (AeOptions.given(request)) {
      ApplicationEntities.check(
          AeOptions.of(request, entities.byTitle(title).orElseGet(() -> AeOptions.fresh(title))));
    }
    Site site = sites.addAeTitle(code, title);
    if (AeOptions.given(request)) {
      entities.set(AeOptions.of(request, entities.byTitle(title).orElseThrow()));
    }
    record("site", site.id(), AuditAction.UPDATE);
    return Answer.of(view(site), line(site));
  }

  private Answer removeAeTitle(Request request) {
    ApplicationEntity entity =
        entities
            .byTitle(request.word(0))
            .orElseThrow(
                () -> new ProblemException(ProblemCode.INVALID_FIELD, "aeTitle", "not registered"));
    entities.remove(entity.aeTitle());
    record("site", entity.siteId(), AuditAction.UPDATE);
    return Answer.of(view(entity), "removed  " + line(entity));
  }

  private Map<String, Object> view(ApplicationEntity entity) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("aeTitle", entity.aeTitle());
    view.put("site", sites.byId(entity.siteId()).orElseThrow().code());
    view.put("host", entity.host());
    view.put("port", entity.port());
    view.put("tls", entity.tls());
    view.put("rights", entity.rights().stream().sorted().toList());
    return view;
  }

  private String line(ApplicationEntity entity) {
    return entity.aeTitle()
        + "  "
        + sites.byId(entity.siteId()).orElseThrow().code()
        + "  "
        + (entity.host() == null ? "-" : entity.host() + ":" + entity.port())
        + (entity.tls() ? " tls" : "")
        + "  "
        + entity.rights().stream()
            .sorted()
            .map(right -> right.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(","));
  }

  private Answer addUser(Request request) {
    String login = request.word(0);
    Optional<Person> existing = people.byLogin(login);
    if (existing.isPresent()) {
      Map<String, Object> view = view(existing.get());
      view.put("created", false);
      return Answer.of(view, "exists  " + line(existing.get()));
    }
    NewPerson person =
        new NewPerson(
            login,
            request.required("--name"),
            request.option("--credentials").orElse(""),
            request.option("--organisation").orElse(""),
            Request.constant(Role.class, "--role", request.required("--role")),
            specialty(request),
            siteId(request));
    char[] password = password(request);
    Person added = people.add(person, password);
    record("person", added.id(), AuditAction.CREATE);
    Map<String, Object> view = view(added);
    view.put("created", true);
    return withPassword(request, view, "added  " + line(added), password);
  }

  private Answer resetPassword(Request request) {
    String login = request.word(0);
    Person person =
        people.byLogin(login).orElseThrow(() -> new ProblemException(ProblemCode.PERSON_UNKNOWN));
    char[] password = password(request);
    people.setPassword(login, password);
    record("person", person.id(), AuditAction.UPDATE);
    return withPassword(request, view(person), "password set for " + person.login(), password);
  }

  private static Answer withPassword(
      Request request, Map<String, Object> view, String line, char[] password) {
    if (request.has("--password-stdin")) {
      return Answer.of(view, line);
    }
    view.put("password", new String(password));
    return new Answer(view, List.of(line, "password  " + new String(password)));
  }

  private char[] password(Request request) {
    if (request.has("--password-stdin")) {
      try {
        String line =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return line == null ? new char[0] : line.toCharArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    SecureRandom random = new SecureRandom();
    char[] password = new char[GENERATED_LENGTH];
    for (int i = 0; i < password.length; i++) {
      password[i] = i % 5 == 4 ? '-' : ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    password[GENERATED_LENGTH - 1] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    return password;
  }

  private static @Nullable Specialty specialty(Request request) {
    String value = request.option("--specialty").orElse(null);
    return value == null ? null : Request.constant(Specialty.class, "--specialty", value);
  }

  private @Nullable UUID siteId(Request request) {
    String code = request.option("--site").orElse(null);
    return code == null
        ? null
        : sites
            .byCode(code)
            .orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, code))
            .id();
  }

  private void record(String kind, UUID id, AuditAction action) {
    audit.record(
        AuditEvent.of(AuditKind.SECURITY_ALERT, action)
            .about(kind, id)
            .detail("ADMIN_COMMAND")
            .by(null, "console")
            .from("127.0.0.1"));
  }

  private static Map<String, Object> view(Site site) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", site.id());
    view.put("code", site.code());
    view.put("name", site.name());
    view.put("address", site.address());
    view.put("defaultSpecialty", site.defaultSpecialty());
    view.put("allowUnknownAe", site.allowUnknownAe());
    view.put("aeTitles", site.aeTitles());
    return view;
  }

  private Map<String, Object> view(Person person) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", person.id());
    view.put("login", person.login());
    view.put("displayName", person.displayName());
    view.put("role", person.role());
    view.put("specialty", person.specialty());
    UUID siteId = person.siteId();
    view.put("site", siteId == null ? null : sites.byId(siteId).orElseThrow().code());
    return view;
  }

  private static String line(Site site) {
    return site.code() + "  " + site.name() + "  " + String.join(",", site.aeTitles());
  }

  private static String line(Person person) {
    return person.login() + "  " + person.role() + "  " + person.displayName();
  }

  static List<String> lines(List<String> lines) {
    return lines.isEmpty() ? List.of("none yet") : lines;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UsageException("The file " + file + " cannot be read.");
    }
  }
}
