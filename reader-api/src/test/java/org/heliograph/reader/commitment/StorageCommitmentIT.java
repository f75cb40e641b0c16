package org.heliograph.reader.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.heliograph.archive.Archive;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.node.commitment.CommitmentReport;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.queryretrieve.OrthancPeer;
import org.heliograph.reader.queryretrieve.PeerProgram;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.ApplicationEntity;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Storage Commitment at the whole hub (PS3.4 Annex J). */
@HubTest
class StorageCommitmentIT {
  @Autowired private Environment environment;
  @Autowired private Sites sites;
  @Autowired private ApplicationEntities entities;
  @Autowired private Archive archive;
  @Autowired private HubLedger ledger;
  @Autowired private JdbcClient sql;
  @TempDir private Path folder;

  private final Uid study = Uid.create();
  private final Uid series = Uid.create();
  private UUID site = new UUID(0, 0);

  @BeforeEach
  void two_sites() {
    site = TestPeople.site(sites, "SCNORTH").id();
    TestPeople.site(sites, "SCSOUTH");
    sites.addAeTitle("SCNORTH", "SC_CT");
    sites.addAeTitle("SCSOUTH", "SC_OTHER");
    address("SC_CT", null, AeRight.STORE);
  }

  private void address(String title, @Nullable Integer port, AeRight... rights) {
    entities.set(
        new ApplicationEntity(
            title, site, port == null ? null : "127.0.0.1", port, false, Set.of(rights)));
  }

  private Dataset slice(int number) {
    return CtStudies.slice(study, series, number, 8).build();
  }

  private CommitmentRequestor requestor(String title) {
    return new CommitmentRequestor(
        title,
        Integer.parseInt(Objects.requireNonNull(environment.getProperty("local.dicom.port"))));
  }

  private static String uid(Dataset instance) {
    return instance.string(Tag.SOPInstanceUID, "");
  }

  @Test
  void each_instance_is_told_its_own_outcome_on_the_association_of_the_request() throws Exception {
    Dataset stored = slice(1);
    Dataset otherClass = slice(2);
    Dataset disputed = slice(3);
    Dataset lost = slice(4);
    Dataset never = slice(5);
    Dataset foreign = CtStudies.slice(Uid.create(), Uid.create(), 1, 8).build();
    var ct = requestor("SC_CT");
    ct.store(
        stored,
        otherClass,
        disputed,
        disputed.toBuilder().string(Tag.InstanceNumber, "99").build(),
        lost);
    requestor("SC_OTHER").store(foreign);
    archive
        .blobs()
        .delete(archive.catalog().instance(SopInstanceUid.of(uid(lost))).orElseThrow().blob());

    assertThat(ct.askAndWait(stored))
        .satisfies(report -> {
          assertThat(report.eventType()).isEqualTo(1);
          assertThat(report.outcomes()).isEqualTo(Map.of(uid(stored), 0));
        });
    assertThat(
            ct.askAndWait(
                stored,
                otherClass.toBuilder().string(Tag.SOPClassUID, Uids.MrImageStorage).build(),
                disputed,
                lost,
                never,
                foreign))
        .satisfies(report -> {
          assertThat(report.eventType()).isEqualTo(2);
          assertThat(report.outcomes())
              .isEqualTo(
                  Map.of(
                      uid(stored), 0,
                      uid(otherClass), 0x0119,
                      uid(disputed), 0x0110,
                      uid(lost), 0x0110,
                      uid(never), 0x0112,
                      uid(foreign), 0x0112));
        });
  }

  @Test
  void many_instances_are_told_in_one_report() throws Exception {
    Dataset stored = slice(1);
    var ct = requestor("SC_CT");
    ct.store(stored);
    List<Dataset> asked = new ArrayList<>(List.of(stored));
    for (int number = 2; number <= 1_300; number++) {
      asked.add(stored.toBuilder().string(Tag.SOPInstanceUID, Uid.create().value()).build());
    }

    assertThat(ct.askAndWait(asked.toArray(Dataset[]::new)).outcomes())
        .hasSize(1_300)
        .containsEntry(uid(stored), 0);
  }

