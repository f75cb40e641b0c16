package org.heliograph.reader;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.reader.access.SetupLinks;
import org.heliograph.reader.postgres.DatabaseAccess;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.postgres.PostgresException;
import org.heliograph.reader.settings.DataFolder;
import org.heliograph.reader.settings.FolderInUseException;
import org.heliograph.reader.settings.FolderLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The running hub: its database, the archive, the DICOM node and the web, started in this order and
 * stopped in the opposite one. {@code start} returns when all of them serve.
 */
public final class Hub implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Hub.class);

  private final HubOptions options;
  private final FolderLock lock;
  private final @Nullable LocalPostgres postgres;
  private final ConfigurableApplicationContext parts;
  private final StopHook hook;
  private boolean closed;

  private Hub(
      HubOptions options,
      FolderLock lock,
      @Nullable LocalPostgres postgres,
      ConfigurableApplicationContext parts,
      StopHook hook) {
    this.options = options;
    this.lock = lock;
    this.postgres = postgres;
    this.parts = parts;
    this.hook = hook;
  }

  /** {@code heliograph hub}. */
  public static void main(String[] arguments) {
    ExitCode code = new HubCommand(System.out, System.err).run(List.of(arguments), System.getenv());
    System.exit(code.code());
  }

  /**
   * A hub always stops cleanly when its process is asked to stop (Ctrl-C, SIGTERM). For commands
   * whose only job it is, the exit code is then 0 too; other shutdown hooks may not run to an end.
   */
  public void exitWithZeroAtSignal() {
    hook.exitWithZero();
  }

  /**
   * Starts a hub and returns when it is healthy.
   *
   * @throws CannotStartException with a message for the operator; everything begun is stopped
   */
  public static Hub start(HubOptions options) {
    DataFolder data = createFolders(options.data());
    FolderLock lock = take(data);
    LocalPostgres postgres = null;
    StopHook hook = StopHook.register();
    try {
      DatabaseAccess given = options.database();
      if (given == null) {
        postgres = LocalPostgres.start(data);
        hook.stops(postgres::close);
      }
      DatabaseAccess database = given == null ? access(postgres) : given;
      ConfigurableApplicationContext parts =
          new SpringApplicationBuilder(HubApplication.class)
              .web(WebApplicationType.SERVLET)
              .registerShutdownHook(false)
              .initializers(context -> {
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("options", properties(options, database)));
                context.getBeanFactory().registerSingleton("blobOptions", options.blobs());
                context.getBeanFactory().registerSingleton("dicomTlsOptions", options.dicomTls());
              })
              .run();
      Hub hub = new Hub(options, lock, postgres, parts, hook);
      hook.stops(hub::close);
      log.info(
          "event=hub.started http={} dicom={} dicomTls={}",
          hub.httpPort(),
          hub.dicomPort(),
          hub.dicomTlsPort());
      return hub;
    } catch (RuntimeException e) {
      hook.remove();
      if (postgres != null) {
        postgres.close();
      }
      lock.close();
      throw explained(e, options);
    }
  }

  /** The port of the web. */
  public int httpPort() {
    return number("local.server.port");
  }

  /** The plain port of the DICOM node; -1 if there is none. */
  public int dicomPort() {
    return number("local.dicom.port");
  }

  /** The port of HL7, or a negative number if there is none. */
  public int hl7Port() {
    return number("local.hl7.port");
  }

  /** The port of metrics and health on loopback, or -1 without one. */
  public int metricsPort() {
    return number("local.management.port");
  }

  /** The port of the DICOM node with TLS; -1 if there is none. */
  public int dicomTlsPort() {
    return number("local.dicom.tls.port");
  }

  /** The address to open in a browser on this machine or, if it listens there, from another. */
  public String webAddress() {
    String host = options.bind().isAnyLocalAddress() ? "localhost" : hostOf(options.bind());
    return (options.tlsKeystore() == null ? "http://" : "https://") + host + ":" + httpPort();
  }

  /** Where modalities send to: AE title, host and port; with TLS if there is no plain port. */
  public String dicomAddress() {
    return dicomPort() < 0
        ? dicomAddress(options.dicomTls().bind(), dicomTlsPort()) + " (TLS)"
        : dicomAddress(options.dicomBind(), dicomPort());
  }

  /** The same with TLS beside a plain port. */
  public Optional<String> dicomTlsAddress() {
    return dicomPort() < 0 || dicomTlsPort() < 0
        ? Optional.empty()
        : Optional.of(dicomAddress(options.dicomTls().bind(), dicomTlsPort()) + " (TLS)");
  }

  private String dicomAddress(InetAddress bind, int port) {
    String host = bind.isAnyLocalAddress() ? "localhost" : hostOf(bind);
    return parts.getEnvironment().getProperty("heliograph.ae-title") + "@" + host + ":" + port;
  }

  /** As long as nobody can sign in: the page on which the first administrator is made, once. */
  public Optional<String> setupLink() {
    return part(SetupLinks.class).issueIfNobody().map(token -> webAddress() + "/setup#" + token);
  }

  /** One of the hub's parts, for commands and tests in the same process. */
  public <T> T part(Class<T> type) {
    return parts.getBean(type);
  }

  /** Stops taking work, finishes what runs, then stops the database. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    hook.remove();
    try {
      parts.close();
    } finally {
      if (postgres != null) {
        postgres.close();
      }
      lock.close();
      log.info("event=hub.stopped");
    }
  }

  private int number(String property) {
    return parts.getEnvironment().getProperty(property, Integer.class, -1);
  }

  private static DatabaseAccess access(@Nullable LocalPostgres postgres) {
    if (postgres == null) {
      throw new IllegalStateException("no database");
    }
    return postgres.access();
  }

  private static FolderLock take(DataFolder data) {
    try {
      return FolderLock.take(data);
    } catch (FolderInUseException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static DataFolder createFolders(DataFolder data) {
    try {
      Files.createDirectories(data.root());
      if (Files.exists(data.unfinishedRestore())) {
        throw new CannotStartException(
            "A restore into "
                + data.root()
                + " has not ended. Run it again; it goes on where it was.");
      }
      return data.create();
    } catch (CannotStartException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new CannotStartException(
          "The data folder " + data.root() + " cannot be made or written to.", e);
    }
  }

  private static Map<String, Object> properties(HubOptions options, DatabaseAccess database) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("heliograph.data", options.data().root().toString());
    properties.put("heliograph.dicom-port", options.dicomPort());
    properties.put("heliograph.dicom-bind", options.dicomBind().getHostAddress());
    properties.put("heliograph.cors-origins", options.corsOrigins());
    properties.put("heliograph.hl7-port", options.hl7Port());
    properties.put("management.server.port", options.metricsPort());
    properties.put("heliograph.hl7-bind", options.bind().getHostAddress());
    properties.put("server.port", options.httpPort());
    properties.put("server.address", options.bind().getHostAddress());
    properties.put("spring.datasource.url", database.url());
    properties.put("spring.datasource.username", database.user());
    properties.put("spring.datasource.password", database.password());
    if (options.tlsKeystore() != null) {
      properties.put("server.ssl.key-store", options.tlsKeystore().toUri().toString());
      properties.put("server.ssl.key-store-type", "PKCS12");
      properties.put("server.ssl.enabled-protocols", "TLSv1.3,TLSv1.2");
      properties.put("server.servlet.session.cookie.secure", "true");
      if (options.tlsPassword() != null) {
        properties.put("server.ssl.key-store-password", options.tlsPassword());
      }
    }
    return properties;
  }

  private static CannotStartException explained(RuntimeException fault, HubOptions options) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CannotStartException known -> {
          return known;
        }
        case PostgresException known -> {
          return new CannotStartException(String.valueOf(known.getMessage()), fault);
        }
        case PortInUseException port -> {
          return new CannotStartException(
              "The port "
                  + port.getPort()
                  + " is taken by another program. Stop that, or choose another with --http-port.",
              fault);
        }
        case java.net.BindException bind -> {
          return new CannotStartException(
              "A port cannot be opened on "
                  + options.bind().getHostAddress()
                  + ": is "
                  + options.dicomPort()
                  + (options.hl7Port() < 0 ? "" : " or " + options.hl7Port())
                  + (options.dicomTls().port() < 0 ? "" : " or " + options.dicomTls().port())
                  + " taken, or the address not this machine's? Choose others with --dicom-port,"
                  + " --dicom-tls-port, --hl7-port and --bind.",
              fault);
        }
        case java.sql.SQLException sql when sql.getCause() == null -> {
          return new CannotStartException(
              "The database does not answer or refuses the hub (SQL state "
                  + sql.getSQLState()
                  + "). Check --database-url, its user and its password.",
              fault);
        }
        default -> {}
      }
    }
    return new CannotStartException(
        "The hub cannot start: " + fault.getClass().getSimpleName() + ".", fault);
  }

  private static String hostOf(InetAddress address) {
    String host = address.getHostAddress();
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
