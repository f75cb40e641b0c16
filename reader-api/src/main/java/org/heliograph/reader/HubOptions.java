package org.heliograph.reader;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliograph.archive.blob.move.StoreRows;
import org.heliograph.reader.access.CrossOrigin;
import org.heliograph.reader.postgres.DatabaseAccess;
import org.heliograph.reader.settings.BlobOptions;
import org.heliograph.reader.settings.DataFolder;
import org.heliograph.reader.settings.DicomTlsOptions;
import org.jspecify.annotations.Nullable;

/**
 * How the hub is started; without HL7 if its port is negative. Other than loopback addresses are
 * refused unless the web speaks TLS or the operator says {@code --insecure}; without that word the
 * plain DICOM port stays on loopback, and the one with TLS goes beyond only if clients have to show
 * a certificate.
 */
public record HubOptions(
    DataFolder data,
    int httpPort,
    int dicomPort,
    int hl7Port,
    int metricsPort,
    InetAddress bind,
    boolean insecure,
    @Nullable DatabaseAccess database,
    @Nullable Path tlsKeystore,
    @Nullable String tlsPassword,
    BlobOptions blobs,
    String corsOrigins,
    DicomTlsOptions dicomTls) {
  public static final String HELP =
      """
        --data DIR            everything the hub keeps (HELIOGRAPH_DATA, default ./data)
        --http-port N         web (HELIOGRAPH_HTTP_PORT, default 8080; 0 takes a free port)
        --dicom-port N        DICOM (HELIOGRAPH_DICOM_PORT, default 11112; 0 takes a free port,
                              none listens with TLS only)
        --hl7-port N          HL7 v2 orders by MLLP (HELIOGRAPH_HL7_PORT, default none; 0 takes a
                              free port); TLS with the web's certificate if there is one
        --metrics-port N      Prometheus metrics and health at /actuator, on 127.0.0.1 only
                              (HELIOGRAPH_METRICS_PORT, default none; 0 takes a free port)
        --bind ADDRESS        listen here (HELIOGRAPH_BIND, default 127.0.0.1); an address that
                              others can reach needs --tls-keystore or --insecure
        --insecure            allow unencrypted web and DICOM there (HELIOGRAPH_INSECURE=true)
        --tls-keystore FILE   PKCS12 with the web's certificate and key (HELIOGRAPH_TLS_KEYSTORE,
                              its password in HELIOGRAPH_TLS_PASSWORD)
        --dicom-tls-port N    DICOM over TLS, with --dicom-tls-certificate FILE and
                              --dicom-tls-key FILE in PEM (the key's password in
                              HELIOGRAPH_DICOM_TLS_PASSWORD), on --dicom-tls-bind ADDRESS (default:
                              that of --bind); each is also a variable, HELIOGRAPH_DICOM_TLS_PORT...
        --dicom-tls-trust FILE  PEM: whom we trust, among clients of that port and destinations;
                              --dicom-tls-clients required|optional (default required): whether
                              clients must show a certificate; --dicom-tls-host-names
                              checked|unchecked (default checked): those of destinations
        --database-url URL    use this PostgreSQL, jdbc:postgresql://host/name, instead of the
                              bundled one (HELIOGRAPH_DATABASE_URL, HELIOGRAPH_DATABASE_USER,
                              HELIOGRAPH_DATABASE_PASSWORD)
        --cors-origins LIST   pages of these origins may use DICOMweb in browsers, with commas
                              between (HELIOGRAPH_CORS_ORIGINS, default none)
        --blobs PLACE         where images are kept: file (default), or s3://bucket[/prefix] in any
                              store that speaks S3 (HELIOGRAPH_BLOBS); HELIOGRAPH_S3_ENDPOINT,
                              HELIOGRAPH_S3_REGION, HELIOGRAPH_S3_ADDRESSING=path|virtual-host,
                              HELIOGRAPH_S3_ENCRYPTION=s3|kms:KEY, HELIOGRAPH_S3_ACCESS_KEY and
                              HELIOGRAPH_S3_SECRET_KEY or HELIOGRAPH_S3_CREDENTIALS_FILE
      """;

  private static final String INSECURE = "--insecure";
  private static final int NONE = -1;

  /** Options with their variables: HELIOGRAPH_ and the name in capitals. */
  private static final Map<String, String> VARIABLES =
      Stream.of(
              "--data",
              "--http-port",
              "--dicom-port",
              "--hl7-port",
              "--metrics-port",
              "--bind",
              INSECURE,
              "--tls-keystore",
              "--database-url",
              "--blobs",
              "--cors-origins",
              "--dicom-tls-port",
              "--dicom-tls-bind",
              "--dicom-tls-certificate",
              "--dicom-tls-key",
              "--dicom-tls-trust",
              "--dicom-tls-clients",
              "--dicom-tls-host-names")
          .collect(
              Collectors.toUnmodifiableMap(
                  option -> option,
                  option ->
                      "HELIOGRAPH"
                          + option.substring(1).replace('-', '_').toUpperCase(Locale.ROOT)));

  public HubOptions {
    if (!bind.isLoopbackAddress() && !insecure && tlsKeystore == null) {
      throw new UsageException(
          "Others can reach "
              + bind.getHostAddress()
              + ", and the web would not be encrypted. Give a certificate with --tls-keystore, or"
              + " say --insecure if the network is trusted.");
    }
    if (dicomTls.port() >= 0
        && !dicomTls.bind().isLoopbackAddress()
        && !insecure
        && !dicomTls.authenticatesClients()) {
      throw new UsageException(
          "Others can reach "
              + dicomTls.bind().getHostAddress()
              + ", and an AE title proves nothing. Say with --dicom-tls-trust which certificates"
              + " clients have to show, or --insecure if the network is trusted.");
    }
  }

  /** Whether these are the name of an option with a value after it. */
  public static boolean isOption(String argument) {
    return VARIABLES.containsKey(argument);
  }

  /** Reads arguments, which win, and the environment. */
  public static HubOptions parse(List<String> arguments, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    VARIABLES.forEach((option, variable) ->
        Optional.ofNullable(environment.get(variable))
            .filter(value -> !value.isBlank())
            .ifPresent(value -> given.put(option, value)));
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (!isOption(option)) {
        throw new UsageException("Unknown option: " + option);
      }
      if (option.equals(INSECURE)) {
        given.put(option, "true");
      } else if (i + 1 == arguments.size() || arguments.get(i + 1).startsWith("--")) {
        throw new UsageException("The option " + option + " needs a value.");
      } else {
        given.put(option, arguments.get(++i));
      }
    }
    InetAddress bind = address(given.getOrDefault("--bind", "127.0.0.1"));
    requireLogFormat(environment.getOrDefault("HELIOGRAPH_LOG_FORMAT", "text"));
    return new HubOptions(
        new DataFolder(path("--data", given.getOrDefault("--data", "data"))),
        port("--http-port", given, 8080),
        "none".equals(given.get("--dicom-port")) ? NONE : port("--dicom-port", given, 11112),
        port("--hl7-port", given, NONE),
        port("--metrics-port", given, NONE),
        bind,
        truth(given.getOrDefault(INSECURE, "false")),
        database(given.get("--database-url"), environment),
        file("--tls-keystore", given),
        environment.get("HELIOGRAPH_TLS_PASSWORD"),
        blobs(given.getOrDefault("--blobs", StoreRows.FILE), environment),
        origins(given.getOrDefault("--cors-origins", "")),
        dicomTls(given, environment, bind));
  }

  /** Passwords are not shown. */
  @Override
  public String toString() {
    return "HubOptions[" + data.root() + ", " + bind + " " + httpPort + " " + dicomPort + "]";
  }

  /** Where plain DICOM listens: beyond loopback only if that was asked. */
  InetAddress dicomBind() {
    return insecure ? bind : InetAddress.getLoopbackAddress();
  }

  private static @Nullable DatabaseAccess database(
      @Nullable String url, Map<String, String> environment) {
    if (url == null) {
      return null;
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new UsageException("The database URL does not begin with jdbc:postgresql:");
    }
    return new DatabaseAccess(
        url,
        environment.getOrDefault("HELIOGRAPH_DATABASE_USER", "heliograph"),
        environment.getOrDefault("HELIOGRAPH_DATABASE_PASSWORD", ""));
  }

  private static BlobOptions blobs(String location, Map<String, String> environment) {
    try {
      return new BlobOptions(location.replaceAll("/+$", ""), environment);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static String origins(String list) {
    try {
      return String.join(",", CrossOrigin.origins(list));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static DicomTlsOptions dicomTls(
      Map<String, String> given, Map<String, String> environment, InetAddress bind) {
    String address = given.get("--dicom-tls-bind");
    try {
      return new DicomTlsOptions(
          port("--dicom-tls-port", given, NONE),
          address == null ? bind : address(address),
          file("--dicom-tls-certificate", given),
          file("--dicom-tls-key", given),
          environment.getOrDefault("HELIOGRAPH_DICOM_TLS_PASSWORD", ""),
          file("--dicom-tls-trust", given),
          word(DicomTlsOptions.Clients.class, "--dicom-tls-clients", given, "required"),
          word(DicomTlsOptions.HostNames.class, "--dicom-tls-host-names", given, "checked"));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static <E extends Enum<E>> E word(
      Class<E> words, String option, Map<String, String> given, String fallback) {
    String value = given.getOrDefault(option, fallback);
    for (E word : words.getEnumConstants()) {
      if (word.name().toLowerCase(Locale.ROOT).equals(value)) {
        return word;
      }
    }
    throw new UsageException("The value of " + option + " is not one of its words: " + value);
  }

  private static @Nullable Path file(String option, Map<String, String> given) {
    String value = given.get(option);
    return value == null ? null : path(option, value);
  }

  /** The log itself reads the variable, before anything else is begun. */
  private static void requireLogFormat(String format) {
    if (!format.equals("text") && !format.equals("json")) {
      throw new UsageException("HELIOGRAPH_LOG_FORMAT is not text or json: " + format);
    }
  }

  private static boolean truth(String value) {
    return switch (value) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> throw new UsageException("HELIOGRAPH_INSECURE is not true or false: " + value);
    };
  }

  private static int port(String option, Map<String, String> given, int fallback) {
    String value = given.get(option);
    if (value == null) {
      return fallback;
    }
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException("The value of " + option + " is not a port, 0 to 65535: " + value);
  }

  private static Path path(String option, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      // For one, letters that the console's character set (LC_ALL) does not have.
      throw new UsageException("The value of " + option + " cannot be the name of a file.");
    }
  }

  private static InetAddress address(String value) {
    try {
      return InetAddress.getByName(value);
    } catch (UnknownHostException e) {
      throw new UsageException("The value of --bind is not an address of this machine: " + value);
    }
  }
}
