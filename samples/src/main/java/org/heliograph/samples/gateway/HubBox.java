package org.heliograph.samples.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.heliograph.reader.Hub;
import org.heliograph.reader.access.NewPerson;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.gateways.EnrolmentCodes;
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
 * A hub as {@code heliograph hub} starts it, with its own PostgreSQL, in a process of its own that
 * can be killed and started again on the same folder and ports. For one thread.
 */
public final class HubBox implements AutoCloseable {
  private static final String PASSWORD = "password-of-a-hub-for-trying";
  private static final String COORDINATOR = "box-coordinator";
  private static final int ANSWER_MILLIS = 5_000;

  private final JavaProcess process;
  private final DataFolder data;
  private final String heap;
  private final int httpPort;
  private final int dicomPort;

  private HubBox(Path folder, String heap, int httpPort, int dicomPort) {
    this.process = new JavaProcess(folder.resolve("hub.log"));
    this.data = new DataFolder(folder.resolve("data"));
    this.heap = heap;
    this.httpPort = httpPort;
    this.dicomPort = dicomPort;
  }

  /**
   * A hub that is not started yet.
   *
   * @param heap as for {@code -Xmx}
   */
  public static HubBox in(Path folder, String heap) throws IOException {
    Files.createDirectories(folder);
    // PostgreSQL may run as a user of its own, who must be able to pass through.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return new HubBox(folder, heap, JavaProcess.freePort(), JavaProcess.freePort());
  }

  /** Starts it; returns when it is healthy, with how long that took. */
  public Duration start() throws IOException {
    return process.start(
        List.of(
            "-Xms64m",
            "-Xmx" + heap,
            "--enable-native-access=ALL-UNNAMED",
            "-Dheliograph.log=warn"),
        Hub.class,
        List.of(
            "--data",
            data.root().toString(),
            "--http-port",
            Integer.toString(httpPort),
            "--dicom-port",
            Integer.toString(dicomPort)),
        this::isUp);
  }

  private boolean isUp() throws IOException {
    var connection = URI.create(webAddress() + "/api/health").toURL().openConnection();
    connection.setConnectTimeout(ANSWER_MILLIS);
    connection.setReadTimeout(ANSWER_MILLIS);
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("UP");
    }
  }

  /** Without a word to it, as the power going off; its database runs on. */
  public void kill() throws IOException {
    process.kill();
  }

  public int httpPort() {
    return httpPort;
  }

  public int dicomPort() {
    return dicomPort;
  }

  public String webAddress() {
    return "http://127.0.0.1:" + httpPort;
  }

  /** The process that runs Java. */
  public long pid() {
    return process.pid();
  }

  public DataFolder data() {
    return data;
  }

  /** How to reach the database of the running hub. */
  public DatabaseAccess database() throws IOException {
    return LocalPostgres.running(data).orElseThrow(() -> new IOException("no database"));
  }

  public DataSource dataSource() throws IOException {
    DatabaseAccess access = database();
    return new DriverManagerDataSource(access.url(), access.user(), access.password());
  }

  /** Makes a site whose modalities may store, ask and fetch. */
  public Site addSite(String code, String... aeTitles) throws IOException {
    DataSource source = dataSource();
    Sites sites = Sites.over(source);
    Site site = sites.add(new NewSite(code, code, "", Specialty.RADIOLOGY));
    for (String title : aeTitles) {
      sites.addAeTitle(code, title);
      ApplicationEntities.over(source)
          .set(
              new ApplicationEntity(
                  title,
                  site.id(),
                  null,
                  null,
                  false,
                  Set.of(AeRight.STORE, AeRight.QUERY, AeRight.RETRIEVE)));
    }
    return site;
  }

  /**
   * A code for a gateway of a site.
   *
   * @param address where the gateway reaches the hub
   */
  public String enrolmentCode(Site site, String address) throws IOException {
    return EnrolmentCodes.over(dataSource()).make(site, List.of(address), "").text();
  }

  /** Somebody who may see every case, signed in. */
  public HubClient coordinator() throws IOException {
    People people = People.over(dataSource());
    if (people.byLogin(COORDINATOR).isEmpty()) {
      people.add(
          new NewPerson(COORDINATOR, "Coordinator", "", "", Role.COORDINATOR, null, null),
          PASSWORD.toCharArray());
    }
    HubClient client = HubClient.of(webAddress());
    client.signIn(COORDINATOR, PASSWORD);
    return client;
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
