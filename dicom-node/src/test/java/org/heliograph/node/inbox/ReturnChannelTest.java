package org.heliograph.node.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.lan.FakeClock;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.Messages;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.work.Deadline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

@SuppressWarnings("NullAway.Init")
class ReturnChannelTest {
  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final StandInHub hub = new StandInHub();
  private final List<HubMessage> parcelNews = new ArrayList<>();
  private final List<String> versions = new ArrayList<>();
  private final MemoryCursor cursor = new MemoryCursor();
  private ParcelNews forwarder = parcelNews::add;
  private CaseBoard board;
  private Inbox inbox;

  private static final class MemoryCursor implements Cursor {
    private volatile long last;

    @Override
    public long last() {
      return last;
    }

    @Override
    public void advance(long sequence) {
      last = sequence;
    }
  }

  @BeforeEach
  void open() throws IOException {
    board = CaseBoard.open(folder, DurableFiles.SYSTEM, clock);
    inbox =
        Inbox.open(
            folder, DurableFiles.SYSTEM, clock, InboxSettings.defaults(new AeTitle("GATEWAY")));
  }

  @AfterEach
  void close() throws IOException {
    board.close();
    inbox.close();
  }

  @Test
  void messages_are_applied_in_order_and_acknowledged_with_the_next_question() throws Exception {
    hub.outbox.add(wanted(3));
    hub.outbox.add(wanted(1));
    hub.outbox.add(news(2, "WAITING", null));
    hub.outbox.add(wanted(3));
    var channel = channel(hub);

    channel.poll();
    channel.poll();

    assertThat(parcelNews).extracting(HubMessage::sequence).containsExactly(1L, 3L);
    assertThat(board.cases()).extracting(HubMessage::sequence).containsExactly(2L);
    assertThat(hub.acknowledged).containsExactly(0L, 3L);
    assertThat(versions).containsExactly("w1", "c1", "w1", "c1");
    assertThat(channel.state().lastContact()).isEqualTo(clock.instant());
  }

  @Test
  void a_message_is_not_acknowledged_before_its_effect_is_durable() throws Exception {
    hub.outbox.addAll(List.of(wanted(1), wanted(2), wanted(3)));
    forwarder =
        message -> {
          if (message.sequence() == 2 && parcelNews.size() < 3) {
            parcelNews.add(message);
            throw new IOException("disk full");
          }
          parcelNews.add(message);
        };
    var channel = channel(hub);

    assertThatThrownBy(channel::poll).isInstanceOf(IOException.class);
    assertThat(cursor.last()).isEqualTo(1);
    assertThat(channel.state().code()).isEqualTo("GW-MESSAGE-NOT-APPLIED");
    assertThatThrownBy(channel::poll).isInstanceOf(IOException.class);
    channel.poll();

    assertThat(cursor.last()).isEqualTo(3);
    assertThat(parcelNews).extracting(HubMessage::sequence).containsExactly(1L, 2L, 2L, 2L, 3L);
  }

  @Test
  void a_message_that_makes_no_sense_does_not_keep_the_others() throws Exception {
    hub.outbox.addAll(List.of(wanted(1), new HubMessage.Unknown(2), wanted(3), wanted(4)));
    forwarder =
        message -> {
          if (message.sequence() == 3) {
            throw new IllegalStateException("poison");
          }
          parcelNews.add(message);
        };
    var channel = channel(hub);

    for (int attempt = 0; attempt < 4; attempt++) {
      assertThatThrownBy(channel::poll).isInstanceOf(IllegalStateException.class);
    }
    channel.poll();

    assertThat(cursor.last()).isEqualTo(4);
    assertThat(parcelNews).extracting(HubMessage::sequence).containsExactly(1L, 4L);
    assertThat(channel.state().setAside()).isEqualTo(1);
  }

  @Test
  void a_dead_connection_is_noticed_and_the_next_wait_is_answered() throws Exception {
    var dead = new CountDownLatch(1);
    var asked = new ArrayList<Duration>();
    var channel =
        channel(
            new StandInHub() {
              @Override
              public synchronized Messages after(long after, Duration wait)
                  throws IOException, InterruptedException {
                asked.add(wait);
                if (asked.size() == 1) {
                  dead.await();
                }
                return super.after(after, wait);
              }
            },
            Duration.ofSeconds(-49));

    assertThatThrownBy(channel::poll).isInstanceOf(Deadline.Exceeded.class);
    assertThat(channel.state().failures()).isEqualTo(1);
    assertThat(channel.state().code()).isEqualTo("GW-HUB-UNREACHABLE");
    channel.poll();

    assertThat(channel.state().failures()).isZero();
  }