  @Test
  void who_releases_is_told_on_an_association_of_our_own_when_it_can_be_reached() throws Exception {
    Dataset stored = slice(1);
    var ct = requestor("SC_CT");
    ct.store(stored);
    int port = PeerProgram.freePort();
    address("SC_CT", port, AeRight.STORE);
    String transaction = Uid.create().value();

    assertThat(ct.ask(CommitmentRequestor.request(transaction, stored))).isEqualTo("0000");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(lastError(transaction)).isEqualTo("UNREACHABLE"));
    try (var _ = ct.listen(port)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(state(transaction)).isEqualTo("DONE"));
      assertThat(ct.reports)
          .singleElement()
          .satisfies(report -> {
            assertThat(report.transaction()).isEqualTo(transaction);
            assertThat(report.outcomes()).isEqualTo(Map.of(uid(stored), 0));
          });
    }
  }

  @Test
  void a_report_to_nowhere_waits_for_a_person_and_asking_again_tells_it() throws Exception {
    Dataset stored = slice(1);
    var ct = requestor("SC_CT");
    ct.store(stored);
    String transaction = Uid.create().value();
    Dataset request = CommitmentRequestor.request(transaction, stored);

    assertThat(ct.ask(request)).isEqualTo("0000");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(state(transaction)).isEqualTo("PARKED"));
    assertThat(lastError(transaction)).isEqualTo("NO_ADDRESS");

    try (var server = ct.listen(0)) {
      address("SC_CT", server.port(), AeRight.STORE);
      assertThat(ct.ask(request)).isEqualTo("0000");
      await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(ct.reports).hasSize(1));
      assertThat(ct.ask(CommitmentRequestor.request(transaction, stored, slice(2))))
          .as("the transaction stands for another request")
          .isEqualTo("0110");
    }
  }

  @Test
  void only_who_may_store_may_ask_and_only_in_the_words_of_the_standard() throws Exception {
    Dataset stored = slice(1);
    var ct = requestor("SC_CT");
    Dataset good = CommitmentRequestor.request(Uid.create().value(), stored);

    assertThat(ct.ask(Dataset.builder().addAll(good).remove(Tag.TransactionUID).build()))
        .isEqualTo("0115");
    assertThat(ct.ask(CommitmentRequestor.request(Uid.create().value()))).isEqualTo("0115");
    assertThat(
            ct.ask(
                CommitmentRequestor.request(
                    Uid.create().value(), stored.toBuilder().remove(Tag.SOPInstanceUID).build())))
        .isEqualTo("0115");
    try (var scu = ct.open()) {
      assertThat(
              scu.action(CommitmentRequestor.COMMITMENT, CommitmentRequestor.WELL_KNOWN, 2, good)
                  .status()
                  .hex())
          .isEqualTo("0123");
      assertThat(
              scu.action(CommitmentRequestor.COMMITMENT, SopInstanceUid.of("2.25.1"), 1, good)
                  .status()
                  .hex())
          .isEqualTo("0112");
      assertThat(
              scu.delete(CommitmentRequestor.COMMITMENT, CommitmentRequestor.WELL_KNOWN)
                  .status()
                  .hex())
          .isEqualTo("0211");
      scu.release();
    }
    List<Dataset> tooMany = new ArrayList<>();
    for (int i = 0; i <= 10_000; i++) {
      tooMany.add(
          Dataset.builder()
              .string(Tag.SOPClassUID, "1.2")
              .string(Tag.SOPInstanceUID, "1.2." + i)
              .build());
    }
    assertThat(
            ct.ask(
                CommitmentRequestor.request(Uid.create().value(), tooMany.toArray(Dataset[]::new))))
        .isEqualTo("0213");
    address("SC_CT", null, AeRight.QUERY);
    assertThat(ct.ask(good)).isEqualTo("0124");
  }

  @Test
  void of_many_workers_one_gets_each_report() throws Exception {
    var ct = requestor("SC_CT");
    address("SC_CT", 1, AeRight.STORE); // nobody listens there
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ids.add(
          sql.sql(
                  """
                  insert into reading.storage_commitment
                    (site_id, ae_title, transaction_uid, sop_class_uids, sop_instance_uids, due_at)
                  values (?, 'SC_CT', ?, '{1.2}', '{1.2.3}', now() + interval '1 hour')
                  returning id
                  """)
              .params(site, Uid.create().value())
              .query(Long.class)
              .single());
    }
    List<Callable<Integer>> claims = new ArrayList<>();
    for (int worker = 0; worker < 6; worker++) {
      claims.add(() -> {
        int taken = 0;
        for (long id : ids) {
          taken += ledger.claim(id).isPresent() ? 1 : 0;
        }
        return taken;
      });
    }
    int taken = 0;
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : workers.invokeAll(claims)) {
        taken += done.get();
      }
    }
    assertThat(taken).isEqualTo(12);
    assertThat(ct.reports).isEmpty();
    for (long id : ids) {
      ledger.told(
          new CommitmentReport(id, Uid.create(), new AeTitle("SC_CT"), null, List.of(), List.of()));
    }
  }

  @Test
  void orthanc_asks_and_is_told() throws Exception {
    PeerProgram.need("Orthanc");
    Dataset stored = slice(1);
    Dataset never = slice(2);
    requestor("SC_CT").store(stored);
    var hub = Objects.requireNonNull(environment.getProperty("local.dicom.port"));
    try (var orthanc = OrthancPeer.start(folder, "HELIOGRAPH", Integer.parseInt(hub))) {
      entities.remove(OrthancPeer.AE_TITLE); // of another site, if other tests came before
      sites.addAeTitle("SCNORTH", OrthancPeer.AE_TITLE);
      address(OrthancPeer.AE_TITLE, orthanc.dicomPort(), AeRight.STORE);

      String good = orthanc.askForCommitment(uid(stored), Uids.CtImageStorage);
      String bad = orthanc.askForCommitment(uid(never), Uids.CtImageStorage);

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(orthanc.commitment(good).path("Status").asString()).isEqualTo("Success"));
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(orthanc.commitment(bad).path("Status").asString()).isEqualTo("Failure"));
      assertThat(orthanc.commitment(bad).path("Failures").get(0).path("FailureReason").asInt())
          .isEqualTo(0x0112);
    } finally {
      entities.remove(OrthancPeer.AE_TITLE);
    }
  }

  private String state(String transaction) throws IOException {
    return column("state", transaction);
  }

  private String lastError(String transaction) throws IOException {
    return column("last_error_code", transaction);
  }

  private String column(String name, String transaction) {
    return sql.sql("select " + name + " from reading.storage_commitment where transaction_uid = ?")
        .param(transaction)
        .query(String.class)
        .single();
  }
}
