package org.heliograph.reader.admin;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.access.ApiToken;
import org.heliograph.reader.access.ApiTokens;
import org.heliograph.reader.access.NewPerson;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.TokenRight;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;

/** The credentials of programs. A secret is printed once, when it is made. */
final class TokenCommands {
  private static final int LONGEST_DAYS = 3660;

  private final ApiTokens tokens;
  private final People people;
  private final Sites sites;
  private final Recorder recorder;
  private final InstantSource clock = InstantSource.system();

  /** Puts what a command did on the audit trail. */
  interface Recorder extends BiConsumer<UUID, AuditAction> {}

  TokenCommands(DataSource database, Recorder recorder) {
    this.tokens = ApiTokens.over(database);
    this.people = People.over(database);
    this.sites = Sites.over(database);
    this.recorder = recorder;
  }

  Answer add(Request request) {
    if (request.has("--person") == request.has("--site")) {
      throw new UsageException("Give either --person or --site.");
    }
    Set<TokenRight> rights = rights(request.required("--may"));
    Instant expires = request.option("--expires").map(this::expires).orElse(null);
    Person person =
        request.has("--site")
            ? account(request.required("--site"))
            : people
                .byLogin(request.required("--person"))
                .orElseThrow(() -> new ProblemException(ProblemCode.PERSON_UNKNOWN));
    ApiTokens.Made made = tokens.add(request.word(0), person, rights, expires);
    recorder.accept(made.token().id(), AuditAction.CREATE);
    Map<String, Object> view = view(made.token());
    view.put("token", made.secret());
    return new Answer(
        view,
        List.of("added  " + line(made.token()), "token  " + made.secret() + "  (not shown again)"));
  }

  Answer list() {
    List<ApiToken> all = tokens.all();
    return new Answer(
        all.stream().map(this::view).toList(),
        all.isEmpty() ? List.of("none yet") : all.stream().map(this::line).toList());
  }

  Answer revoke(Request request) {
    String name = request.word(0);
    ApiToken token =
        tokens.all().stream()
            .filter(each -> each.revokedAt() == null && each.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> new ProblemException(ProblemCode.TOKEN_UNKNOWN));
    tokens.revoke(name);
    recorder.accept(token.id(), AuditAction.DELETE);
    return Answer.of(view(token), "revoked  " + token.name());
  }

  /** The account in whose name a site's programs act; nobody knows its password. */
  private Person account(String code) {
    Site site =
        sites.byCode(code).orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, code));
    String login = site.code().toLowerCase(Locale.ROOT) + "-programs";
    Optional<Person> existing = people.byLogin(login);
    if (existing.isPresent()) {
      Person person = existing.get();
      if (person.role() != Role.CLINIC || !site.id().equals(person.siteId())) {
        throw new ProblemException(ProblemCode.LOGIN_TAKEN);
      }
      return person;
    }
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    return people.add(
        new NewPerson(login, "Programs of " + site.name(), "", "", Role.CLINIC, null, site.id()),
        Base64.getEncoder().encodeToString(bits).toCharArray());
  }

  private static Set<TokenRight> rights(String text) {
    Set<TokenRight> rights = EnumSet.noneOf(TokenRight.class);
    for (String word : text.split(",", -1)) {
      rights.add(
          Arrays.stream(TokenRight.values())
              .filter(right -> right.word().equalsIgnoreCase(word.strip()))
              .findFirst()
              .orElseThrow(() ->
                  new UsageException(
                      "The value of --may is not made of "
                          + Arrays.stream(TokenRight.values())
                              .map(TokenRight::word)
                              .collect(Collectors.joining(", "))
                          + ": "
                          + word)));
    }
    return rights;
  }

  /** A day, to its end in UTC, or a number of days from now. */
  private Instant expires(String text) {
    try {
      if (text.matches("[1-9][0-9]{0,3}d")) {
        int days = Integer.parseInt(text.substring(0, text.length() - 1));
        if (days <= LONGEST_DAYS) {
          return clock.instant().plus(Duration.ofDays(days));
        }
      } else {
        Instant end = LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (end.isAfter(clock.instant())) {
          return end;
        }
      }
    } catch (DateTimeParseException _) {
      // Said below.
    }
    throw new UsageException(
        "The value of --expires is not a day to come (2027-12-31) or a number of days (90d): "
            + text);
  }

  private Map<String, Object> view(ApiToken token) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", token.id());
    view.put("name", token.name());
    view.put("person", login(token));
    view.put("rights", token.rights().stream().sorted().map(TokenRight::word).toList());
    view.put("state", state(token));
    view.put("createdAt", token.createdAt());
    view.put("expiresAt", token.expiresAt());
    view.put("revokedAt", token.revokedAt());
    view.put("lastUsedAt", token.lastUsedAt());
    return view;
  }

  private String line(ApiToken token) {
    return token.name()
        + "  "
        + login(token)
        + "  "
        + token.rights().stream().sorted().map(TokenRight::word).collect(Collectors.joining(","))
        + "  "
        + state(token)
        + "  expires "
        + said(token.expiresAt())
        + "  used "
        + said(token.lastUsedAt());
  }

  private String login(ApiToken token) {
    return people.byId(token.person()).map(Person::login).orElse("switched off");
  }

  private String state(ApiToken token) {
    if (token.revokedAt() != null) {
      return "revoked";
    }
    return token.isGood(clock.instant()) ? "good" : "expired";
  }

  private static String said(@Nullable Instant time) {
    return time == null ? "never" : time.toString();
  }
}
