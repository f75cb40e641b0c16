package org.heliograph.reader.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.heliograph.reader.orders.OrderedProcedure;
import org.heliograph.reader.orders.OrderedStep;
import org.heliograph.reader.orders.Orders.Placing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderReaderTest {
  private static final Path SAMPLES = Path.of("../../shared/data/hl7v2");
  private final OrderReader reader = new OrderReader();
  private final OrderMessages message = new OrderMessages("RIS");

  @Test
  void an_orm_says_what_is_to_be_done_by_obr_and_zds() throws Exception {
    message.study = "1.2.3.4";
    var place = place(message.orm("NW"));
    OrderedProcedure order = place.order();

    assertThat(place.placing()).isEqualTo(Placing.NEW);
    assertThat(order.numbers().placer()).isEqualTo(message.placer + "^RIS");
    assertThat(order.accessionNumber()).isEqualTo(message.accession);
    assertThat(order.studyInstanceUid()).isEqualTo("1.2.3.4");
    assertThat(order.requestedProcedureId()).isEqualTo("RP1");
    assertThat(order.code().value()).isEqualTo("36643-5");
    assertThat(order.question()).isEqualTo("Rule out pneumonia");
    assertThat(order.history()).isEqualTo("Cough for 3 weeks");
    assertThat(order.visit().referringPhysician()).isEqualTo("Mwangi^Grace^^Dr.");
    assertThat(order.patient().issuer()).isEqualTo("CLINIC");
    OrderedStep step = order.steps().getFirst();
    assertThat(step.stepId()).isEqualTo("SPS1");
    assertThat(step.modalities()).containsExactly("DX");
    assertThat(step.start()).isEqualTo(LocalDateTime.of(2026, 3, 4, 10, 15));
  }

  @Test
  void an_omi_says_it_by_ipc_and_tq1() throws Exception {
    message.station = "BUCKY_AE";
    OrderedProcedure order = place(message.omi("XO")).order();

    assertThat(order.priority()).isEqualTo("STAT");
    assertThat(order.studyInstanceUid()).isNull();
    OrderedStep step = order.steps().getFirst();
    assertThat(step.stations()).containsExactly("BUCKY_AE");
    assertThat(step.stationName()).isEqualTo("BUCKY1");
    assertThat(step.protocol().meaning()).isEqualTo("Chest PA and lateral");
    assertThat(step.start()).isEqualTo(LocalDateTime.of(2026, 3, 4, 10, 15));
  }

  @Test
  void cancelling_needs_the_number_alone() throws Exception {
    assertThat(read(message.cancel()).actions())
        .singleElement()
        .isEqualTo(
            new OrderMessage.Cancel(
                new OrderedProcedure.OrderNumbers(message.placer + "^RIS", "")));
  }

  @Test
  void each_orc_is_an_order_of_its_own() throws Exception {
    String two =
        message.orm("NW") + new OrderMessages("RIS").orm("NW").replaceAll("(?s)^.*?ORC", "ORC");
    assertThat(read(two).actions()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'|DX|', '||', FIELD_MISSING, OBR-24",
    "'|DX|', '|x-ray|', FIELD_INVALID, OBR-24",
    "'20260304101500', '20261304', FIELD_INVALID, OBR-27",
    "'ORC|NW', 'ORC|', FIELD_MISSING, ORC-1",
    "'ORC|NW', 'ORC|ZZ', ORDER_CONTROL, ORC-1",
    "'Kamau^Wanjiru', '', FIELD_MISSING, PID-5",
    "'|19800229|', '|19801329|', FIELD_INVALID, PID-7",
    "'ORM^O01', 'ORU^R01', MESSAGE_TYPE, MSH-9",
    "'ORM^O01', 'ADT^A40', MESSAGE_TYPE, MSH-9",
    "'|2.5|', '|3|', VERSION, MSH-12",
    "'^~\\&', '#!$%', DELIMITERS, MSH-2",
    "'UNICODE UTF-8', 'UNICODE UTF-16', CHARACTER_SET, MSH-18",
    "'UNICODE UTF-8', 'KLINGON', CHARACTER_SET, MSH-18",
  })
  void what_an_order_cannot_be_is_refused_with_its_place(
      String from, String to, Refusal refusal, String place) {
    String broken = message.orm("NW").replace(from, to);
    assertThatThrownBy(() -> read(broken))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal()).isEqualTo(refusal);
              assertThat(e.place()).isEqualTo(place);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "8859/1, ISO-8859-1, Nuñez^José",
    "8859/5, ISO-8859-5, Иванов^Иван",
    "8859/15, ISO-8859-15, Šimůnek^Jiří",
    "GB 18030-2000, GB18030, 王^小东",
    "KS X 1001, EUC-KR, 김^희중",
    "BIG-5, Big5, 王^小東",
    "~ISO IR87, ISO-2022-JP, 山田^太郎",
    "UNICODE UTF-8, UTF-8, 山田^太郎",
    "'', UTF-8, Nuñez^José",
  })
  void a_name_is_read_in_the_character_set_of_msh_18(String term, String charset, String name)
      throws Exception {
    if (term.equals("8859/15")) {
      name = "Šimunek^Jiri"; // Latin-9 has no ů
    }
    message.name = name;
    message.characterSet = term;
    byte[] bytes = message.orm("NW").getBytes(Charset.forName(charset));
    MessageHeader header = MessageHeader.of(bytes);
    var place =
        (OrderMessage.Place)
            reader.read(MessageText.of(bytes, header), header, "").actions().getFirst();

    assertThat(place.order().patient().name().value()).isEqualTo(name);
  }

  @Test
  void bytes_of_another_character_set_are_refused() {
    message.name = "Nuñez^José";
    byte[] bytes = message.orm("NW").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> MessageText.of(bytes, MessageHeader.of(bytes)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void what_is_out_of_proportion_is_refused_before_it_is_parsed() {
    for (String filler : List.of("~", "|", "^", "&", "\r")) {
      String large = message.orm("NW") + "NTE|1||" + filler.repeat(200_000);
      assertThatThrownBy(() -> read(large))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.TOO_COMPLEX));
    }
  }

  @Test
  void every_sample_is_read_or_refused_for_its_type() throws IOException {
    assumeTrue(Files.isDirectory(SAMPLES), "no samples beside the repository");
    try (Stream<Path> files = Files.list(SAMPLES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".hl7")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        MessageHeader header = MessageHeader.of(bytes);
        try {
          var actions = reader.read(MessageText.of(bytes, header), header, "").actions();
          assertThat(header.messageType()).startsWith("OMI^O23");
          assertThat(actions)
              .singleElement()
              .isInstanceOfSatisfying(
                  OrderMessage.Place.class,
                  place -> {
                    assertThat(place.order().accessionNumber()).isEqualTo("AccessionNumber");
                    assertThat(place.order().studyInstanceUid())
                        .isEqualTo("1.2.392.200036.9125.0.198811291108.7");
                    assertThat(place.order().visit().weight()).isEqualTo("65");
                    assertThat(place.order().steps().getFirst().modalities()).containsExactly("CT");
                  });
        } catch (RefusedException e) {
          assertThat(e.refusal()).isEqualTo(Refusal.MESSAGE_TYPE);
          assertThat(header.messageType()).isIn("ADT^A40^ADT_A39", "ORU^R01^ORU_R01");
        }
      }
    }
  }

  @Test
  void an_answer_repeats_nothing_that_could_end_its_frame() {
    var header =
        MessageHeader.of(
            "MSH|^~\\&|A\u001c|B\u000b|||||ORM^O01|C\u001c\n|P|2.5\r"
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(Acknowledgement.accepted(header, java.time.Instant.EPOCH))
        .doesNotContain("\u001c", "\u000b", "\n")
        .contains("MSA|AA|C\r");
  }

  private OrderMessage.Place place(String text) throws RefusedException {
    return (OrderMessage.Place) read(text).actions().getFirst();
  }

  private OrderMessage read(String text) throws RefusedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MessageHeader header = MessageHeader.of(bytes);
    return reader.read(MessageText.of(bytes, header), header, "");
  }
}
