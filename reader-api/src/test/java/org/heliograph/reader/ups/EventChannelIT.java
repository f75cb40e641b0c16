package org.heliograph.reader.ups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.RawHttp;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.TestCases;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Event reports over WebSocket, received by the JDK's client. */
@HubTest
@Import(TestCases.class)
class EventChannelIT {
  private static final String GLOBAL = "/1.2.840.10008.5.1.4.34.5/subscribers/";
  private static final String FILTERED = "/1.2.840.10008.5.1.4.34.5.1/subscribers/";

  @LocalServerPort private int port;
  @Autowired private TestCases made;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  @Autowired private UpsSweep sweep;
  @Autowired private EventChannels channels;

  private UUID site = new UUID(0, 0);
  private Person nurse;
  private Person ada;
  private Worklist reader;
  private Worklist other;
  private Worklist clinic;

  EventChannelIT() {
    nurse = new Person(site, "", "", "", "", Role.CLINIC, null, null);
    ada = nurse;
    reader = new Worklist(0);
    other = reader;
    clinic = reader;
  }

  @BeforeEach
  void sign_in() {
    site = TestPeople.site(sites, "events").id();
    nurse = TestPeople.person(people, "ev-nurse", Role.CLINIC, null, site);
    ada = TestPeople.person(people, "ev-ada", Role.READER, Specialty.RADIOLOGY, null);
    TestPeople.person(people, "ev-ben", Role.READER, Specialty.RADIOLOGY, null);
    TestPeople.person(people, "ev-derm", Role.READER, Specialty.DERMATOLOGY, null);
    reader = new Worklist(port, "ev-ada");
    other = new Worklist(port, "ev-ben");
    clinic = new Worklist(port, "ev-nurse");
  }

  @Test
  void subscribers_hear_what_they_may_see_and_that_it_left_their_list() {
    var derm = new Worklist(port, "ev-derm");
    for (var program : List.of(reader, other, clinic, derm)) {
      var subscribed = program.send("POST", GLOBAL + "LISTS");
      assertThat(subscribed.statusCode()).isEqualTo(201);
      assertThat(subscribed.headers().firstValue("Content-Location"))
          .contains("ws://127.0.0.1:" + port + "/dicomweb/subscribers/LISTS");
    }
    try (var mine = listen(reader, "LISTS");
        var others = listen(other, "LISTS");
        var clinics = listen(clinic, "LISTS");
        var derms = listen(derm, "LISTS")) {
      String uid = uid(waiting());
      mine.awaitEvents(uid, "1:SCHEDULED");
      String lock = Uid.create().value();
      assertThat(reader.state(uid, "IN PROGRESS", lock).statusCode()).isEqualTo(200);
      report(uid, lock);
      var stop = Dataset.builder().string(Tag.ReasonForCancellation, "Wrong hand").build();
      clinic.send("POST", "/" + uid + "/cancelrequest", Worklist.JSON, Worklist.json(stop));
      reader.state(uid, "CANCELED", lock);

      mine.awaitEvents(uid, "1:SCHEDULED", "1:IN PROGRESS", "5:", "3:", "2:", "1:CANCELED");
      clinics.awaitEvents(uid, "1:SCHEDULED", "1:IN PROGRESS", "5:", "3:", "2:", "1:CANCELED");
      others.awaitEvents(uid, "1:SCHEDULED", "1:IN PROGRESS", "1:CANCELED");
      assertThat(derms.reports()).isEmpty();
      var asked =
          mine.reports().stream()
              .filter(r -> r.integer(Tag.EventTypeID, 0) == EventReport.CANCEL_REQUESTED)
              .findFirst()
              .orElseThrow();
      assertThat(asked.string(Tag.ReasonForCancellation)).contains("Wrong hand");
      assertThat(asked.string(Tag.RequestingAE)).contains("HELIOGRAPH");
      assertThat(asked.string(Tag.AffectedSOPClassUID)).contains("1.2.840.10008.5.1.4.34.6.1");
      // Fetched is fetched: nothing waits any more.
      await().until(() -> queued("LISTS") == 0);
    }
  }

