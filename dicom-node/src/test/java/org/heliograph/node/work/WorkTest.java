package org.heliograph.node.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkTest {
  private static final BackOff SHORT = new BackOff(Duration.ofMillis(1), Duration.ofMillis(2));

  @Test
  void pauses_double_up_to_the_longest_and_never_overflow() {
    var pauses = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(10));

    assertThat(pauses.after(1)).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2500));
    assertThat(pauses.after(4)).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(20));
    for (int failures : new int[] {20, 40, 63, 64, 1000, Integer.MAX_VALUE}) {
      assertThat(pauses.after(failures)).isBetween(Duration.ofMinutes(10), Duration.ofSeconds(750));
    }
    assertThat(pauses.after(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    assertThatThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_worker_repeats_what_failed_and_wakes_when_it_is_told() {
    var runs = new AtomicInteger();
    try (var worker =
        Worker.start(
            "test",
            () -> {
              int run = runs.incrementAndGet();
              if (run == 1) {
                throw new IOException("first");
              }
              if (run == 2) {
                throw new IllegalStateException("second");
              }
              return Worker.UNTIL_WOKEN;
            },
            SHORT)) {
      await().until(() -> runs.get() == 3);
      worker.wake();
      await().until(() -> runs.get() == 4);
    }
  }

  @Test
  void a_wake_during_the_step_is_not_lost() throws Exception {
    var runs = new AtomicInteger();
    var begun = new CountDownLatch(1);
    var woken = new CountDownLatch(1);
    try (var worker =
        Worker.start(
            "test",
            () -> {
              runs.incrementAndGet();
              begun.countDown();
              woken.await();
              return Worker.UNTIL_WOKEN;
            },
            SHORT)) {
      begun.await();
      worker.wake();
      woken.countDown();

      await().until(() -> runs.get() == 2);
    }
  }

  @Test
  void work_that_hangs_is_interrupted() {
    var interrupted = new CountDownLatch(1);

    assertThatThrownBy(() ->
            Deadline.within(
                Duration.ofMillis(50),
                () -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                  }
                  return 1;
                }))
        .isInstanceOf(Deadline.Exceeded.class);
    await().until(() -> interrupted.getCount() == 0);
  }

  @Test
  void work_that_moves_may_take_longer_than_its_silence() throws Exception {
    var moved = new AtomicLong();

    int done =
        Deadline.whileMoving(
            Duration.ofMillis(200),
            moved::incrementAndGet,
            () -> {
              await().until(() -> moved.get() >= 5);
              return 7;
            });

    assertThat(done).isEqualTo(7);
  }

  @Test
  void faults_come_through_as_they_are() {
    assertThatThrownBy(() ->
            Deadline.within(
                Duration.ofSeconds(5),
                () -> {
                  throw new IOException("mine");
                }))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("mine");
    assertThatThrownBy(() ->
            Deadline.within(
                Duration.ofSeconds(5),
                () -> {
                  throw new IllegalStateException("mine");
                }))
        .isExactlyInstanceOf(IllegalStateException.class);
  }
}
