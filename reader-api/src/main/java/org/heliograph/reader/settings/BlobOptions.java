package org.heliograph.reader.settings;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.heliograph.archive.blob.move.StoreRows;
import org.heliograph.archive.blob.s3.S3Credentials;
import org.heliograph.archive.blob.s3.S3Encryption;
import org.heliograph.archive.blob.s3.S3Limits;
import org.heliograph.archive.blob.s3.S3Settings;
import org.heliograph.archive.blob.s3.S3Settings.Addressing;

/**
 * Where stored instances go, as the operator said it: {@code file}, the folder below the hub's
 * data, or {@code s3://bucket[/prefix]}. How an S3 store is reached comes from the environment.
 */
public record BlobOptions(String location, Map<String, String> environment) {
  private static final String ENDPOINT = "HELIOGRAPH_S3_ENDPOINT";
  private static final String REGION = "HELIOGRAPH_S3_REGION";
  private static final String ADDRESSING = "HELIOGRAPH_S3_ADDRESSING";
  private static final String ENCRYPTION = "HELIOGRAPH_S3_ENCRYPTION";
  private static final String CREDENTIALS_FILE = "HELIOGRAPH_S3_CREDENTIALS_FILE";
  private static final String ACCESS_KEY = "HELIOGRAPH_S3_ACCESS_KEY";
  private static final String SECRET_KEY = "HELIOGRAPH_S3_SECRET_KEY";
  private static final String SESSION_TOKEN = "HELIOGRAPH_S3_SESSION_TOKEN";
  private static final String CALL_SECONDS = "HELIOGRAPH_S3_CALL_SECONDS";
  private static final String RETRY_SECONDS = "HELIOGRAPH_S3_RETRY_SECONDS";
  private static final String SCHEME = "s3://";
  private static final String KMS = "kms:";

  public BlobOptions {
    environment = Map.copyOf(environment);
    if (!location.equals(StoreRows.FILE) && !location.startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          "The value of --blobs is neither file nor s3://bucket[/prefix]: " + location);
    }
  }

  /** The folder below the data. */
  public static BlobOptions files() {
    return new BlobOptions(StoreRows.FILE, Map.of());
  }

  public static boolean isFile(String location) {
    return location.equals(StoreRows.FILE);
  }

  /** The location that is not {@code file}, with how it is reached. */
  public S3Settings s3(String place) {
    String path = place.substring(SCHEME.length());
    int slash = path.indexOf('/');
    String region = environment.getOrDefault(REGION, "us-east-1");
    return new S3Settings(
        endpoint(region),
        slash < 0 ? path : path.substring(0, slash),
        slash < 0 ? "" : path.substring(slash + 1).replaceAll("/+$", ""),
        region,
        addressing(),
        encryption(),
        credentials(),
        limits());
  }

  private S3Limits limits() {
    S3Limits usual = S3Limits.defaults();
    return new S3Limits(
        usual.connect(),
        usual.silence(),
        seconds(CALL_SECONDS, usual.call()),
        seconds(RETRY_SECONDS, usual.retryFor()),
        usual.requests(),
        usual.multipartFromBytes(),
        usual.partBytes());
  }

  private Duration seconds(String variable, Duration usual) {
    String told = environment.getOrDefault(variable, "");
    if (told.isBlank()) {
      return usual;
    }
    if (!told.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(variable + " is not a number of seconds: " + told);
    }
    return Duration.ofSeconds(Integer.parseInt(told));
  }

  private URI endpoint(String region) {
    String told = environment.getOrDefault(ENDPOINT, "");
    try {
      return URI.create(told.isBlank() ? "https://s3." + region + ".amazonaws.com" : told.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(ENDPOINT + " is not an address: " + told, e);
    }
  }

  private Addressing addressing() {
    String told = environment.getOrDefault(ADDRESSING, "automatic");
    return switch (told) {
      case "automatic" -> Addressing.AUTOMATIC;
      case "path" -> Addressing.PATH;
      case "virtual-host" -> Addressing.VIRTUAL_HOST;
      default ->
          throw new IllegalArgumentException(
              ADDRESSING + " is not automatic, path or virtual-host: " + told);
    };
  }

  private S3Encryption encryption() {
    String told = environment.getOrDefault(ENCRYPTION, "none");
    if (told.startsWith(KMS)) {
      return new S3Encryption.KmsKey(told.substring(KMS.length()));
    }
    return switch (told) {
      case "none" -> new S3Encryption.Unasked();
      case "s3" -> new S3Encryption.StoreKeys();
      default ->
          throw new IllegalArgumentException(
              ENCRYPTION + " is not none, s3 or kms:KEY-ID: " + told);
    };
  }

  private S3Credentials credentials() {
    String file = environment.getOrDefault(CREDENTIALS_FILE, "");
    Map<String, String> given = file.isBlank() ? environment : read(Path.of(file));
    String access = first(given, ACCESS_KEY, "AWS_ACCESS_KEY_ID");
    String secret = first(given, SECRET_KEY, "AWS_SECRET_ACCESS_KEY");
    String token = first(given, SESSION_TOKEN, "AWS_SESSION_TOKEN");
    if (access.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException(
          "No credentials for S3: set "
              + ACCESS_KEY
              + " and "
              + SECRET_KEY
              + ", or "
              + CREDENTIALS_FILE
              + ".");
    }
    return new S3Credentials(access, secret, token.isEmpty() ? null : token);
  }

  private static String first(Map<String, String> given, String ours, String common) {
    String value = given.getOrDefault(ours, "");
    return value.isBlank() ? given.getOrDefault(common, "").strip() : value.strip();
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("The file of " + CREDENTIALS_FILE + " cannot be read.", e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  /** The environment may hold secrets. */
  @Override
  public String toString() {
    return "BlobOptions[" + location + "]";
  }
}
