package org.heliograph.reader.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseState;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.TestCases;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@HubTest
@Import(TestCases.class)
class ClaimRaceIT {
  private static final int CASES = 1000;

  @Autowired private ReaderCommands commands;
  @Autowired private Leases leases;
  @Autowired private TestCases made;
  @Autowired private Cases cases;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  private Person clinic;
  private Person ada;
  private Person ben;

  @BeforeEach
  void readers() {
    var site = TestPeople.site(sites, "RACE");
    clinic = TestPeople.person(people, "race-clinic", Role.CLINIC, null, site.id());
    ada = TestPeople.person(people, "ada", Role.READER, Specialty.RADIOLOGY, null);
    ben = TestPeople.person(people, "ben", Role.READER, Specialty.RADIOLOGY, null);
    CaseId left;
    while ((left = commands.claimNext(ada).map(f -> f.id()).orElse(null)) != null) {
      made.append(left, ada.id(), org.heliograph.reader.cases.CaseEventKind.REPORTED);
    }
  }

  @Test
  void two_readers_taking_the_next_of_1000_cases_never_get_the_same_one() throws Exception {
    for (int i = 0; i < CASES; i++) {
      waiting(Urgency.ROUTINE);
    }

    var won =
        race(
            List.of(
                () -> takeAll(ada), () -> takeAll(ben), () -> takeAll(ada), () -> takeAll(ben)));

    var all = won.stream().flatMap(List::stream).toList();
    assertThat(all).hasSize(CASES);
    assertThat(new HashSet<>(all)).hasSize(CASES);
    assertThat(
            sql.sql(
                    "select count(*) from reading.case_event where kind = 'CLAIMED' and case_id = any (?)")
                .param(all.stream().map(CaseId::value).toArray(UUID[]::new))
                .query(Long.class)
                .single())
        .isEqualTo(CASES);
  }

  @Test
  void two_readers_claiming_the_same_cases_by_hand_have_one_winner_each() throws Exception {
    var ids = new ArrayList<CaseId>();
    for (int i = 0; i < 100; i++) {
      ids.add(waiting(Urgency.ROUTINE));
    }

    var won = race(List.of(() -> claimEach(ada, ids), () -> claimEach(ben, ids)));

    assertThat(won.get(0).size() + won.get(1).size()).isEqualTo(ids.size());
    assertThat(won.get(0)).doesNotContainAnyElementsOf(won.get(1));
  }

  @Test
  void the_earliest_deadline_is_taken_first() {
    var routine = waiting(Urgency.ROUTINE);
    var emergency = waiting(Urgency.EMERGENCY);
    var urgent = waiting(Urgency.URGENT);

    assertThat(List.of(next(ada), next(ben), next(ada)))
        .containsExactly(emergency, urgent, routine);
    assertThat(commands.claimNext(ada)).isEmpty();
  }

  @Test
  void a_lease_that_ran_out_by_the_database_clock_lets_somebody_else_take_the_case() {
    var id = waiting(Urgency.URGENT);
    assertThat(next(ada)).isEqualTo(id);
    sql.sql(
            "update reading.case_file set claimed_until = clock_timestamp() - interval '1s' where id = ?")
        .param(id.value())
        .update();

    assertThat(next(ben)).isEqualTo(id);
    assertThat(cases.history(id).stream().map(e -> e.kind().name()))
        .endsWith("CLAIMED", "LEASE_EXPIRED", "CLAIMED");
  }

  @Test
  void a_renewed_lease_does_not_run_out() {
    var id = waiting(Urgency.URGENT);
    assertThat(next(ada)).isEqualTo(id);
    sql.sql(
            "update reading.case_file set claimed_until = clock_timestamp() + interval '1s' where id = ?")
        .param(id.value())
        .update();

    commands.renew(id, ada);

    leases.expire();
    var file = cases.visible(id, ada);
    assertThat(file.state()).isEqualTo(CaseState.CLAIMED);
    assertThat(file.claimedUntil()).isAfter(file.updatedAt().plusSeconds(60));
  }

  private CaseId waiting(Urgency urgency) {
    return made.waiting(
            Objects.requireNonNull(clinic.siteId()),
            clinic.id(),
            TestCases.request(Specialty.RADIOLOGY, urgency))
        .id();
  }

  private CaseId next(Person reader) {
    return commands.claimNext(reader).orElseThrow().id();
  }

  private List<CaseId> takeAll(Person reader) {
    var taken = new ArrayList<CaseId>();
    for (var file = commands.claimNext(reader);
        file.isPresent();
        file = commands.claimNext(reader)) {
      taken.add(file.get().id());
    }
    return taken;
  }

  private List<CaseId> claimEach(Person reader, List<CaseId> ids) {
    var won = new ArrayList<CaseId>();
    for (var id : ids) {
      try {
        commands.claim(id, reader);
        won.add(id);
      } catch (ProblemException e) {
        assertThat(e.code().name()).isIn("ALREADY_TAKEN", "NOT_FOUND");
      }
    }
    return won;
  }

  private static List<List<CaseId>> race(List<Callable<List<CaseId>>> readers) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var won = new ArrayList<List<CaseId>>();
      for (var future : threads.invokeAll(readers)) {
        won.add(future.get());
      }
      return won;
    }
  }
}
