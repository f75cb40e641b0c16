package org.heliograph.reader.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/**
 * Everybody against every endpoint that names a case: who may see the case gets an answer of their
 * own, everybody else the same 404 as for a case that does not exist. A new endpoint is a new row
 * of {@link #ENDPOINTS}.
 */
@HubTest
@Import(TestCases.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixIT {
  /** Who asks, seen from the case. */
  enum Who {
    CLINIC,
    OTHER_CLINIC,
    READER,
    OTHER_READER,
    DERMATOLOGIST,
    REFERRER,
    OTHER_REFERRER,
    COORDINATOR,
    ADMINISTRATOR,
    NOBODY
  }

  /** The case asked for, of CLINIC, for radiology, naming REFERRER. */
  enum Situation {
    DRAFT,
    WAITING,
    CLAIMED,
    NEEDS_INFO,
    REPORTED,
    FINAL,
    DELIVERED,
    REJECTED;

    Set<Who> seenBy() {
      return switch (this) {
        case DRAFT -> EnumSet.of(Who.CLINIC, Who.COORDINATOR);
        case WAITING -> EnumSet.of(Who.CLINIC, Who.READER, Who.OTHER_READER, Who.COORDINATOR);
        case CLAIMED -> EnumSet.of(Who.CLINIC, Who.READER, Who.COORDINATOR);
        case NEEDS_INFO -> EnumSet.of(Who.CLINIC, Who.READER, Who.COORDINATOR);
        case REPORTED -> EnumSet.of(Who.CLINIC, Who.READER, Who.COORDINATOR);
        case FINAL -> EnumSet.of(Who.CLINIC, Who.READER, Who.REFERRER, Who.COORDINATOR);
        case DELIVERED -> EnumSet.of(Who.CLINIC, Who.READER, Who.REFERRER, Who.COORDINATOR);
        case REJECTED -> EnumSet.of(Who.CLINIC, Who.READER, Who.COORDINATOR);
      };
    }
  }

  /** Passes every check of form and fails that of the version, so that nothing is changed. */
  private static final String STALE =
      """
      {"version":-1,"reason":"x","text":"x","kind":"QUESTION","code":"OTHER",
       "request":{"specialty":"RADIOLOGY","urgency":"ROUTINE"}}
      """;

  /** A request that names a case, and the roles it is for (all, where empty). */
  record Endpoint(
      String name,
      BiFunction<WebClient, UUID, HttpResponse<String>> call,
      Set<Role> roles,
      boolean acts) {
    /** One that changes nothing when it is refused for its version. */
    static Endpoint of(
        String name, BiFunction<WebClient, UUID, HttpResponse<String>> call, Role... roles) {
      return new Endpoint(name, call, Set.of(roles), false);
    }

    /** One that would change a case it is allowed to; it is asked for others' cases only. */
    static Endpoint acting(
        String name, BiFunction<WebClient, UUID, HttpResponse<String>> call, Role role) {
      return new Endpoint(name, call, Set.of(role), true);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Endpoint> ENDPOINTS =
      List.of(
          Endpoint.of("OPEN", (web, id) -> web.get("/api/cases/" + id)),
          Endpoint.of(
              "EDIT", (web, id) -> web.put("/api/cases/" + id + "/request", "{}"), Role.CLINIC),
          Endpoint.of(
              "SUBMIT", (web, id) -> web.post("/api/cases/" + id + "/submit", STALE), Role.CLINIC),
          Endpoint.of(
              "CANCEL",
              (web, id) -> web.post("/api/cases/" + id + "/cancel", STALE),
              Role.CLINIC,
              Role.COORDINATOR),
          Endpoint.of(
              "ANSWER", (web, id) -> web.post("/api/cases/" + id + "/answer", STALE), Role.CLINIC),
          Endpoint.acting(
              "RELEASE", (web, id) -> web.post("/api/cases/" + id + "/release", "{}"), Role.READER),
          Endpoint.acting(
              "RENEW", (web, id) -> web.post("/api/cases/" + id + "/renew", "{}"), Role.READER),
          Endpoint.of(
              "NEEDS_INFO",
              (web, id) -> web.post("/api/cases/" + id + "/needs-info", STALE),
              Role.READER),
          Endpoint.of(
              "REJECT", (web, id) -> web.post("/api/cases/" + id + "/reject", STALE), Role.READER));

  @LocalServerPort private int port;
  @Autowired private TestCases made;
  @Autowired private People people;
  @Autowired private Sites sites;
  private final Map<Who, WebClient> webs = new EnumMap<>(Who.class);
  private final Map<Who, Person> persons = new EnumMap<>(Who.class);
  private final Map<Situation, UUID> cases = new EnumMap<>(Situation.class);

  @BeforeAll
  void everybody() {
    var site = TestPeople.site(sites, "OWN").id();
    var other = TestPeople.site(sites, "OTHER").id();
    add(Who.CLINIC, Role.CLINIC, null, site);
    add(Who.OTHER_CLINIC, Role.CLINIC, null, other);
    add(Who.READER, Role.READER, Specialty.RADIOLOGY, null);
    add(Who.OTHER_READER, Role.READER, Specialty.RADIOLOGY, null);
    add(Who.DERMATOLOGIST, Role.READER, Specialty.DERMATOLOGY, null);
    add(Who.REFERRER, Role.REFERRER, null, null);
    add(Who.OTHER_REFERRER, Role.REFERRER, null, null);
    add(Who.COORDINATOR, Role.COORDINATOR, null, null);
    add(Who.ADMINISTRATOR, Role.ADMINISTRATOR, null, null);
    webs.put(Who.NOBODY, new WebClient(port));
    webs.get(Who.NOBODY).get("/api/session");
    for (var situation : Situation.values()) {
      cases.put(situation, make(situation));
    }
  }

  static List<Arguments> cells() {
    var cells = new ArrayList<Arguments>();
    for (var who : Who.values()) {
      for (var situation : Situation.values()) {
        for (var endpoint : ENDPOINTS) {
          cells.add(Arguments.of(who, situation, endpoint));
        }
      }
    }
    return cells;
  }

  @ParameterizedTest(name = "{0} asks {2} of a {1} case")
  @MethodSource("cells")
  void everybody_gets_what_is_theirs_and_nothing_else(
      Who who, Situation situation, Endpoint endpoint) {
    var web = Objects.requireNonNull(webs.get(who));
    boolean sees = situation.seenBy().contains(who);
    if (endpoint.acts() && sees && who != Who.CLINIC && who != Who.COORDINATOR) {
      return;
    }

    var id = Objects.requireNonNull(cases.get(situation));
    var answer = endpoint.call().apply(web, id);
    var unknownId = UUID.randomUUID();
    var unknown = endpoint.call().apply(web, unknownId);

    if (who == Who.NOBODY) {
      assertThat(answer.statusCode()).isEqualTo(401);
    } else if (!roleFits(who, endpoint)) {
      assertThat(answer.statusCode()).isEqualTo(403);
    } else if (sees) {
      assertThat(answer.statusCode()).isIn(200, 400, 409);
      assertThat(answer.statusCode()).isNotEqualTo(404);
    } else {
      assertThat(answer.statusCode()).isIn(404, 400);
    }
    if (!sees) {
      assertThat(answer.statusCode()).isEqualTo(unknown.statusCode());
      assertThat(answer.body().replace(id.toString(), "ID"))
          .isEqualTo(unknown.body().replace(unknownId.toString(), "ID"));
      assertThat(answer.body()).doesNotContain("Okafor");
    }
  }

  @ParameterizedTest
  @MethodSource("people")
  void lists_show_what_may_be_opened_and_nothing_else(Who who) {
    var web = Objects.requireNonNull(webs.get(who));

    var body = web.get("/api/cases?limit=200").body();

    for (var situation : Situation.values()) {
      var id = Objects.requireNonNull(cases.get(situation)).toString();
      if (situation.seenBy().contains(who)) {
        assertThat(body).contains(id);
      } else {
        assertThat(body).doesNotContain(id);
      }
    }
  }

  static List<Who> people() {
    return List.of(Who.values());
  }

  private boolean roleFits(Who who, Endpoint endpoint) {
    return endpoint.roles().isEmpty()
        || endpoint.roles().contains(Objects.requireNonNull(persons.get(who)).role());
  }

  private void add(
      Who who,
      Role role,
      @org.jspecify.annotations.Nullable Specialty specialty,
      @org.jspecify.annotations.Nullable UUID site) {
    var login = "matrix-" + who.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    persons.put(who, TestPeople.person(people, login, role, specialty, site));
    var web = new WebClient(port);
    assertThat(web.signIn(login, TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    webs.put(who, web);
  }

  private UUID make(Situation situation) {
    var clinic = Objects.requireNonNull(persons.get(Who.CLINIC));
    var reader = Objects.requireNonNull(persons.get(Who.READER)).id();
    var request =
        TestCases.request(
            Specialty.RADIOLOGY,
            Urgency.URGENT,
            Objects.requireNonNull(persons.get(Who.REFERRER)).id(),
            "",
            false);
    var site = Objects.requireNonNull(clinic.siteId());
    if (situation == Situation.DRAFT) {
      return made.draft(site, clinic.id(), request).id().value();
    }
    var id = made.waiting(site, clinic.id(), request).id();
    switch (situation) {
      case DRAFT, WAITING -> {}
      case CLAIMED -> made.claimed(id, reader);
      case NEEDS_INFO -> {
        made.claimed(id, reader);
        made.append(id, reader, CaseEventKind.INFO_REQUESTED);
      }
      case REPORTED -> {
        made.claimed(id, reader);
        made.append(id, reader, CaseEventKind.REPORTED);
      }
      case FINAL -> {
        made.claimed(id, reader);
        made.append(id, reader, CaseEventKind.FINAL);
      }
      case DELIVERED -> {
        made.claimed(id, reader);
        made.append(id, reader, CaseEventKind.FINAL, CaseEventKind.DELIVERED);
      }
      case REJECTED -> {
        made.claimed(id, reader);
        made.append(id, reader, CaseEventKind.REJECTED);
      }
    }
    return id.value();
  }
}
