package org.heliograph.reader.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.heliograph.node.link.ParcelState.PartState;
import org.heliograph.node.link.Receipt;
import org.heliograph.reader.HubProcess;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.gateways.EnrolmentCodes;
import org.heliograph.reader.gateways.RawChunk;
import org.heliograph.reader.gateways.TestGateway;
import org.heliograph.reader.gateways.TestParcel;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The hub is killed in the middle of a chunk, and again while it unpacks what was whole. */
class GatewayCrashIT {
  private static final int CHUNK = 200_000;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void a_parcel_arrives_once_through_two_kills() throws Exception {
    try (var hub = new HubProcess(folder)) {
      hub.start();
      var database = database(hub);
      var gateway = new TestGateway(hub.httpPort());
      var site = TestPeople.site(Sites.over(database), "CRASH");
      var code = EnrolmentCodes.over(database).make(site, List.of("http://127.0.0.1"), "");
      assertThat(gateway.enrol(code.text()).statusCode()).isEqualTo(200);
      var parcel = new TestParcel();
      parcel.addInstance(2000);
      parcel.addBundle(60);
      assertThat(gateway.declare(parcel.manifest()).statusCode()).isEqualTo(200);
      byte[] first = parcel.part(1);
      gateway.patch(parcel.id(), 1, 0, Arrays.copyOf(first, CHUNK));

      try (Socket _ =
          RawChunk.begin(
              hub.httpPort(),
              gateway,
              parcel.id(),
              1,
              CHUNK,
              Arrays.copyOfRange(first, CHUNK, 2 * CHUNK),
              150_000)) {
        await().until(() -> part(gateway, parcel).offset() > CHUNK);
        hub.kill();
        assertThat(hub.awaitEnd()).isEqualTo(137);
      }
      hub.start();

      PartState now = part(gateway, parcel);
      assertThat(now.verifiedOffset()).isEqualTo(CHUNK);
      assertThat(now.offset()).isBetween((long) CHUNK + 1, CHUNK + 150_000L);
      var rest =
          gateway.patch(
              parcel.id(),
              1,
              now.offset(),
              Arrays.copyOfRange(first, (int) now.offset(), first.length),
              Arrays.copyOfRange(first, CHUNK, first.length));
      assertThat(rest.statusCode()).as(rest.body()).isEqualTo(204);
      gateway.sendPart(parcel, 0, CHUNK);
      gateway.sendPart(parcel, 2, 1 << 20);
      hub.kill();
      assertThat(hub.awaitEnd()).isEqualTo(137);
      hub.start();

      var receipts = gateway.receipts(61);
      assertThat(receipts).hasSize(61).allMatch(gateway::isSigned);
      assertThat(receipts).allMatch(receipt -> receipt.outcome() == Receipt.Outcome.STORED);
      assertThat(receipts).extracting(Receipt::object).doesNotHaveDuplicates();
      var sql = JdbcClient.create(database);
      assertThat(sql.sql("select count(*) from archive.instance").query(Integer.class).single())
          .isEqualTo(61);
      assertThat(
              sql.sql("select count(*) from reading.parcel where completed_at is not null")
                  .query(Integer.class)
                  .single())
          .isEqualTo(1);
      await()
          .until(() ->
              sql.sql("select image_count from reading.case_file")
                  .query(Integer.class)
                  .single()
                  .equals(61));
      await()
          .atMost(30, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(hub.data().uploads()).isEmptyDirectory());
    }
  }

  private static PartState part(TestGateway gateway, TestParcel parcel) {
    return gateway.state(parcel.id()).parts().get(1);
  }

  private static DataSource database(HubProcess hub) {
    var access = LocalPostgres.running(hub.data()).orElseThrow();
    return new DriverManagerDataSource(access.url(), access.user(), access.password());
  }
}
