package org.heliograph.node.inbox;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.heliograph.node.forward.HubException;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.Messages;
import org.heliograph.node.work.BackOff;
import org.heliograph.node.work.Deadline;
import org.heliograph.node.work.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at the hub for messages, applies each, and only then lets the hub forget it. A message may
 * be applied twice after a fault, which those who take it do not show. The gateway asks, so it
 * works behind NAT; where a NAT forgets quiet connections the waits become shorter.
 */
public final class ReturnChannel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReturnChannel.class);
  private static final String LINK_DOWN = "GW-HUB-UNREACHABLE";
  private static final String NOT_APPLIED = "GW-MESSAGE-NOT-APPLIED";
  private static final int ATTEMPTS = 5;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(50);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(15);
  private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(20);
  private static final BackOff PAUSES = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final HubMessages hub;
  private final Cursor cursor;
  private final Receivers receivers;
  private final InstantSource clock;
  private final Duration timeToAnswer;
  private Duration wait = LONGEST_WAIT;
  private long failing;
  private int attempts;
  private volatile ReturnState state = new ReturnState(null, 0, "", 0);
  private @Nullable Worker worker;

  /**
   * Who takes what.
   *
   * @param worklistVersion told the version of the hub's worklist with each answer
   * @param configurationVersion the same for the configuration
   */
  public record Receivers(
      ParcelNews parcels,
      CaseBoard cases,
      Inbox reports,
      Consumer<String> worklistVersion,
      Consumer<String> configurationVersion) {}

  public ReturnChannel(HubMessages hub, Cursor cursor, Receivers receivers, InstantSource clock) {
    this(hub, cursor, receivers, clock, TIME_TO_ANSWER);
  }

  /**
   * @param timeToAnswer beyond the hub's wait
   */
  ReturnChannel(
      HubMessages hub,
      Cursor cursor,
      Receivers receivers,
      InstantSource clock,
      Duration timeToAnswer) {
    this.hub = hub;
    this.cursor = cursor;
    this.receivers = receivers;
    this.clock = clock;
    this.timeToAnswer = timeToAnswer;
  }

  /** Begins to ask. */
  public synchronized void start() {
    worker = Worker.start("return-channel", this::poll, PAUSES);
  }

  /** The link is there again: asks now. */
  public synchronized void wake() {
    if (worker != null) {
      worker.wake();
    }
  }

  /** How it stands. */
  public ReturnState state() {
    return state;
  }

  /** One question and what its answer asks for. */
  Duration poll() throws IOException, InterruptedException {
    Messages answer;
    try {
      answer = ask();
    } catch (IOException | RuntimeException e) {
      failed(e instanceof HubException known ? known.code() : LINK_DOWN);
      throw e;
    }
    boolean wasAway = state.failures() > 0;
    state = new ReturnState(clock.instant(), 0, "", state.setAside());
    if (wasAway) {
      receivers.reports().linkIsBack();
    }
    receivers.worklistVersion().accept(answer.worklistVersion());
    receivers.configurationVersion().accept(answer.configurationVersion());
    try {
      apply(answer.messages());
    } catch (IOException | RuntimeException e) {
      failed(NOT_APPLIED);
      throw e;
    }
    return Duration.ZERO;
  }

  private Messages ask() throws IOException, InterruptedException {
    Duration asked = wait;
    long began = System.nanoTime();
    try {
      Messages answer =
          Deadline.within(asked.plus(timeToAnswer), () -> hub.after(cursor.last(), asked));
      wait = min(asked.plusSeconds(5), LONGEST_WAIT);
      return answer;
    } catch (IOException e) {
      // It was there when the wait began: something on the way forgets quiet connections.
      if (System.nanoTime() - began > SHORTEST_WAIT.toNanos()) {
        wait = max(asked.dividedBy(2), SHORTEST_WAIT);
      }
      throw e;
    }
  }

  private void failed(String code) {
    state = new ReturnState(state.lastContact(), state.failures() + 1, code, state.setAside());
  }

  private void apply(List<HubMessage> messages) throws IOException {
    List<HubMessage> inOrder =
        messages.stream()
            .filter(each -> each.sequence() > cursor.last())
            .sorted(Comparator.comparingLong(HubMessage::sequence))
            .toList();
    long applied = cursor.last();
    try {
      for (HubMessage each : inOrder) {
        if (each.sequence() > applied) {
          applyOrPass(each);
          applied = each.sequence();
        }
      }
    } finally {
      if (applied > cursor.last()) {
        cursor.advance(applied);
      }
    }
  }

  /** What cannot be applied for its content must not keep what comes after it. */
  private void applyOrPass(HubMessage message) throws IOException {
    try {
      apply(message);
      attempts = 0;
    } catch (RuntimeException e) {
      attempts = failing == message.sequence() ? attempts + 1 : 1;
      failing = message.sequence();
      if (attempts < ATTEMPTS) {
        throw e;
      }
      LOG.error(
          "event=message.set_aside sequence={} kind={} fault={}",
          message.sequence(),
          message.getClass().getSimpleName(),
          e.getClass().getName());
      state =
          new ReturnState(
              state.lastContact(), state.failures(), state.code(), state.setAside() + 1);
    }
  }

  private void apply(HubMessage message) throws IOException {
    switch (message) {
      case HubMessage.Receipts _, HubMessage.PartWanted _ -> receivers.parcels().take(message);
      case HubMessage.CaseNews it -> receivers.cases().take(it);
      case HubMessage.ReportReady it -> receivers.reports().announce(it);
      case HubMessage.Unknown it -> LOG.info("event=message.unknown sequence={}", it.sequence());
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Lets go of the hub within some seconds. */
  @Override
  public synchronized void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