  @Test
  void what_happens_while_a_subscriber_is_away_is_kept_for_it() {
    reader.send("POST", GLOBAL + "AWAY");
    String uid;
    try (var before = listen(reader, "AWAY")) {
      uid = uid(waiting());
      before.awaitEvents(uid, "1:SCHEDULED");
      await().until(() -> queued("AWAY") == 0);
    }
    String lock = Uid.create().value();
    reader.state(uid, "IN PROGRESS", lock);
    report(uid, lock);

    try (var after = listen(reader, "AWAY")) {
      after.awaitEvents(uid, "1:IN PROGRESS", "5:", "3:");
    }
  }

  @Test
  void too_many_reports_are_replaced_by_the_states_as_they_are() {
    reader.send("POST", GLOBAL + "SLOW");
    String uid = uid(waiting());
    sql.sql(
            """
            insert into reading.ups_event (subscriber_id, workitem_uid, event_type, report)
            select id, '1.2', 1, '{}' from reading.ups_subscriber, generate_series(1, ?)
            where ae_title = 'SLOW'
            """)
        .param(UpsSweep.MOST_REPORTS)
        .update();

    sweep.sweep();

    try (var slow = listen(reader, "SLOW")) {
      slow.awaitEvents(uid, "1:SCHEDULED");
      assertThat(slow.of("1.2")).isEmpty();
    }
  }

