package org.heliograph.reader.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.CtStudies.Slice;
import org.heliograph.reader.HubProcess;
import org.heliograph.reader.SmallS3;
import org.heliograph.reader.TestDatabase;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.sites.NewSite;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Two hub processes on one database and one bucket receive one study at once; one is killed, the
 * other is asked to stop, as in a rolling update.
 */
class TwoHubsIT {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void one_study_comes_whole_through_two_hubs_of_which_one_dies_and_one_leaves() throws Exception {
    String url = TestDatabase.createUrl();
    var database = new DriverManagerDataSource(url, "postgres", "");
    List<Slice> slices = CtStudies.interleaved(1, 160, 128);
    try (SmallS3 s3 = SmallS3.start();
        HubProcess dies = hub("dies", url, s3);
        HubProcess leaves = hub("leaves", url, s3)) {
      dies.start();
      register(Sites.over(database));
      leaves.start();
      var port =
          new AtomicInteger[] {
            new AtomicInteger(dies.dicomPort()), new AtomicInteger(leaves.dicomPort())
          };
      Sender first = new Sender("CT_0", port[0]::get);
      Sender second = new Sender("CT_1", port[1]::get);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> one =
            threads.submit(() -> {
              first.sendAll(slices.subList(0, 80));
              return null;
            });
        Future<?> other =
            threads.submit(() -> {
              second.sendAll(slices.subList(80, 160));
              return null;
            });
        await().atMost(Duration.ofMinutes(1)).until(() -> first.acknowledged().size() >= 10);
        port[0].set(leaves.dicomPort()); // as a balancer does
        dies.kill();
        assertThat(dies.awaitEnd()).isEqualTo(137);
        dies.start();
        port[0].set(dies.dicomPort());
        port[1].set(dies.dicomPort());
        assertThat(leaves.stop()).isZero();
        one.get(2, TimeUnit.MINUTES);
        other.get(2, TimeUnit.MINUTES);
      }
      assertThat(first.refusals()).isEmpty();
      assertThat(second.refusals()).isEmpty();

      JdbcClient sql = JdbcClient.create(database);
      await("all arrivals are filed")
          .atMost(Duration.ofSeconds(30))
          .until(() -> count(sql, "select count(*) from archive.outbox") == 0);
      assertThat(count(sql, "select count(*) from archive.study")).isOne();
      assertThat(count(sql, "select count(*) from archive.instance")).isEqualTo(slices.size());
      assertThat(count(sql, "select instance_count from archive.study")).isEqualTo(slices.size());
      assertThat(count(sql, "select count(*) from archive.quarantine")).isZero();
      assertThat(count(sql, "select image_count from reading.case_file")).isEqualTo(slices.size());
      assertThat(
              sql.sql("select encode(digest, 'hex') from archive.instance")
                  .query(String.class)
                  .list())
          .containsExactlyInAnyOrderElementsOf(slices.stream().map(Slice::digest).toList());
      assertThat(dies.stop()).isZero();
      for (HubProcess each : List.of(dies, leaves)) {
        assertThat(each.log()).noneMatch(line -> line.contains(" ERROR "));
      }
    }
  }

  private HubProcess hub(String name, String url, SmallS3 s3) throws Exception {
    Path home = Files.createDirectory(folder.resolve(name));
    Map<String, String> environment = new HashMap<>(s3.environment());
    environment.put("HELIOGRAPH_DATABASE_USER", "postgres");
    return new HubProcess(
        home, List.of("--database-url", url, "--blobs", "s3://bucket/hub"), environment);
  }

  private static void register(Sites sites) {
    sites.add(new NewSite("TWO", "Clinic Two", "", Specialty.RADIOLOGY));
    sites.addAeTitle("TWO", "CT_0");
    sites.addAeTitle("TWO", "CT_1");
  }

  private static long count(JdbcClient sql, String question) {
    return sql.sql(question).query(Long.class).single();
  }
}