  @Test
  void it_goes_on_by_itself_when_the_hub_comes_back() throws Exception {
    hub.away = true;
    try (var channel = channel(hub)) {
      channel.start();
      await().until(() -> channel.state().failures() > 0);
      hub.outbox.add(wanted(1));
      hub.away = false;
      channel.wake();

      await().atMost(Duration.ofSeconds(20)).until(() -> cursor.last() == 1);
    }
  }

  @Test
  void messages_of_a_later_hub_are_passed_over() {
    var messages =
        JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readValue(
                """
                {"messages": [
                  {"kind": "somethingNew", "sequence": 7, "more": {"x": [1]}},
                  {"kind": "partWanted", "sequence": 8, "part": 2, "code": "X", "later": true,
                   "parcel": "00000000-0000-0000-0000-000000000001"}],
                 "hubTime": "2026-11-21T08:00:00Z", "worklistVersion": "1",
                 "configurationVersion": "1"}
                """,
                Messages.class);

    assertThat(messages.messages())
        .containsExactly(
            new HubMessage.Unknown(7), new HubMessage.PartWanted(8, new UUID(0, 1), 2, "X"));
  }

  @Test
  void a_question_stands_out_until_it_is_answered() throws Exception {
    var asking = news(5, "NEEDS_INFO", "Please send a lateral view.");
    board.take(asking);
    board.take(news(6, "WAITING", null));
    board.take(news(7, "CLAIMED", ""));
    board.take(sameCase(asking, 4, null));
    assertThat(board.cases()).extracting(HubMessage::sequence).containsExactly(5L, 7L, 6L);
    assertThat(board.asking()).isEqualTo(1);
    board.close();
    board = CaseBoard.open(folder, DurableFiles.SYSTEM, clock);
    assertThat(board.cases().getFirst()).isEqualTo(asking);

    board.take(sameCase(asking, 8, null));

    assertThat(board.asking()).isZero();
    assertThat(board.ofStudy("2.25.5")).extracting(HubMessage::sequence).containsExactly(8L);
    assertThat(board.find(asking.caseId())).isPresent();
  }

  @Test
  void old_cases_are_forgotten() throws Exception {
    board.take(news(1, "FINAL", null));
    clock.advance(Duration.ofDays(91));
    board.take(news(2, "WAITING", null));

    assertThat(board.cases()).extracting(HubMessage::sequence).containsExactly(2L);
  }

  @Test
  void a_repeated_announcement_is_one_report() throws Exception {
    var ready = hub.tell(Map.of("text", new byte[] {65}));
    var channel = channel(hub);
    channel.poll();
    cursor.advance(0);
    channel.poll();

    assertThat(inbox.reports())
        .singleElement()
        .satisfies(each -> assertThat(each.told()).isEqualTo(ready));
  }

  private ReturnChannel channel(HubMessages from) {
    return channel(from, Duration.ofSeconds(20));
  }

  private ReturnChannel channel(HubMessages from, Duration timeToAnswer) {
    Consumer<String> version = versions::add;
    return new ReturnChannel(
        from,
        cursor,
        new ReturnChannel.Receivers(
            message -> forwarder.take(message), board, inbox, version, version),
        clock,
        timeToAnswer);
  }

  private static HubMessage wanted(long sequence) {
    return new HubMessage.PartWanted(sequence, new UUID(0, sequence), 1, "X");
  }

  private HubMessage.CaseNews news(long sequence, String state, @Nullable String question) {
    return new HubMessage.CaseNews(
        sequence,
        new UUID(1, sequence),
        "HG-" + sequence,
        List.of("2.25." + sequence),
        state,
        Urgency.ROUTINE,
        question,
        at(sequence));
  }

  private HubMessage.CaseNews sameCase(
      HubMessage.CaseNews of, long sequence, @Nullable String question) {
    return new HubMessage.CaseNews(
        sequence,
        of.caseId(),
        of.caseNumber(),
        of.studyInstanceUids(),
        "CLAIMED",
        Urgency.ROUTINE,
        question,
        at(sequence));
  }

  private Instant at(long sequence) {
    return clock.instant().plusSeconds(sequence);
  }
}
