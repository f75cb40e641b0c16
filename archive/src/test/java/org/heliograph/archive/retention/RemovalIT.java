package org.heliograph.archive.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.archive.TestObjects.SITE_A;
import static org.heliograph.archive.TestObjects.image;
import static org.heliograph.archive.TestObjects.incoming;
import static org.heliograph.archive.TestObjects.uid;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.Recount;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.RefusalReason;
import org.heliograph.archive.patients.ChangeOrder;
import org.heliograph.archive.patients.PatientKey;
import org.heliograph.archive.quota.QuotaGate;
import org.heliograph.archive.quota.QuotaMode;
import org.heliograph.archive.quota.SiteUsage;
import org.heliograph.archive.reject.RejectCode;
import org.heliograph.archive.retention.RemovalListener.Removed;
import org.heliograph.archive.retention.RetentionRule.From;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemovalIT {
  private static final ChangeOrder ORDER = new ChangeOrder("Ada", "asked for");

  private HikariDataSource database;
  private FileSystemBlobStore blobs;
  private Archive archive;
  private JdbcClient jdbc;
  private Instant now = Instant.parse("2026-05-06T07:08:09Z");
  private final List<Removed> told = new ArrayList<>();

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    database = TestDatabase.create();
    jdbc = JdbcClient.create(database);
    blobs = FileSystemBlobStore.open(folder.resolve("blobs"));
    archive =
        Archive.open(
            database, blobs, folder.resolve("staging"), () -> now, ArchiveSettings.defaults());
  }

  @AfterEach
  void recount() {
    Recount.assertRight(jdbc, "after the test");
    told.clear();
    jdbc.sql("delete from archive.retention_rule").update();
    jdbc.sql("update archive.legal_hold set released_at = now()").update();
  }

  @AfterAll
  void close() {
    archive.close();
    database.close();
  }

  private Retention retention(RemovalSteps steps) {
    return archive.retention(StudyFacts.NONE, told::add, steps);
  }

  private IngestResult store(Dataset dataset) throws IOException {
    return archive.ingest().ingest(incoming(SITE_A, dataset));
  }

  private static StudyInstanceUid study() {
    return new StudyInstanceUid(uid());
  }

  private void order(StudyInstanceUid study, RejectCode code, int days) {
    RejectOrders.place(
        jdbc, new RejectOrder(SITE_A, study, null, null, code, ORDER, true, days), now);
  }

  private long blobCount() throws IOException {
    long[] count = {0};
    blobs.list(_ -> count[0]++);
    return count[0];
  }

  private boolean exists(StudyInstanceUid study) {
    return archive.catalog().study(study).isPresent();
  }

  /** Steps back into the past the leases of whoever died. */
  private void leasesEnd() {
    jdbc.sql("update archive.deletion set claimed_until = null").update();
    jdbc.sql("update archive.blob_removal set claimed_until = null").update();
    jdbc.sql("update archive.reject_order set claimed_until = null").update();
  }

  @Test
  void a_study_is_hidden_at_once_and_removed_when_it_is_due() throws IOException {
    long before = blobCount();
    StudyInstanceUid study = study();
    Dataset image = image(study, uid(), uid()).string(Tag.PatientID, "GONE").build();
    store(image);
    store(image(study, uid(), uid()).string(Tag.PatientID, "GONE").build());
    order(study, RejectCode.PATIENT_SAFETY, 30);

    retention(RemovalSteps.NONE).work();

    assertThat(archive.catalog().study(study).orElseThrow().series())
        .allMatch(series -> series.modality().equals("KO") || series.instances().isEmpty());
    assertThat(blobCount()).isEqualTo(before + 3);
    now = now.plus(Duration.ofDays(31));
    retention(RemovalSteps.NONE).work();

    assertThat(exists(study)).isFalse();
    assertThat(blobCount()).isEqualTo(before);
    assertThat(told)
        .containsExactly(
            new Removed(SITE_A, study, 2, "Ada", false),
            new Removed(SITE_A, study, 0, "Ada", true));
    assertThat(
            jdbc.sql("select count(*) from archive.patient where patient_id = 'GONE'")
                .query(Long.class)
                .single())
        .isZero();
    assertThat(store(image)).isEqualTo(new IngestResult.Refused(RefusalReason.DELETED_FOR_GOOD));
  }

  @Test
  void what_was_removed_since_its_time_was_over_may_come_back_as_new() throws IOException {
    StudyInstanceUid study = study();
    Dataset image = image(study, uid(), uid()).build();
    store(image);
    order(study, RejectCode.RETENTION_EXPIRED, 0);
    retention(RemovalSteps.NONE).work();

    assertThat(exists(study)).isFalse();
    assertThat(store(image)).isInstanceOf(IngestResult.Stored.class);
    assertThat(archive.catalog().study(study).orElseThrow().series()).hasSize(1);
  }

  @Test
  void reports_stay_when_the_rule_says_so() throws IOException {
    StudyInstanceUid study = study();
    store(image(study, uid(), uid()).build());
    Dataset report = image(study, uid(), uid()).string(Tag.Modality, "SR").build();
    var incoming = incoming(SITE_A, report);
    archive
        .ingest()
        .ingest(
            new Incoming(
                SITE_A, "report", incoming.transferSyntax(), null, null, incoming.dataset()));
    order(study, RejectCode.RETENTION_EXPIRED, 0);

    retention(RemovalSteps.NONE).work();

    assertThat(archive.catalog().study(study).orElseThrow().series())
        .filteredOn(series -> !series.instances().isEmpty())
        .extracting(series -> series.modality())
        .containsExactlyInAnyOrder("SR", "KO");
  }

  @Test
  void a_hold_wins_over_every_removal_until_it_is_released() throws IOException {
    StudyInstanceUid study = study();
    store(image(study, uid(), uid()).string(Tag.PatientID, "HELD").build());
    Retention retention = retention(RemovalSteps.NONE);
    long patient =
        archive.patients().standing(new PatientKey.ById(SITE_A, "HELD", "CLINIC")).orElseThrow();
    long byPatient = retention.holds().patient(SITE_A, patient, ORDER);
    long byStudy = retention.holds().study(SITE_A, study, ORDER);
    order(study, RejectCode.QUALITY, 0);

    retention.work();
    assertThat(exists(study)).isTrue();
    assertThat(
            jdbc.sql("select fault from archive.deletion where state = 'WAITING'")
                .query(String.class)
                .single())
        .isEqualTo("HELD");
    retention.holds().release(byStudy, ORDER);
    leasesEnd();
    retention.work();
    assertThat(exists(study)).isTrue();
    assertThat(retention.holds().isHeld(study)).isTrue();
    retention.holds().release(byPatient, ORDER);
    leasesEnd();
    retention.work();

    assertThat(exists(study)).isFalse();
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @EnumSource
  void a_removal_that_is_killed_goes_on_where_it_was(RemovalStep at) throws IOException {
    long before = blobCount();
    StudyInstanceUid study = study();
    store(image(study, uid(), uid()).build());
    store(image(study, uid(), uid()).build());
    order(study, RejectCode.QUALITY, 0);
    Retention dies =
        retention(step -> {
          if (step == at) {
            throw new Killed();
          }
        });

    assertThatThrownBy(dies::work).isInstanceOf(Killed.class);
    Recount.assertRight(jdbc, "after " + at);
    leasesEnd();
    retention(RemovalSteps.NONE).work();

    assertThat(exists(study)).isFalse();
    assertThat(blobCount()).isEqualTo(before);
    assertThat(jdbc.sql("select count(*) from archive.blob_removal").query(Long.class).single())
        .isZero();
    assertThat(
            jdbc.sql("select state from archive.deletion order by id desc limit 1")
                .query(String.class)
                .single())
        .isEqualTo("DONE");
  }

  @Test
  void a_blob_that_a_row_names_is_never_deleted() throws IOException {
    store(image(study(), uid(), uid()).build());
    UUID named =
        jdbc.sql("select blob_key from archive.instance order by id desc limit 1")
            .query(UUID.class)
            .single();
    jdbc.sql("insert into archive.blob_removal (blob_key, wanted_at) values (?, now())")
        .param(named)
        .update();
    long before = blobCount();

    retention(RemovalSteps.NONE).work();

    assertThat(blobCount()).isEqualTo(before);
  }

  @Test
  void the_longest_rule_counts_and_minors_are_kept_longer() throws IOException {
    StudyInstanceUid old = dated(LocalDate.of(2010, 1, 1), LocalDate.of(1960, 1, 1), "CR");
    StudyInstanceUid kept = dated(LocalDate.of(2010, 1, 1), LocalDate.of(1960, 1, 1), "MG");
    StudyInstanceUid minor = dated(LocalDate.of(2010, 1, 1), LocalDate.of(2005, 6, 1), "CR");
    StudyInstanceUid held = dated(LocalDate.of(2010, 1, 1), LocalDate.of(1960, 1, 1), "CR");
    Retention retention = retention(RemovalSteps.NONE);
    retention.holds().study(SITE_A, held, ORDER);
    retention.rules().set(rule(null, 10), "Ada");
    retention.rules().set(rule("MG", 30), "Ada");

    List<StudyInstanceUid> all =
        retention.rules().expired(1000).stream().map(ExpiringStudy::study).toList();

    assertThat(all).contains(old, held).doesNotContain(kept, minor);
    assertThat(retention.rules().expired(1000))
        .filteredOn(e -> e.study().equals(held))
        .allMatch(ExpiringStudy::held);
    retention.expire();
    retention.work();
    assertThat(exists(old)).isFalse();
    assertThat(List.of(kept, minor, held)).allMatch(this::exists);
    assertThat(retention.expire()).isZero();
    assertThat(retention.rules().remove(rule("MG", 1))).isTrue();
    assertThat(retention.rules().all()).hasSize(1);
  }

  private static RetentionRule rule(@Nullable String modality, int years) {
    return new RetentionRule(null, null, modality, years, From.STUDY_DATE, 21, true, 0);
  }

  private StudyInstanceUid dated(LocalDate date, LocalDate born, String modality)
      throws IOException {
    StudyInstanceUid study = study();
    store(
        image(study, uid(), uid())
            .string(Tag.PatientID, uid().value().substring(0, 30))
            .date(Tag.StudyDate, date)
            .date(Tag.PatientBirthDate, born)
            .string(Tag.Modality, modality)
            .build());
    return study;
  }

  @Test
  void quotas_warn_and_hard_ones_refuse() throws IOException {
    UUID site = new UUID(0, 0xD);
    Dataset image = image(study(), uid(), uid()).build();
    archive.ingest().ingest(incoming(site, image));
    long used = usage(site).byteCount();
    assertThat(used).isGreaterThan(10_000);

    archive.quotas().set(site, used * 100 / 96, QuotaMode.SOFT);
    archive.quotas().keep();
    archive.quotas().keep();
    assertThat(alerts(site)).containsExactly("QUOTA_95");
    archive.quotas().set(site, used, QuotaMode.SOFT);
    archive.quotas().keep();
    assertThat(alerts(site)).containsExactly("QUOTA_95", "QUOTA_100");
    assertThat(usage(site).refuses()).isFalse();
    archive.quotas().set(site, used, QuotaMode.HARD);

    assertThat(usage(site).refuses()).isTrue();
    assertThat(new QuotaGate(archive.quotas()).refuses(site)).isTrue();
    archive.quotas().remove(site);
    assertThat(usage(site).byteLimit()).isNull();
  }

  private SiteUsage usage(UUID site) {
    return archive.quotas().usage().stream()
        .filter(usage -> usage.siteId().equals(site))
        .findFirst()
        .orElseThrow();
  }

  private List<String> alerts(UUID site) {
    return jdbc.sql("select kind from archive.alert where site_id = ? order by id")
        .param(site)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
