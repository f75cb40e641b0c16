package org.heliograph.reader.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.heliograph.archive.Archive;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.intake.TusClient;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Everybody against every endpoint that names a case or something of one: who may see the case gets
 * an answer of their own, everybody else the same 404 as for a case that does not exist. A new
 * endpoint is a new row of {@link #ENDPOINTS}, or of {@link #NAMING_NO_CASE} with a reason.
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

  /** The same for reports; the password is right, so that it is not what refuses. */
  private static final String STALE_REPORT =
      """
      {"version":999,"text":"x","password":"%s","sections":{"findings":"x"}}
      """
          .formatted(TestPeople.PASSWORD);

  private static final String TAKE =
      """
      {"00741000":{"vr":"CS","Value":["IN PROGRESS"]},"00081195":{"vr":"UI","Value":["2.25.1"]}}
      """;

  private static final String CASE = "/api/cases/{id}";
  private static final String WORKITEM = "/dicomweb/workitems/{workitem}";
  private static final String STUDY = "/dicomweb/studies/{study}";
  private static final String SERIES = STUDY + "/series/{series}";
  private static final String INSTANCE = SERIES + "/instances/{instance}";

  /** Everything of one case that has an id of its own. */
  record Target(
      UUID caseId,
      String study,
      String series,
      String instance,
      UUID upload,
      UUID delivery,
      String workitem) {
    /** Of a case that does not exist. */
    static Target unknown() {
      return new Target(
          UUID.randomUUID(),
          Uid.create().value(),
          Uid.create().value(),
          Uid.create().value(),
          UUID.randomUUID(),
          UUID.randomUUID(),
          Uid.create().value());
    }

    /** The address of a route with the ids of this case in it. */
    String at(String route) {
      return route
          .replace("{id}", (route.contains("/uploads/") ? upload : caseId).toString())
          .replace("{deliveryId}", delivery.toString())
          .replace("{study}", study)
          .replace("{series}", series)
          .replace("{instance}", instance)
          .replace("{workitem}", workitem)
          .replace("{aetitle}", "MATRIX")
          .replace("{list}", "1")
          .replace("{frame}", "1")
          .replace("{range}", "0-8")
          .replace("{parcel}", upload.toString())
          .replace("{gateway}", upload.toString())
          .replace("{delivery}", delivery.toString())
          .replace("{form}", "pdf")
          .replace("{number}", "1")
          .replace("{uid}", instance)
          .replace("{change}", "0")
          .replace("{rejection}", "0")
          .replace("{hold}", "0");
    }

    /** An answer without what tells this case from another. */
    String anonymous(String body) {
      var text = body;
      for (var id : List.of(caseId, upload, delivery, study, series, instance, workitem)) {
        text = text.replace(id.toString(), "ID");
      }
      return text;
    }
  }

  /** What is sent to the address of a route. */
  interface Call {
    HttpResponse<String> send(WebClient web, String path, Target target);
  }

  /**
   * A route that names a case, or something of one.
   *
   * @param roles whom it is for; all, where empty
   * @param acts it would change a case it is allowed to: asked only by those who are not
   * @param reaches of those who see the case and in which situation, where it is not all of them
   */
  record Endpoint(
      String route, Call call, Set<Role> roles, boolean acts, BiPredicate<Who, Situation> reaches) {
    static Endpoint of(String method, String path, Call call, Role... roles) {
      return new Endpoint(method + " " + path, call, Set.of(roles), false, (who, when) -> true);
    }

    static Endpoint get(String path, Role... roles) {
      return of("GET", path, (web, at, target) -> web.get(at), roles);
    }

    static Endpoint post(String path, String body, Role... roles) {
      return of("POST", path, (web, at, target) -> web.post(at, body), roles);
    }

    static Endpoint tus(String method, String path, Role... roles) {
      return of(
          method,
          path,
          (web, at, target) ->
              web.exchange(
                  web.request(at)
                      .header("Tus-Resumable", "1.0.0")
                      .header("X-XSRF-TOKEN", web.cookie("XSRF-TOKEN").orElse(""))
                      .header("Upload-Offset", "999")
                      .header("Upload-Length", "1000")
                      .header("Upload-Metadata", "caseId " + base64(target.caseId().toString()))
                      .header("Content-Type", "application/offset+octet-stream")
                      .method(method, HttpRequest.BodyPublishers.noBody())
                      .build()),
          roles);
    }

    Endpoint acting() {
      return new Endpoint(route, call, roles, true, reaches);
    }

    Endpoint reaching(BiPredicate<Who, Situation> some) {
      return new Endpoint(route, call, roles, acts, some);
    }

    HttpResponse<String> ask(WebClient web, Target target) {
      return call.send(web, target.at(route.substring(route.indexOf(' ') + 1)), target);
    }

    boolean isFor(Role role) {
      return roles.isEmpty() || roles.contains(role);
    }

    @Override
    public String toString() {
      return route;
    }

    private static String base64(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final Set<Situation> SIGNED = Set.of(Situation.FINAL, Situation.DELIVERED);

  private static final List<Endpoint> ENDPOINTS =
      List.of(
          Endpoint.get(CASE),
          Endpoint.of(
              "PUT", CASE + "/request", (web, at, target) -> web.put(at, "{}"), Role.CLINIC),
          Endpoint.post(CASE + "/submit", STALE, Role.CLINIC),
          Endpoint.post(CASE + "/cancel", STALE, Role.CLINIC, Role.COORDINATOR),
          Endpoint.post(CASE + "/answer", STALE, Role.CLINIC),
          Endpoint.post(CASE + "/messages", STALE),
          Endpoint.post(CASE + "/claim", "{}", Role.READER).acting(),
          Endpoint.post(CASE + "/release", "{}", Role.READER).acting(),
          Endpoint.post(CASE + "/renew", "{}", Role.READER).acting(),
          Endpoint.post(CASE + "/needs-info", STALE, Role.READER),
          Endpoint.post(CASE + "/reject", STALE, Role.READER),
          Endpoint.get(CASE + "/previews"),
          Endpoint.get(CASE + "/previews/{instance}"),
          Endpoint.post(CASE + "/release-parcels", STALE, Role.COORDINATOR),
          Endpoint.get(CASE + "/report"),
          Endpoint.of(
              "PUT",
              CASE + "/report/draft",
              (web, at, target) -> web.put(at, STALE_REPORT),
              Role.READER),
          Endpoint.post(CASE + "/report/preliminary", STALE_REPORT, Role.READER),
          Endpoint.post(CASE + "/report/sign", STALE_REPORT, Role.READER),
          Endpoint.post(CASE + "/report/addendum", STALE_REPORT, Role.READER).acting(),
          Endpoint.get(CASE + "/report/preview.pdf", Role.READER),
          Endpoint.get(CASE + "/report.pdf").reaching((who, when) -> SIGNED.contains(when)),
          Endpoint.get("/api/inbox/{deliveryId}", Role.REFERRER, Role.CLINIC)
              .reaching((who, when) -> who == Who.REFERRER && SIGNED.contains(when)),
          Endpoint.post("/api/inbox/{deliveryId}/acknowledge", "{}", Role.REFERRER, Role.CLINIC)
              .reaching((who, when) -> who == Who.REFERRER && SIGNED.contains(when))
              .acting(),
          Endpoint.tus("POST", "/api/uploads", Role.CLINIC),
          Endpoint.tus("HEAD", "/api/uploads/{id}", Role.CLINIC),
          Endpoint.tus("PATCH", "/api/uploads/{id}", Role.CLINIC),
          Endpoint.tus("DELETE", "/api/uploads/{id}", Role.CLINIC).acting(),
          Endpoint.get("/api/studies/{study}/rejections", Role.COORDINATOR),
          Endpoint.post("/api/studies/{study}/reject", STALE, Role.COORDINATOR).acting(),
          Endpoint.post("/api/studies/{study}/hold", STALE, Role.COORDINATOR).acting(),
          Endpoint.get(STUDY),
          Endpoint.get(STUDY + "/metadata"),
          Endpoint.get(STUDY + "/series"),
          Endpoint.get(STUDY + "/instances"),
          Endpoint.get(SERIES),
          Endpoint.get(SERIES + "/metadata"),
          Endpoint.get(SERIES + "/instances"),
          Endpoint.get(INSTANCE),
          Endpoint.get(INSTANCE + "/metadata"),
          Endpoint.get(INSTANCE + "/frames"),
          Endpoint.get(INSTANCE + "/frames/{list}"),
          Endpoint.get(INSTANCE + "/frames/{list}/rendered"),
          Endpoint.get(INSTANCE + "/bulkdata/{range}"),
          Endpoint.get(INSTANCE + "/rendered"),
          Endpoint.get(SERIES + "/rendered"),
          Endpoint.get(STUDY + "/rendered"),
          Endpoint.get(INSTANCE + "/thumbnail"),
          Endpoint.get(INSTANCE + "/frames/{frame}/thumbnail"),
          Endpoint.get(SERIES + "/thumbnail"),
          Endpoint.get(STUDY + "/thumbnail"),
          Endpoint.get(WORKITEM).reaching((who, when) -> when != Situation.DRAFT),
          Endpoint.post(WORKITEM, "{}").acting(),
          Endpoint.of("PUT", WORKITEM + "/state", (web, at, target) -> web.put(at, TAKE)).acting(),
          Endpoint.post(WORKITEM + "/cancelrequest", "{}").acting(),
          Endpoint.post(WORKITEM + "/subscribers/{aetitle}", "")
              .reaching((who, when) -> when != Situation.DRAFT),
          Endpoint.of(
                  "DELETE",
                  WORKITEM + "/subscribers/{aetitle}",
                  (web, at, target) -> web.delete(at))
              .acting(),
          Endpoint.of(
              "GET",
              "/dicomweb/wado",
              (web, at, target) ->
                  web.get(
                      at
                          + "?requestType=WADO&studyUID="
                          + target.study()
                          + "&seriesUID="
                          + target.series()
                          + "&objectUID="
                          + target.instance())));

  /** Routes that name nothing of a case, each with what keeps it safe. */
  private static final Map<String, String> NAMING_NO_CASE =
      Map.ofEntries(
          Map.entry("ANY /error", "what the container refuses; knows a status and nothing else"),
          Map.entry("GET /", "a redirection to the own face"),
          Map.entry("GET /api/health", "UP or not"),
          Map.entry("GET /api/health/live", "UP, always"),
          Map.entry("GET /api/session", "oneself"),
          Map.entry("POST /api/session", "signing in"),
          Map.entry("DELETE /api/session", "signing out"),
          Map.entry("POST /api/setup", "the one-time link; needs its token"),
          Map.entry("GET /api/referrers", "names of referrers, to clinics and coordinators"),
          Map.entry("GET /api/cases", "a list, held by lists_show_what_may_be_opened"),
          Map.entry("POST /api/cases", "a new case of the own site"),
          Map.entry("GET /api/worklist", "a list, held by lists_show_what_may_be_opened"),
          Map.entry("POST /api/worklist/next", "takes what the same list shows"),
          Map.entry("GET /api/inbox", "a list, held by lists_show_what_may_be_opened"),
          Map.entry("GET /api/events", "ids of cases, each asked of visible_case (EventStreamIT)"),
          Map.entry("GET /api/storage", "bytes of sites; nothing of patients (ArchiveCareIT)"),
          Map.entry("GET /api/gateways", "the sites' gateways, to the desk (GatewayClinicIT)"),
          Map.entry("POST /api/gateways/codes", "a code of a site, to the desk (GatewayClinicIT)"),
          Map.entry("POST /api/gateways/{gateway}/switch-off", "for the desk (GatewayClinicIT)"),
          Map.entry("POST /api/gateway/enrolment", "needs a one-time code (ParcelIT)"),
          Map.entry("PUT /api/gateway/status", "of the gateway whose token it is"),
          Map.entry("GET /api/gateway/messages", "to the gateway whose token it is (ParcelIT)"),
          Map.entry("GET /api/gateway/configuration", "of the gateway whose token it is"),
          Map.entry(
              "GET /api/gateway/reports/{delivery}/{form}",
              "of the gateway's site, as it was told (GatewayClinicIT)"),
          Map.entry("GET /api/gateway/worklist", "of the gateway's site (GatewayClinicIT)"),
          Map.entry("PUT /api/gateway/performed-steps/{uid}", "of the gateway's site (the same)"),
          Map.entry("PUT /api/gateway/parcels/{parcel}", "the gateway's own (ParcelIT)"),
          Map.entry("GET /api/gateway/parcels/{parcel}", "the gateway's own (ParcelIT)"),
          Map.entry(
              "HEAD /api/gateway/parcels/{parcel}/parts/{number}", "the gateway's own (ParcelIT)"),
          Map.entry(
              "PATCH /api/gateway/parcels/{parcel}/parts/{number}", "the gateway's own (ParcelIT)"),
          Map.entry("POST /api/patients/update", "for coordinators, who see all (ArchiveCareIT)"),
          Map.entry("POST /api/patients/merge", "for coordinators, who see all (ArchiveCareIT)"),
          Map.entry(
              "POST /api/patients/changes/{change}/undo",
              "for coordinators, who see all (ArchiveCareIT)"),
          Map.entry("GET /api/patients/history", "for coordinators, who see all (ArchiveCareIT)"),
          Map.entry(
              "POST /api/rejections/{rejection}/withdraw",
              "for coordinators, who see all (ArchiveCareIT)"),
          Map.entry("DELETE /api/holds/{hold}", "for coordinators, who see all (ArchiveCareIT)"),
          Map.entry("OPTIONS /api/uploads", "the version of tus"),
          Map.entry("OPTIONS /api/uploads/{id}", "the version of tus; the id is not read"),
          Map.entry("POST /dicomweb/studies", "instances for the own site (StoreIT)"),
          Map.entry(
              "POST /dicomweb/studies/{study}",
              "the same; a study of another site is answered as kept apart (StoreIT)"),
          Map.entry("POST /dicomweb/workitems", "a new workitem of the own site (WorklistIT)"),
          Map.entry("GET /dicomweb/workitems", "a list, held by lists_show_what_may_be_opened"),
          Map.entry(
              "POST /dicomweb/workitems/{workitem}/subscribers/{aetitle}/suspend",
              "the own global subscription; any other UID is answered 404 (EventChannelIT)"),
          Map.entry("GET /dicomweb/studies", "a list, held by lists_show_what_may_be_opened"),
          Map.entry("GET /dicomweb/series", "a list, held by lists_show_what_may_be_opened"),
          Map.entry("GET /dicomweb/instances", "a list, held by lists_show_what_may_be_opened"));

  /** Routes that somebody without a session is answered by. */
  private static final Set<String> OPEN =
      Set.of(
          "ANY /error",
          "GET /",
          "GET /api/health",
          "GET /api/health/live",
          "GET /api/session",
          "POST /api/session",
          "DELETE /api/session",
          "POST /api/setup",
          "POST /api/gateway/enrolment");

  @LocalServerPort private int port;
  @Autowired private TestCases made;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  @Autowired private Archive archive;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  private final Map<Who, WebClient> webs = new EnumMap<>(Who.class);
  private final Map<Who, Person> persons = new EnumMap<>(Who.class);
  private final Map<Situation, Target> cases = new EnumMap<>(Situation.class);

  @BeforeAll
  void everybody() throws IOException {
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
    boolean isFor = who != Who.NOBODY && endpoint.isFor(role(who));
    boolean sees =
        situation.seenBy().contains(who) && isFor && endpoint.reaches().test(who, situation);
    if (endpoint.acts() && sees) {
      return;
    }

    var target = Objects.requireNonNull(cases.get(situation));
    var answer = endpoint.ask(web, target);

    assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
        .containsAnyOf("no-store", "private, no-cache");
    if (who == Who.NOBODY) {
      assertThat(answer.statusCode()).isEqualTo(401);
    } else if (!isFor) {
      assertThat(answer.statusCode()).isEqualTo(403);
    } else if (sees) {
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 400, 409);
    } else {
      boolean emptyList = answer.statusCode() == 204 && answer.body().isEmpty();
      assertThat(answer.statusCode()).isIn(emptyList ? 204 : 404, 400);
    }
    if (!sees) {
      var unknown = Target.unknown();
      var unknownAnswer = endpoint.ask(web, unknown);
      assertThat(answer.statusCode()).isEqualTo(unknownAnswer.statusCode());
      assertThat(target.anonymous(answer.body()))
          .isEqualTo(unknown.anonymous(unknownAnswer.body()));
      assertThat(answer.body()).doesNotContain("Okafor");
    }
  }

  @Test
  void no_route_of_the_hub_is_left_out() {
    var known = new TreeSet<>(NAMING_NO_CASE.keySet());
    ENDPOINTS.forEach(endpoint -> known.add(endpoint.route()));

    assertThat(routes()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void every_route_but_the_open_ones_needs_a_session() {
    var web = Objects.requireNonNull(webs.get(Who.NOBODY));
    for (var route : routes()) {
      if (!OPEN.contains(route)) {
        var method = route.substring(0, route.indexOf(' '));
        var path = Target.unknown().at(route.substring(route.indexOf(' ') + 1));
        assertThat(web.send(method, path, null, true).statusCode()).as(route).isEqualTo(401);
      }
    }
  }

  private Set<String> routes() {
    var routes = new TreeSet<String>();
    for (var info : mapping.getHandlerMethods().keySet()) {
      var methods = info.getMethodsCondition().getMethods();
      for (var pattern : info.getPatternValues()) {
        methods.forEach(method -> routes.add(method + " " + pattern));
        if (methods.isEmpty()) {
          routes.add("ANY " + pattern);
        }
      }
    }
    return routes;
  }

  @ParameterizedTest
  @MethodSource("people")
  void lists_show_what_may_be_opened_and_nothing_else(Who who) {
    var web = Objects.requireNonNull(webs.get(who));

    var lists =
        web.get("/api/cases?limit=200").body()
            + web.get("/dicomweb/studies?limit=200").body()
            + web.get("/dicomweb/series?limit=200").body()
            + web.get("/dicomweb/instances?limit=200").body();
    var narrower =
        web.get("/api/worklist?limit=200").body()
            + web.get("/api/inbox?limit=200").body()
            + web.get("/dicomweb/workitems?limit=1000&includefield=all").body();

    for (var situation : Situation.values()) {
      var target = Objects.requireNonNull(cases.get(situation));
      var ids =
          List.of(target.caseId().toString(), target.study(), target.series(), target.instance());
      if (situation.seenBy().contains(who)) {
        assertThat(lists).contains(ids);
      } else {
        assertThat(lists + narrower).doesNotContain(ids);
        assertThat(narrower).doesNotContain(target.delivery().toString(), target.workitem());
      }
    }
  }

  static List<Who> people() {
    return List.of(Who.values());
  }

  private Role role(Who who) {
    return Objects.requireNonNull(persons.get(who)).role();
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

  private Target make(Situation situation) throws IOException {
    var clinic = Objects.requireNonNull(persons.get(Who.CLINIC));
    var reader = Objects.requireNonNull(persons.get(Who.READER)).id();
    var referrer = Objects.requireNonNull(persons.get(Who.REFERRER)).id();
    var request = TestCases.request(Specialty.RADIOLOGY, Urgency.URGENT, referrer, "", false);
    var site = Objects.requireNonNull(clinic.siteId());
    var file =
        situation == Situation.DRAFT
            ? made.draft(site, clinic.id(), request)
            : made.waiting(site, clinic.id(), request);
    var id = file.id();
    var image = new TestImage(archive, sql).of(site, id.value());
    preview(site, id, image);
    var upload = upload(id);
    switch (situation) {
      case DRAFT, WAITING -> {}
      case CLAIMED -> made.claimed(id, reader);
      case NEEDS_INFO ->
          made.append(id, reader, CaseEventKind.CLAIMED, CaseEventKind.INFO_REQUESTED);
      case REPORTED -> made.append(id, reader, CaseEventKind.CLAIMED, CaseEventKind.REPORTED);
      case FINAL -> made.append(id, reader, CaseEventKind.CLAIMED, CaseEventKind.FINAL);
      case DELIVERED ->
          made.append(
              id, reader, CaseEventKind.CLAIMED, CaseEventKind.FINAL, CaseEventKind.DELIVERED);
      case REJECTED -> made.append(id, reader, CaseEventKind.CLAIMED, CaseEventKind.REJECTED);
    }
    var delivery = UUID.randomUUID();
    if (SIGNED.contains(situation)) {
      report(id, reader, delivery, referrer, site);
    }
    return new Target(
        id.value(),
        image.study(),
        image.series(),
        image.instance(),
        upload,
        delivery,
        workitem(id));
  }

  /** A complete parcel of a gateway, of which a preview is left. */
  private void preview(UUID site, CaseId id, TestImage.Names image) {
    var gateway = UUID.randomUUID();
    sql.sql(
            """
            with g as (
              insert into reading.gateway (id, site_id, name, software, token_hash)
              values (:gateway, :site, :name, '', sha256(:name::bytea)) returning id),
            p as (
              insert into reading.parcel (id, gateway_id, site_id, parcel_uuid, manifest_digest,
                urgency, total_bytes, object_count, completed_at)
              select :gateway, id, :site, :gateway, '', 'ROUTINE', 1, 1, now() from g returning id),
            s as (
              insert into reading.parcel_study (parcel_id, study_instance_uid, position, header,
                case_id)
              select id, :study, 0, '{}', :case from p returning parcel_id),
            o as (
              insert into reading.parcel_object (parcel_id, position, object, part_number,
                study_instance_uid, series_instance_uid, sop_instance_uid, sop_class_uid,
                calling_ae, size_bytes, digest, received_digest, number_of_frames, has_preview,
                media_type, view, title, instance_number)
              select parcel_id, 0, :instance, 1, :study, :series, :instance, '', '', 1, '', '', 1,
                true, '', '', '', 0 from s returning parcel_id)
            insert into reading.parcel_preview select parcel_id, :instance, 'jpeg'::bytea from o
            """)
        .param("gateway", gateway)
        .param("name", gateway.toString())
        .param("site", site)
        .param("study", image.study())
        .param("series", image.series())
        .param("instance", image.instance())
        .param("case", id.value())
        .update();
  }

  /** The workitem the case has now; a draft has none, so an unknown UID stands for it. */
  private String workitem(CaseId id) {
    return sql.sql(
            "select uid from reading.ups_workitem where case_id = ? order by id desc limit 1")
        .param(id.value())
        .query((row, n) -> row.getString(1))
        .optional()
        .orElseGet(() -> Uid.create().value());
  }

  private UUID upload(CaseId id) {
    var web = Objects.requireNonNull(webs.get(Who.CLINIC));
    var location =
        new TusClient(web)
            .create(id.value(), 1000, "Hand", "hand.jpg")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
  }

  private void report(CaseId id, UUID reader, UUID delivery, UUID referrer, UUID site) {
    var issue = UUID.randomUUID();
    sql.sql(
            """
            insert into reading.report_issue (id, case_id, number, kind, sections, text, author_id,
              author_name, author_credentials, issued_at, pdf, pdf_sha256, report_series_uid,
              structured_report_uid, document_series_uid, encapsulated_pdf_uid)
            values (:issue, :case, 1, 'FINAL', cast(:sections as jsonb), '', :reader, 'Reader',
              'MD', now(), 'PDF of Okafor'::bytea, sha256('PDF of Okafor'::bytea), '2.25.1',
              '2.25.2', '2.25.3', '2.25.4')
            """)
        .param("issue", issue)
        .param("case", id.value())
        .param(
            "sections",
            """
            {"technique":"","comparison":"","findings":"Okafor","impression":"",
             "recommendation":""}
            """)
        .param("reader", reader)
        .update();
    sql.sql(
            """
            insert into reading.delivery (id, case_id, issue_id, referrer_id, site_id, delivered_at)
            values (?, ?, ?, ?, ?, now())
            """)
        .params(delivery, id.value(), issue, referrer, site)
        .update();
  }
}
