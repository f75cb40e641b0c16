package org.heliograph.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.node.forward.BandwidthPlan;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.storage.CallerPolicy;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {
  private static final Path BESIDE = Path.of("/srv/gateway");

  private static GatewaySettings parse(String text) throws SettingsException {
    return GatewaySettings.parse(text, "gateway.properties", BESIDE);
  }

  private static List<String> problems(String text) {
    SettingsException e = catchThrowableOfType(SettingsException.class, () -> parse(text));
    return e == null ? List.of() : e.problems();
  }

  @Test
  void what_is_not_said_is_closed() throws Exception {
    GatewaySettings settings = parse("");
    assertThat(settings.dicom().bind().isLoopbackAddress()).isTrue();
    assertThat(settings.status().bind().isLoopbackAddress()).isTrue();
    assertThat(settings.status().pin()).isNull();
    assertThat(settings.spool().folder()).isEqualTo(BESIDE.resolve("spool"));
    CallerPolicy callers = new AllowedCallers(settings.dicom().callers());
    assertThat(admit(callers, "ANY", "127.0.0.1")).isTrue();
    assertThat(admit(callers, "ANY", "192.168.1.20")).isFalse();
  }

  @Test
  void the_file_that_init_writes_is_the_usual_settings() throws Exception {
    try (var in = GatewaySettings.class.getResourceAsStream("gateway.properties")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(parse(text)).isEqualTo(parse(""));
    }
  }

  @Test
  void callers_are_bound_to_networks_and_have_an_urgency() throws Exception {
    GatewaySettings settings =
        parse(
            """
            dicom.bind = 0.0.0.0
            dicom.caller.ct = CT EMERGENCY from 192.168.1.0/28, 2001:db8::/32 emergency
            dicom.caller.rest = * from 10.0.0.7
            """);
    AllowedCallers callers = new AllowedCallers(settings.dicom().callers());
    assertThat(admit(callers, "CT EMERGENCY", "192.168.1.15")).isTrue();
    assertThat(admit(callers, "CT EMERGENCY", "2001:db8::17")).isTrue();
    assertThat(admit(callers, "CT EMERGENCY", "192.168.1.16")).isFalse();
    assertThat(admit(callers, "OTHER", "192.168.1.15")).isFalse();
    assertThat(admit(callers, "OTHER", "10.0.0.7")).isTrue();
    assertThat(callers.urgencyOf("CT EMERGENCY")).isEqualTo(Urgency.EMERGENCY);
    assertThat(callers.urgencyOf("OTHER")).isEqualTo(Urgency.ROUTINE);
  }

  private static boolean admit(CallerPolicy callers, String title, String address) {
    return callers.admit(new AeTitle(title), new AeTitle("US"), InetAddress.ofLiteral(address))
        instanceof CallerPolicy.Admitted;
  }

  @Test
  void every_mistake_is_told_with_its_line_and_what_to_write() {
    assertThat(
            problems(
                """
                # remark
                dicom.port = 99999
                dicom.prot = 1
                nonsense
                spool.reserve = much
                dicom.port = 2
                link.cap = Mo 200
                hub.links = http://hub.example.org
                status.bind = gateway.local
                status.pin = 1234
                dicom.tls.key = k.pem
                reports.pacs = PACS
                """))
        .containsExactly(
            "gateway.properties, line 2: dicom.port: Write a number from 0 to 65535.",
            "gateway.properties, line 3: dicom.prot: There is no such setting. There are:"
                + " dicom.ae-title, dicom.bind, dicom.port, dicom.max-associations,"
                + " dicom.caller.NAME, dicom.tls.certificate, dicom.tls.key, dicom.tls.trust,"
                + " dicom.commitment, dicom.commitment-to.NAME.",
            "gateway.properties, line 4: This is no line of the form name = value. Put # before"
                + " remarks.",
            "gateway.properties, line 5: spool.reserve: This is no size. Write it like 500 MB or 20"
                + " GB.",
            "gateway.properties, line 6: dicom.port is given twice, first in line 2. Remove one.",
            "gateway.properties, line 7: link.cap: Write days, hours and how much, the first that"
                + " fits counts, such as: Mo-Fr 07:00-18:00 200 kbit/s; Sa,Su free; 64 kbit/s",
            "gateway.properties, line 8: hub.links: The hub's address begins with https:// and"
                + " names a computer, such as https://hub.example.org",
            "gateway.properties, line 9: status.bind: Write an address of this computer such as"
                + " 192.168.1.5, or 0.0.0.0 for all of them.",
            "gateway.properties, line 10: status.pin: This is no PIN's hash. Make the line with:"
                + " heliograph gateway pin",
            "gateway.properties, line 11: dicom.tls.key: dicom.tls.certificate and dicom.tls.key"
                + " go together.",
            "gateway.properties, line 12: reports.pacs: Write AE title, address and port like"
                + " PACS@192.168.1.9:104, or PACS@tls:192.168.1.9:2762 with TLS.");
  }

  @Test
  void others_reach_dicom_only_with_a_list() {
    assertThat(problems("dicom.bind = 0.0.0.0"))
        .singleElement()
        .asString()
        .contains("line 1", "no line says who may send", "dicom.caller.xray");
    assertThat(problems("dicom.bind = 0.0.0.0\ndicom.caller.a = XRAY1")).hasSize(1);
    assertThat(problems("dicom.bind = 0.0.0.0\ndicom.caller.a = XRAY1 from 10.0.0.1")).isEmpty();
    assertThat(problems("dicom.caller.a = XRAY1 from xray.local")).hasSize(1);
  }

  @Test
  void folders_of_windows_are_written_as_they_are() throws Exception {
    GatewaySettings settings = parse("\uFEFFfolder = C:\\ProgramData\\Heliograph\r\nclinic = Łódź");
    assertThat(settings.folder().toString()).endsWith("C:\\ProgramData\\Heliograph");
    assertThat(settings.clinic()).isEqualTo("Łódź");
  }

  @Test
  void the_cap_follows_weekday_and_hour() throws Exception {
    BandwidthPlan plan =
        parse(
                "link.cap = Mo-Fr 07:00-18:00 200 kbit/s; Sa,Su free; Fr-Mo 22:00-06:00 none; 64"
                    + " kbit/s")
            .cap();
    List<Double> rates = new ArrayList<>();
    // Wednesday noon, Wednesday night, Saturday, Friday 23 h.
    for (String time :
        List.of("2026-11-25T12:00", "2026-11-25T20:00", "2026-11-21T12:00", "2026-11-27T23:00")) {
      Instant at = LocalDateTime.parse(time).atZone(ZoneId.systemDefault()).toInstant();
      rates.add(plan.bytesPerSecond(at));
    }
    assertThat(rates).containsExactly(25_000.0, 8_000.0, (double) Long.MAX_VALUE, 0.0);
    assertThat(plan.emergencyExempt()).isTrue();
    assertThat(parse("link.cap = 1 Mbit/s\nlink.cap-emergencies = yes").cap().emergencyExempt())
        .isFalse();
  }

  @Test
  void an_enrolment_code_is_read_whole_or_not_at_all() {
    String json = "{\"u\":[\"https://hub.example.org\"],\"c\":\"s3cret\",\"p\":\"\"}";
    String code =
        "hge1."
            + java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    EnrolmentCode parsed =
        EnrolmentCode.parse(" " + code.substring(0, 20) + "\n " + code.substring(20));
    assertThat(parsed.secret()).isEqualTo("s3cret");
    assertThat(parsed.toString()).doesNotContain("s3cret");
    for (String bad :
        List.of("", "hge1.", code.substring(0, 40), "hge2" + code.substring(4), code + "!")) {
      assertThatThrownBy(() -> EnrolmentCode.parse(bad))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("hge1.");
    }
  }
}
