package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.heliograph.reader.postgres.DatabaseAccess;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.settings.DataFolder;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Orthanc with its DICOMweb plug-in, files forced to the disk, its index in SQLite or in a
 * PostgreSQL server with the same settings as ours.
 */
final class OrthancServer implements Server {
  private static final Path PROGRAM = Path.of("/usr/sbin/Orthanc");
  private static final Path PLUGINS = Path.of("/usr/share/orthanc/plugins");
  private static final Path WEB = PLUGINS.resolve("libOrthancDicomWeb.so");
  private static final Path INDEX = PLUGINS.resolve("libOrthancPostgreSQLIndex.so");
  private static final Pattern ADDRESS =
      Pattern.compile("jdbc:postgresql://([^:/]+):(\\d+)/(\\w+)");
  private static final Pattern INSTANCES = Pattern.compile("\"CountInstances\"\\s*:\\s*(\\d+)");

  private final ChildProcess process;
  private final Product product;
  private final @Nullable LocalPostgres postgres;
  private final DataFolder data;
  private final int http;
  private final int dicom;

  private OrthancServer(
      ChildProcess process,
      Product product,
      @Nullable LocalPostgres postgres,
      DataFolder data,
      int http,
      int dicom) {
    this.process = process;
    this.product = product;
    this.postgres = postgres;
    this.data = data;
    this.http = http;
    this.dicom = dicom;
  }

  static boolean isInstalled(Product product) {
    return Files.isExecutable(PROGRAM)
        && Files.exists(WEB)
        && (product == Product.ORTHANC_SQLITE || Files.exists(INDEX));
  }

  static OrthancServer start(Path folder, Product product) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    var data = new DataFolder(folder.resolve("data"));
    LocalPostgres postgres = null;
    if (product == Product.ORTHANC_POSTGRESQL) {
      data.create();
      postgres = LocalPostgres.start(data);
    }
    int http = ChildProcess.freePort();
    int dicom = ChildProcess.freePort();
    Path configuration = folder.resolve("orthanc.json");
    Files.writeString(configuration, configuration(folder, http, dicom, postgres));
    ChildProcess process =
        ChildProcess.start(
            List.of(PROGRAM.toString(), configuration.toString()),
            folder.resolve("orthanc.log"),
            Map.of());
    var server = new OrthancServer(process, product, postgres, data, http, dicom);
    try {
      process.await(() -> server.instances() >= 0);
      process.awaitPort(dicom);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static String configuration(
      Path folder, int http, int dicom, @Nullable LocalPostgres postgres) {
    String plugins = "\"" + WEB + "\"";
    String index = "";
    if (postgres != null) {
      DatabaseAccess access = postgres.access();
      Matcher address = ADDRESS.matcher(access.url());
      if (!address.lookingAt()) {
        throw new IllegalStateException("an address of another form");
      }
      plugins += ", \"" + INDEX + "\"";
      index =
          """
          "PostgreSQL": { "EnableIndex": true, "EnableStorage": false, "Host": "%s", "Port": %s,
            "Database": "%s", "Username": "%s", "Password": "%s", "EnableSsl": false },
          """
              .formatted(
                  address.group(1),
                  address.group(2),
                  address.group(3),
                  access.user(),
                  access.password());
    }
    return """
    {
      "Name": "ORTHANC", "DicomAet": "ORTHANC",
      "StorageDirectory": "%1$s/storage", "IndexDirectory": "%1$s/storage",
      "Plugins": [%2$s], %3$s
      "HttpPort": %4$d, "DicomPort": %5$d, "RemoteAccessAllowed": false,
      "AuthenticationEnabled": false, "KeepAlive": true, "TcpNoDelay": true,
      "StorageCompression": false, "SyncStorageArea": true, "StableAge": 60,
      "DicomAlwaysAllowStore": true, "DicomAlwaysAllowFind": true,
      "LimitFindResults": 100, "LimitFindInstances": 100,
      "DicomWeb": { "Enable": true, "Root": "/dicom-web/" }
    }
    """
        .formatted(folder, plugins, index, http, dicom);
  }

  @Override
  public Product product() {
    return product;
  }

  @Override
  public int dicomPort() {
    return dicom;
  }

  @Override
  public String aeTitle() {
    return "ORTHANC";
  }

  @Override
  public List<Long> roots() throws IOException {
    return postgres == null
        ? List.of(process.pid())
        : List.of(process.pid(), PostgresServer.pid(data));
  }

  @Override
  public long instances() throws IOException {
    try (var client = new PlainHttp(http, "")) {
      Matcher count = INSTANCES.matcher(client.text("/statistics"));
      return Stream.of(count)
          .filter(Matcher::find)
          .mapToLong(m -> Long.parseLong(m.group(1)))
          .sum();
    }
  }

  @Override
  public Web web() {
    return new Web(http, "/dicom-web", "");
  }

  @Override
  public void close() {
    process.close();
    if (postgres != null) {
      postgres.close();
    }
  }
}
