package org.heliograph.reader.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.net.dimse.NormalizedScu;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.HubProcess;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.ApplicationEntity;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The hub is killed between its answer to a request for commitment and its report. */
class CommitmentCrashIT {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void what_was_accepted_is_reported_after_a_kill() throws Exception {
    Dataset stored = CtStudies.slice(Uid.create(), Uid.create(), 1, 8).build();
    String transaction = Uid.create().value();
    try (HubProcess hub = new HubProcess(folder)) {
      hub.start();
      var ct = new CommitmentRequestor("CRASH_CT", hub.dicomPort());
      try (var listener = ct.listen(0)) {
        register(hub, listener.port());
        ct.store(stored);
        try (NormalizedScu scu = ct.open()) {
          var answer =
              scu.action(
                  CommitmentRequestor.COMMITMENT,
                  CommitmentRequestor.WELL_KNOWN,
                  1,
                  CommitmentRequestor.request(transaction, stored));
          hub.kill();
          assertThat(answer.status().hex()).isEqualTo("0000");
        }
        assertThat(hub.awaitEnd()).isEqualTo(137);
        // had it begun to report, its claim would end some minutes later
        JdbcClient.create(database(hub))
            .sql("update reading.storage_commitment set claimed_until = null")
            .update();

        hub.start();

        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(ct.reports).isNotEmpty());
        assertThat(ct.reports)
            .allSatisfy(report -> {
              assertThat(report.transaction()).isEqualTo(transaction);
              assertThat(report.outcomes())
                  .containsOnlyKeys(stored.string(Tag.SOPInstanceUID, ""))
                  .containsValue(0);
            });
        assertThat(hub.stop()).isZero();
      }
    }
  }

  private static DataSource database(HubProcess hub) {
    var access = LocalPostgres.running(hub.data()).orElseThrow();
    return new DriverManagerDataSource(access.url(), access.user(), access.password());
  }

  private static void register(HubProcess hub, int port) {
    DataSource database = database(hub);
    Sites sites = Sites.over(database);
    var site = TestPeople.site(sites, "CRASH");
    sites.addAeTitle("CRASH", "CRASH_CT");
    ApplicationEntities.over(database)
        .set(
            new ApplicationEntity(
                "CRASH_CT", site.id(), "127.0.0.1", port, false, Set.of(AeRight.STORE)));
  }
}
