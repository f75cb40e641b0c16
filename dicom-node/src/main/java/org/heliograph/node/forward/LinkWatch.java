package org.heliograph.node.forward;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.heliograph.node.link.ParcelState;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the link is up, finds it again when it was lost, and prefers the cheapest way.
 * While something waits every way is tried each 1.5 s on a connection of its own, and tries
 * overlap, so that a link that swallows packets does not delay the moment its return is noticed.
 */
final class LinkWatch {
  private static final UUID NO_PARCEL = new UUID(0, 0);
  private static final long FIRST_MILLIS = 250;
  private static final long PRESSING_MILLIS = 1500;
  private static final long IDLE_MILLIS = 15_000;
  private static final Duration TRY = Duration.ofSeconds(6);
  private static final Duration PATIENT_TRY = Duration.ofSeconds(25);
  private static final int PATIENT_EVERY = 8;

  /** How long a cheaper way may still answer after a costlier one did. */
  private static final long CHEAPER_MILLIS = 1000;

  private final HubClient client;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final BooleanSupplier pressing;
  private volatile boolean up = true;
  private volatile @Nullable Instant lastContact;
  private volatile String trouble = "";

  LinkWatch(
      HubClient client, InstantSource clock, RandomGenerator random, BooleanSupplier pressing) {
    this.client = client;
    this.clock = clock;
    this.random = random;
    this.pressing = pressing;
  }

  /**
   * A way that answered.
   *
   * @param state of the parcel that was asked about; null if the hub does not know it or would not
   *     say
   */
  record Found(Line line, UUID parcel, @Nullable ParcelState state, boolean afterFailures) {}

  boolean isUp() {
    return up;
  }

  @Nullable Instant lastContact() {
    return lastContact;
  }

  String trouble() {
    return trouble;
  }

  /** The hub answered something. */
  void contact() {
    lastContact = clock.instant();
    trouble = "";
  }

  /** A request on this line had no answer. If another is in use already, that one is kept. */
  void lost(Line line, HubException why) {
    if (client.lines().current().equals(line)) {
      up = false;
      trouble = why.code();
      line.drop();
    }
  }

  /** From now on this line is used. */
  void use(Line line) {
    client.lines().use(line);
    up = true;
    contact();
  }

  /** Blocks until a way to the hub answers. */
  Found search(@Nullable UUID parcel) throws InterruptedException {
    UUID asked = parcel == null ? NO_PARCEL : parcel;
    var found = new LinkedBlockingQueue<Found>();
    var over = new AtomicBoolean();
    try {
      for (int round = 0; ; round++) {
        boolean patient = round % PATIENT_EVERY == PATIENT_EVERY - 1;
        for (Route route : client.access().routes()) {
          int number = round;
          Thread.ofVirtual()
              .name("link-watch")
              .start(() -> attempt(route, asked, patient ? PATIENT_TRY : TRY, number, found, over));
        }
        Found first = await(found, round);
        if (first != null) {
          return cheapest(first, found);
        }
      }
    } finally {
      over.set(true);
      found.forEach(f -> f.line().drop());
    }
  }

  /** The first pauses are short: most outages are. */
  private @Nullable Found await(LinkedBlockingQueue<Found> found, int round)
      throws InterruptedException {
    double factor = random.nextDouble(0.85, 1.15);
    long shortly = Math.min(PRESSING_MILLIS, FIRST_MILLIS << Math.min(round, 8));
    long waited = 0;
    while (waited < factor * (pressing.getAsBoolean() ? shortly : IDLE_MILLIS)) {
      Found one = found.poll(100, TimeUnit.MILLISECONDS);
      if (one != null) {
        return one;
      }
      waited += 100;
    }
    return null;
  }

  private Found cheapest(Found first, LinkedBlockingQueue<Found> found)
      throws InterruptedException {
    List<Route> routes = client.access().routes();
    Found best = first;
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CHEAPER_MILLIS);
    while (!best.line().route().equals(routes.getFirst())) {
      Found other = found.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (other == null) {
        break;
      }
      boolean cheaper = other.line().route().cost() < best.line().route().cost();
      (cheaper ? best : other).line().drop();
      best = cheaper ? other : best;
    }
    return best;
  }

  private void attempt(
      Route route,
      UUID parcel,
      Duration deadline,
      int round,
      LinkedBlockingQueue<Found> found,
      AtomicBoolean over) {
    Line line = client.lines().open(route, deadline);
    boolean kept = false;
    try {
      Optional<ParcelState> state = ask(line, parcel, deadline);
      var one = new Found(line, parcel, state.orElse(null), round > 0);
      found.add(one);
      kept = !(over.get() && found.remove(one));
    } catch (HubException e) {
      trouble = e.code();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      if (!kept) {
        line.drop();
      }
    }
  }

  /** A refusal is an answer: the link is there. */
  private Optional<ParcelState> ask(Line line, UUID parcel, Duration deadline)
      throws HubException, InterruptedException {
    try {
      return client.state(line, parcel, deadline);
    } catch (HubException.Refused | HubException.BadAnswer _) {
      return Optional.empty();
    }
  }

  /** Whether a cheaper way than the one in use answers. */
  @Nullable Line cheaper() throws InterruptedException {
    Route now = client.lines().current().route();
    for (Route route : client.access().routes()) {
      if (route.cost() >= now.cost()) {
        return null;
      }
      Line line = client.lines().open(route, TRY);
      try {
        ask(line, NO_PARCEL, TRY);
        return line;
      } catch (HubException _) {
        line.drop();
      }
    }
    return null;
  }
}