  @Test
  void a_filter_a_single_workitem_suspension_and_the_end() {
    assertThat(
            clinic
                .send("POST", FILTERED + "HIGHS?filter=ScheduledProcedureStepPriority=HIGH")
                .statusCode())
        .isEqualTo(201);
    try (var highs = listen(clinic, "HIGHS")) {
      String low = uid(waiting());
      String high =
          uid(
              made.waiting(
                  site, nurse.id(), TestCases.request(Specialty.RADIOLOGY, Urgency.EMERGENCY)));
      highs.awaitEvents(high, "1:SCHEDULED");
      assertThat(highs.of(low)).isEmpty();

      assertThat(
              clinic.send("POST", "/" + low + "/subscribers/HIGHS?deletionlock=true").statusCode())
          .isEqualTo(201);
      highs.awaitEvents(low, "1:SCHEDULED");

      assertThat(clinic.send("POST", FILTERED + "HIGHS/suspend").statusCode()).isEqualTo(200);
      assertThat(clinic.send("POST", FILTERED + "HIGHS/suspend").statusCode()).isEqualTo(404);
      String later =
          uid(
              made.waiting(
                  site, nurse.id(), TestCases.request(Specialty.RADIOLOGY, Urgency.EMERGENCY)));
      assertThat(clinic.send("DELETE", "/" + low + "/subscribers/HIGHS").statusCode())
          .isEqualTo(200);
      assertThat(clinic.send("DELETE", "/" + low + "/subscribers/HIGHS").statusCode())
          .isEqualTo(404);
      for (String uid : List.of(low, later, high)) {
        reader.state(uid, "IN PROGRESS", Uid.create().value());
      }
      highs.awaitEvents(high, "1:SCHEDULED", "1:IN PROGRESS", "5:");
      assertThat(highs.of(low)).containsExactly("1:SCHEDULED");
      assertThat(highs.of(later)).isEmpty();

      assertThat(clinic.send("DELETE", GLOBAL + "HIGHS").statusCode()).isEqualTo(200);
      assertThat(clinic.send("DELETE", GLOBAL + "HIGHS").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_deletion_lock_keeps_an_ended_workitem() {
    String uid = uid(waiting());
    String lock = Uid.create().value();
    reader.send("POST", "/" + uid + "/subscribers/KEEP?deletionlock=true");
    reader.state(uid, "IN PROGRESS", lock);
    reader.state(uid, "CANCELED", lock);
    age(uid, 31);
    sweep.sweep();
    assertThat(reader.get("/" + uid, Worklist.JSON).statusCode()).isEqualTo(200);

    reader.send("POST", "/" + uid + "/subscribers/KEEP?deletionlock=false");
    sweep.sweep();
    assertThat(reader.get("/" + uid, Worklist.JSON).statusCode()).isEqualTo(404);
  }

  @Test
  void a_newer_connection_ends_the_older_and_clients_only_listen() {
    clinic.send("POST", GLOBAL + "TWICE");
    try (var older = listen(clinic, "TWICE");
        var newer = listen(clinic, "TWICE")) {
      assertThat(older.awaitClosed()).isEqualTo(4000);
      newer.say("hello");
      assertThat(newer.awaitClosed()).isEqualTo(1003);
    }
    try (var large = listen(clinic, "TWICE")) {
      large.say("x".repeat(100_000));
      assertThat(large.awaitClosed()).isIn(1009, 1003, 1006);
    }
  }

  @Test
  void nobody_and_pages_of_other_origins_get_no_connection() throws Exception {
    assertThatThrownBy(() -> Listener.open(port, "X", "HELIOGRAPH_SESSION=none"))
        .hasMessageContaining("WebSocketHandshakeException");
    String evil =
        new RawHttp(port)
            .send(
                "GET /dicomweb/subscribers/X HTTP/1.1\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Origin: https://evil.example\r\nCookie: "
                    + clinic.session()
                    + "\r\n",
                null);
    assertThat(evil).startsWith("HTTP/1.1 403");
  }

  @Test
  void a_stopping_service_says_so_and_a_started_one_that_it_knows_everybody() {
    clinic.send("POST", GLOBAL + "RESTART");
    try (var before = listen(clinic, "RESTART")) {
      before.awaitEvents(uid(waiting()), "1:SCHEDULED");
      channels.stop();
      assertThat(before.awaitClosed()).isEqualTo(1012);
      assertThat(before.reports().getLast().string(Tag.SCPStatus)).contains("GOING DOWN");
    } finally {
      channels.start();
    }
    String uid = uid(waiting());
    sweep.restarted();
    try (var after = listen(clinic, "RESTART")) {
      after.awaitEvents(uid, "1:SCHEDULED");
      await()
          .until(() ->
              after.reports().stream()
                  .anyMatch(report -> report.string(Tag.SCPStatus, "").equals("RESTARTED")));
    }
  }

  @Test
  void a_signed_out_session_ends_its_connection() throws Exception {
    var leaving = new Worklist(port, "ev-nurse");
    try (var open = listen(leaving, "LEAVING")) {
      leaving.signOut();
      assertThat(open.awaitClosed()).isEqualTo(1008);
    }
  }

  private Listener listen(Worklist program, String aeTitle) {
    return Listener.open(port, aeTitle, program.session());
  }

  private void report(String uid, String lock) {
    var progress =
        Dataset.builder()
            .sequence(
                Tag.ProcedureStepProgressInformationSequence,
                Dataset.builder().string(Tag.ProcedureStepProgress, "50").build())
            .build();
    assertThat(
            reader
                .send(
                    "POST",
                    "/" + uid + "?transaction-uid=" + lock,
                    Worklist.JSON,
                    Worklist.json(progress))
                .statusCode())
        .isEqualTo(200);
  }

  private CaseFile waiting() {
    return made.waiting(site, nurse.id(), TestCases.request(Specialty.RADIOLOGY, Urgency.ROUTINE));
  }

  private String uid(CaseFile file) {
    return clinic
        .ofCase(file.number(), WorkitemState.SCHEDULED)
        .orElseThrow()
        .string(Tag.SOPInstanceUID, "");
  }

  private void age(String uid, int days) {
    sql.sql(
            "update reading.ups_workitem set final_at = final_at - make_interval(days => ?) where"
                + " uid = ?")
        .params(days, uid)
        .update();
  }

  /** Reports that wait for the reader's program of this name. */
  private long queued(String aeTitle) {
    return sql.sql(
            """
            select count(*) from reading.ups_event e
            join reading.ups_subscriber u on u.id = e.subscriber_id
            where u.ae_title = ? and u.person_id = ?
            """)
        .params(aeTitle, ada.id())
        .query(Long.class)
        .single();
  }
}
