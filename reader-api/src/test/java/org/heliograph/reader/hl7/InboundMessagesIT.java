package org.heliograph.reader.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the hub answers to senders of orders, and keeps of what they send. */
@HubTest
class InboundMessagesIT {
  @Autowired private Environment environment;
  @Autowired private Sites sites;
  @Autowired private Hl7Sources sources;
  @Autowired private DeadLetters letters;
  @Autowired private InboundMessages messages;
  @Autowired private JdbcClient sql;
  private UUID site = new UUID(0, 0);

  @BeforeEach
  void a_site_with_a_sender() {
    site = TestPeople.site(sites, "INBOUND").id();
    sources.add(site, "INRIS", Hl7Sources.ANY_FACILITY, "");
  }

  @Test
  void a_message_that_comes_again_is_answered_and_not_applied_again() {
    var order = new OrderMessages("INRIS");
    String placed = order.orm("NW");
    assertThat(send(placed)).contains("MSA|AA|");
    assertThat(send(order.cancel())).contains("MSA|AA|");
    assertThat(send(placed)).contains("MSA|AA|");

    assertThat(states(order)).containsExactly("CANCELLED");
    assertThat(send(order.orm("XO"))).contains("MSA|AE|", "TR-0462");
    assertThat(send(order.orm("NW"))).contains("MSA|AA|");
    assertThat(states(order)).containsExactly("SCHEDULED");
  }

  @Test
  void an_order_keeps_its_study_over_changes_and_drops_steps_that_are_no_longer_named() {
    var order = new OrderMessages("INRIS");
    String ipc = order.omi("NW");
    String last = ipc.substring(ipc.lastIndexOf("IPC|"));
    assertThat(send(ipc + last.replace("SPS1", "SPS2"))).contains("MSA|AA|");
    String study = study(order);
    assertThat(states(order)).containsExactly("SCHEDULED", "SCHEDULED");

    assertThat(send(order.omi("XO"))).contains("MSA|AA|");
    assertThat(study(order)).isEqualTo(study);
    assertThat(states(order)).containsExactly("CANCELLED", "SCHEDULED");
  }

