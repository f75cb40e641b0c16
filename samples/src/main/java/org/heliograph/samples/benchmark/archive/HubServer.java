package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.reader.Hub;
import org.heliograph.reader.access.NewPerson;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.postgres.DatabaseAccess;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.settings.DataFolder;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.ApplicationEntity;
import org.heliograph.reader.sites.NewSite;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.heliograph.samples.demo.HubClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The hub as {@code heliograph hub} starts it, with its own PostgreSQL, one site, one AE title and
 * two people.
 */
final class HubServer implements Server {
  static final String CALLING = "BENCH";
  private static final String PASSWORD = "benchmark-of-the-hub";
  private static final String COORDINATOR = "bench-coordinator";
  private static final String CLINIC = "bench-clinic";

  private final ChildProcess process;
  private final DataFolder data;
  private final DatabaseAccess database;
  private final int httpPort;
  private final int dicomPort;

  private HubServer(
      ChildProcess process, DataFolder data, DatabaseAccess database, int httpPort, int dicomPort) {
    this.process = process;
    this.data = data;
    this.database = database;
    this.httpPort = httpPort;
    this.dicomPort = dicomPort;
  }

  /**
   * Starts a hub on an empty folder.
   *
   * @param heap as for {@code -Xmx}
   */
  static HubServer start(Path folder, String heap) throws IOException {
    Files.createDirectories(folder);
    // PostgreSQL may run as a user of its own, who must be able to pass through.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    var data = new DataFolder(folder.resolve("data"));
    int http = ChildProcess.freePort();
    int dicom = ChildProcess.freePort();
    ChildProcess process =
        ChildProcess.start(command(data, heap, http, dicom), folder.resolve("hub.log"), Map.of());
    try {
      process.await(() -> {
        try (var client = new PlainHttp(http, "")) {
          return client.text("/api/health").contains("UP");
        }
      });
      DatabaseAccess database =
          LocalPostgres.running(data).orElseThrow(() -> new IOException("no database"));
      var hub = new HubServer(process, data, database, http, dicom);
      hub.furnish();
      return hub;
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static List<String> command(DataFolder data, String heap, int http, int dicom) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xms64m",
        "-Xmx" + heap,
        "--enable-native-access=ALL-UNNAMED",
        "-Dheliograph.log=warn",
        "-cp",
        System.getProperty("java.class.path"),
        Hub.class.getName(),
        "--data",
        data.root().toString(),
        "--http-port",
        Integer.toString(http),
        "--dicom-port",
        Integer.toString(dicom));
  }

  private void furnish() {
    var source = new DriverManagerDataSource(database.url(), database.user(), database.password());
    Sites sites = Sites.over(source);
    Site site = sites.add(new NewSite("BENCH", "Benchmark", "", Specialty.RADIOLOGY));
    sites.addAeTitle(site.code(), CALLING);
    ApplicationEntities.over(source)
        .set(
            new ApplicationEntity(
                CALLING,
                site.id(),
                null,
                null,
                false,
                Set.of(AeRight.STORE, AeRight.QUERY, AeRight.RETRIEVE)));
    People people = People.over(source);
    people.add(
        new NewPerson(COORDINATOR, "Coordinator", "", "", Role.COORDINATOR, null, null),
        PASSWORD.toCharArray());
    people.add(
        new NewPerson(CLINIC, "Clinic", "", "", Role.CLINIC, null, site.id()),
        PASSWORD.toCharArray());
  }

  /** A connection to its database, for filling it. */
  Connection database() throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  /** The process that runs Java. */
  long pid() {
    return process.pid();
  }

  @Override
  public Product product() {
    return Product.HELIOGRAPH;
  }

  @Override
  public int dicomPort() {
    return dicomPort;
  }

  @Override
  public String aeTitle() {
    return "HELIOGRAPH";
  }

  @Override
  public List<Long> roots() throws IOException {
    return List.of(process.pid(), PostgresServer.pid(data));
  }

  @Override
  public long instances() throws IOException {
    try (Connection connection = database();
        var statement = connection.createStatement();
        var count = statement.executeQuery("select sum(instance_count) from archive.study")) {
      count.next();
      return count.getLong(1);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** With the session of a coordinator, who may see all. */
  @Override
  public Web web() {
    return web(COORDINATOR);
  }

  /** With the session of a clinic's worker, who may see what is of the clinic. */
  Web webOfClinic() {
    return web(CLINIC);
  }

  private Web web(String login) {
    try (HubClient client = HubClient.of("http://127.0.0.1:" + httpPort)) {
      client.signIn(login, PASSWORD);
      return new Web(httpPort, "/dicomweb", client.cookies());
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
