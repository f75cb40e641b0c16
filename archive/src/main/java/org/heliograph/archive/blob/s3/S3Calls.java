package org.heliograph.archive.blob.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.heliograph.archive.blob.s3.S3Fault.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store, again if need be: after pauses that grow to a limit and are jittered, until a
 * time has passed. While the store is known to be away each call has one attempt only, so that
 * those who wait hear soon; the first one that succeeds ends that.
 */
final class S3Calls {
  private static final Logger log = LoggerFactory.getLogger(S3Calls.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final int DOUBLINGS = 10;

  private final Duration deadline;
  private final long retryForNanos;
  private volatile boolean away;

  S3Calls(S3Limits limits) {
    // The client ends calls by itself; this holds even if it does not.
    this.deadline = limits.call().plusSeconds(5);
    this.retryForNanos = limits.retryFor().toNanos();
  }

  /** One request; each call makes a new one. */
  interface Request<T> {
    CompletableFuture<T> send() throws IOException;
  }

  /** Finds out whether a request whose answer was lost has been done. */
  interface Settlement<T> {
    Optional<T> find() throws S3Fault, InterruptedIOException;
  }

  <T> T call(String operation, Request<T> request) throws S3Fault, InterruptedIOException {
    return call(operation, request, Optional::empty);
  }

  <T> T call(String operation, Request<T> request, Settlement<T> settlement)
      throws S3Fault, InterruptedIOException {
    long start = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        T answer = once(operation, request);
        served();
        return answer;
      } catch (S3Fault fault) {
        if (fault.kind() != Kind.AGAIN) {
          throw decided(fault);
        }
        log.info("event=s3.attempt.failed operation={} code={}", operation, fault.code());
        if (!fault.answered()) {
          Optional<T> done = settle(settlement);
          if (done.isPresent()) {
            log.info("event=s3.answer.lost operation={} settled=done", operation);
            return done.get();
          }
        }
        long pause = pauseMillis(attempt);
        if (away || System.nanoTime() - start + pause * 1_000_000 > retryForNanos) {
          away(operation, fault);
          throw fault;
        }
        sleep(pause);
      }
    }
  }

  /** One attempt that tells whether the store serves. */
  <T> T probe(String operation, Request<T> request) throws S3Fault, InterruptedIOException {
    try {
      T answer = once(operation, request);
      served();
      return answer;
    } catch (S3Fault fault) {
      away(operation, fault);
      throw fault;
    }
  }

  /** One attempt. */
  <T> T once(String operation, Request<T> request) throws S3Fault, InterruptedIOException {
    CompletableFuture<T> answer;
    try {
      answer = request.send();
    } catch (IOException | RuntimeException e) {
      throw S3Fault.of(operation, e);
    }
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw S3Fault.of(operation, e);
    } catch (TimeoutException _) {
      abandon(answer);
      throw S3Fault.silence(operation);
    } catch (InterruptedException _) {
      abandon(answer);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the object store");
    }
  }

  /** Sleeps before an attempt after so many that failed. */
  void pause(int attempts) throws InterruptedIOException {
    sleep(pauseMillis(attempts));
  }

  boolean isAway() {
    return away;
  }

  private static <T> Optional<T> settle(Settlement<T> settlement) throws InterruptedIOException {
    try {
      return settlement.find();
    } catch (S3Fault _) {
      return Optional.empty();
    }
  }

  /** What comes after all is closed, so that its connection is not lost. */
  private static <T> void abandon(CompletableFuture<T> answer) {
    var _ =
        answer.whenComplete((late, _) -> {
          if (late instanceof AutoCloseable open) {
            try {
              open.close();
            } catch (Exception e) {
              log.debug("event=s3.late.answer cause={}", e.getClass().getSimpleName());
            }
          }
        });
  }

  private S3Fault decided(S3Fault fault) {
    if (fault.kind() == Kind.STAYS) {
      away(fault.code(), fault);
    } else {
      served();
    }
    return fault;
  }

  private void served() {
    if (away) {
      away = false;
      log.info("event=s3.back");
    }
  }

  private void away(String operation, S3Fault fault) {
    if (!away) {
      away = true;
      log.warn("event=s3.away operation={} code={}", operation, fault.code());
    }
  }

  private static long pauseMillis(int attempt) {
    long longest =
        Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt - 1, DOUBLINGS));
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }

  private static void sleep(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the object store");
    }
  }
}
