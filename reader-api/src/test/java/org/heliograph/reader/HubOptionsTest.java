package org.heliograph.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.heliograph.reader.postgres.DatabaseAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubOptionsTest {
  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void nothing_said_is_loopback_and_the_usual_ports() {
    HubOptions options = parse();

    assertThat(options.data().root()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(options.httpPort()).isEqualTo(8080);
    assertThat(options.dicomPort()).isEqualTo(11112);
    assertThat(options.bind().isLoopbackAddress()).isTrue();
    assertThat(options.dicomBind().isLoopbackAddress()).isTrue();
    assertThat(options.insecure()).isFalse();
    assertThat(options.database()).isNull();
    assertThat(options.tlsKeystore()).isNull();
  }

  @Test
  void origins_are_exact() {
    assertThat(parse().corsOrigins()).isEmpty();
    assertThat(parse("--cors-origins", "https://a.example, http://localhost:3000").corsOrigins())
        .isEqualTo("https://a.example,http://localhost:3000");
    for (String wrong : List.of("*", "https://*.example.org", "a.example", "https://a.example/")) {
      assertThatThrownBy(() -> parse("--cors-origins", wrong)).isInstanceOf(UsageException.class);
    }
  }

  @Test
  void each_option_is_also_an_environment_variable() {
    HubOptions options =
        HubOptions.parse(
            List.of(),
            Map.of(
                "HELIOGRAPH_DATA", "/srv/heliograph",
                "HELIOGRAPH_HTTP_PORT", "8443",
                "HELIOGRAPH_DICOM_PORT", "104",
                "HELIOGRAPH_BIND", "0.0.0.0",
                "HELIOGRAPH_INSECURE", "true",
                "HELIOGRAPH_TLS_KEYSTORE", "/etc/hub.p12",
                "HELIOGRAPH_TLS_PASSWORD", "of the key store",
                "HELIOGRAPH_DATABASE_URL", "jdbc:postgresql://db/hub",
                "HELIOGRAPH_DATABASE_USER", "hub",
                "HELIOGRAPH_DATABASE_PASSWORD", "of the database"));

    assertThat(options.data().root()).isEqualTo(Path.of("/srv/heliograph"));
    assertThat(options.httpPort()).isEqualTo(8443);
    assertThat(options.dicomPort()).isEqualTo(104);
    assertThat(options.bind().isAnyLocalAddress()).isTrue();
    assertThat(options.insecure()).isTrue();
    assertThat(options.tlsKeystore()).isEqualTo(Path.of("/etc/hub.p12"));
    assertThat(options.tlsPassword()).isEqualTo("of the key store");
    assertThat(options.database())
        .isEqualTo(new DatabaseAccess("jdbc:postgresql://db/hub", "hub", "of the database"));
  }

  @Test
  void an_argument_goes_before_the_environment_and_an_empty_variable_is_none() {
    HubOptions options =
        HubOptions.parse(
            List.of("--http-port", "9000"),
            Map.of("HELIOGRAPH_HTTP_PORT", "8443", "HELIOGRAPH_DICOM_PORT", " "));

    assertThat(options.httpPort()).isEqualTo(9000);
    assertThat(options.dicomPort()).isEqualTo(11112);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
  void an_address_that_others_reach_asks_for_encryption_or_an_explicit_word(String address) {
    assertThatThrownBy(() -> parse("--bind", address))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--insecure")
        .hasMessageContaining("--tls-keystore");
    assertThat(parse("--bind", address, "--insecure").dicomBind().isLoopbackAddress()).isFalse();
    assertThat(
            parse("--bind", address, "--tls-keystore", "hub.p12").dicomBind().isLoopbackAddress())
        .as("DICOM is not encrypted by the web's certificate")
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "::1"})
  void loopback_needs_no_word(String address) {
    assertThat(parse("--bind", address).bind().isLoopbackAddress()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "http", "80 80", "1e3", "99999999999"})
  void what_is_no_port_is_refused_by_name(String value) {
    assertThatThrownBy(() -> parse("--http-port", value))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--http-port")
        .hasMessageContaining(value);
    assertThatThrownBy(() -> HubOptions.parse(List.of(), Map.of("HELIOGRAPH_DICOM_PORT", value)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--dicom-port");
  }

  @Test
  void ports_may_be_left_to_the_system() {
    assertThat(parse("--http-port", "0", "--dicom-port", "0").httpPort()).isZero();
  }

  @Test
  void what_is_not_understood_is_refused() {
    assertThatThrownBy(() -> parse("--port", "80"))
        .isInstanceOf(UsageException.class)
        .hasMessage("Unknown option: --port");
    assertThatThrownBy(() -> parse("--data"))
        .isInstanceOf(UsageException.class)
        .hasMessage("The option --data needs a value.");
    assertThatThrownBy(() -> parse("--data", "--insecure"))
        .isInstanceOf(UsageException.class)
        .hasMessage("The option --data needs a value.");
    assertThatThrownBy(() -> parse("--bind", "no such host.invalid"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--bind");
    assertThatThrownBy(() -> parse("--database-url", "jdbc:mysql://db/hub"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("jdbc:postgresql:");
    assertThatThrownBy(() -> parse("--data", "a\0b"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--data");
    assertThatThrownBy(() -> HubOptions.parse(List.of(), Map.of("HELIOGRAPH_INSECURE", "maybe")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("HELIOGRAPH_INSECURE");
  }

  @Test
  void passwords_are_not_shown() {
    HubOptions options =
        HubOptions.parse(
            List.of("--database-url", "jdbc:postgresql://db/hub"),
            Map.of(
                "HELIOGRAPH_DATABASE_PASSWORD", "secret-one",
                "HELIOGRAPH_TLS_PASSWORD", "secret-two"));

    assertThat(options.toString()).doesNotContain("secret-one").doesNotContain("secret-two");
  }

  private static HubOptions parse(String... arguments) {
    return HubOptions.parse(List.of(arguments), NOTHING);
  }

  @Test
  void dicom_over_tls_needs_a_key_and_beyond_loopback_clients_that_show_one() {
    List<String> port = List.of("--dicom-tls-port", "2762");
    List<String> key =
        List.of(
            "--dicom-tls-port",
            "2762",
            "--dicom-tls-certificate",
            "c.pem",
            "--dicom-tls-key",
            "k.pem");
    assertThatThrownBy(() -> HubOptions.parse(port, Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--dicom-tls-key");
    assertThat(HubOptions.parse(key, Map.of()).dicomTls().port()).isEqualTo(2762);

    List<String> beyond = new java.util.ArrayList<>(key);
    beyond.addAll(List.of("--dicom-tls-bind", "192.0.2.7"));
    assertThatThrownBy(() -> HubOptions.parse(beyond, Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--dicom-tls-trust");
    beyond.addAll(List.of("--dicom-tls-trust", "ca.pem"));
    HubOptions options = HubOptions.parse(beyond, Map.of("HELIOGRAPH_DICOM_PORT", "none"));
    assertThat(options.dicomTls().authenticatesClients()).isTrue();
    assertThat(options.dicomPort()).isEqualTo(-1);
    beyond.addAll(List.of("--dicom-tls-clients", "optional"));
    assertThatThrownBy(() -> HubOptions.parse(beyond, Map.of())).isInstanceOf(UsageException.class);
    assertThatThrownBy(
            () -> HubOptions.parse(key, Map.of("HELIOGRAPH_DICOM_TLS_HOST_NAMES", "maybe")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--dicom-tls-host-names");
  }
}