  @Test
  void two_messages_for_one_order_at_the_same_time_make_one_order() throws Exception {
    for (int round = 0; round < 5; round++) {
      var order = new OrderMessages("INRIS");
      List<Callable<String>> both = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String message = i % 2 == 0 ? order.orm("NW") : order.omi("NW");
        both.add(() -> send(message));
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<String> answer : threads.invokeAll(both)) {
          assertThat(answer.get()).contains("MSA|AA|");
        }
      }
      assertThat(
              sql.sql(
                      """
                      select count(*) from reading.imaging_order
                      where site_id = ? and placer_order_number = ?
                      """)
                  .params(site, order.placer + "^RIS")
                  .query(Integer.class)
                  .single())
          .isEqualTo(1);
      assertThat(states(order)).containsExactly("SCHEDULED");
    }
  }

  @Test
  void a_sender_of_no_site_waits_among_the_dead_letters_until_it_is_registered() {
    String application = "NEW" + UUID.randomUUID().toString().substring(0, 8);
    var order = new OrderMessages(application);
    String placed = order.orm("NW");
    assertThat(send(placed)).contains("MSA|AR|", "ERR||MSH^1^3|204^", "TR-0456");
    assertThat(send(placed)).contains("MSA|AR|");

    DeadLetter letter = last("TR-0456");
    assertThat(letter.attempts()).isEqualTo(2);
    assertThat(letters.message(letter.id())).isEqualTo(placed.getBytes(StandardCharsets.UTF_8));
    assertThat(messages.retry(letter.id())).contains(ProblemCode.HL7_SENDER_UNKNOWN);
    sources.add(site, application, "EAST", "");
    assertThat(messages.retry(letter.id())).isEmpty();

    assertThat(states(order)).containsExactly("SCHEDULED");
    assertThatThrownBy(() -> letters.message(letter.id())).isInstanceOf(ProblemException.class);
    assertThat(
            sql.sql(
                    "select state || coalesce(message::text, '') from reading.hl7_dead_letter where"
                        + " id = ?")
                .param(letter.id())
                .query(String.class)
                .single())
        .isEqualTo("APPLIED");
  }

  @Test
  void what_cannot_be_applied_is_kept_whole_until_it_is_dropped() {
    var order = new OrderMessages("INRIS");
    assertThat(send(order.cancel())).contains("MSA|AE|", "|204^", "TR-0461");
    DeadLetter unknown = last("TR-0461");
    letters.drop(unknown.id());
    assertThatThrownBy(() -> letters.drop(unknown.id())).isInstanceOf(ProblemException.class);

    assertThat(send("MSH|^~\\&|INRIS|X|H|H|20260304||ORU^R01|7|P|2.5\r"))
        .contains("MSA|AR|7", "200^Unsupported message type");
    assertThat(send("no message at all")).contains("MSA|AR|", "TR-0450");
    letters.drop(last("TR-0455").id());
    letters.drop(last("TR-0450").id());
  }

  @Test
  void an_application_belongs_to_one_site() {
    UUID other = TestPeople.site(sites, "INOTHER").id();
    assertThatThrownBy(() -> sources.add(other, "INRIS", Hl7Sources.ANY_FACILITY, ""))
        .isInstanceOf(ProblemException.class);
  }

  /** Each frame is answered or the connection closed, and an order gets through afterwards. */
  @Test
  void five_hundred_damaged_frames_change_nothing() throws IOException {
    var random = new Random(20260304);
    byte[] sound = new OrderMessages("FUZZ").orm("NW").getBytes(StandardCharsets.UTF_8);
    long before = orders();
    for (int i = 0; i < 500; i++) {
      try (var client = MllpClient.to(port())) {
        client.raw(framed(damaged(sound, random), random));
      } catch (IOException _) {
        // closed: as good an answer to a frame that is none
      }
    }
    assertThat(orders()).isEqualTo(before);
    var order = new OrderMessages("INRIS");
    assertThat(send(order.orm("NW"))).contains("MSA|AA|");
    assertThat(states(order)).containsExactly("SCHEDULED");
    sql.sql("delete from reading.hl7_dead_letter where source_id is null").update();
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    int changes = 1 + random.nextInt(12);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "|^~\\&\r\u000b\u001c".charAt(random.nextInt(8));
        case 2 -> bytes = java.util.Arrays.copyOf(bytes, 1 + at);
        default -> {
          byte[] longer = java.util.Arrays.copyOf(bytes, Math.min(4_000, bytes.length * 2));
          System.arraycopy(bytes, 0, longer, longer.length - bytes.length, bytes.length);
          bytes = longer;
        }
      }
    }
    return bytes;
  }

  /** A frame, and after it an end for those whose own was eaten. */
  private static byte[] framed(byte[] content, Random random) {
    byte[] frame = new byte[content.length + 5];
    frame[0] = (byte) (random.nextInt(20) == 0 ? 'x' : 0x0b);
    System.arraycopy(content, 0, frame, 1, content.length);
    frame[content.length + 1] = 0x1c;
    frame[content.length + 2] = 0x0d;
    frame[content.length + 3] = 0x1c;
    frame[content.length + 4] = 0x0d;
    return frame;
  }

  private DeadLetter last(String code) {
    return letters.open().stream()
        .filter(letter -> letter.reasonCode().equals(code))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private long orders() {
    return sql.sql("select count(*) from reading.imaging_order").query(Long.class).single();
  }

  private List<String> states(OrderMessages order) {
    return sql.sql(
            """
            select s.state from reading.scheduled_step s
            join reading.imaging_order o on o.id = s.order_id
            where o.site_id = ? and o.placer_order_number = ? order by s.state
            """)
        .params(site, order.placer + "^RIS")
        .query((row, n) -> Objects.requireNonNull(row.getString(1)))
        .list();
  }

  private String study(OrderMessages order) {
    return sql.sql(
            "select study_instance_uid from reading.imaging_order where placer_order_number = ?")
        .param(order.placer + "^RIS")
        .query((row, n) -> Objects.requireNonNull(row.getString(1)))
        .single();
  }

  private String send(String message) {
    return MllpClient.send(port(), message);
  }

  private int port() {
    return Integer.parseInt(Objects.requireNonNull(environment.getProperty("local.hl7.port")));
  }
}
