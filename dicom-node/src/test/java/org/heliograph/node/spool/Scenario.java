package org.heliograph.node.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.heliograph.node.storage.StoreOutcome;

/**
 * A short life of a spool with everything that can happen in it, and what has to be true of it
 * afterwards, whatever went wrong (P1 to P4).
 */
final class Scenario {
  private static final int TRIES = 4;
  private static final PrunePolicy ALL = new PrunePolicy(Duration.ZERO, 0, 0);

  private final Random random;
  private final boolean tryingAgain;
  private final Map<String, TestInstance> sent = new HashMap<>();
  private final Map<String, TestInstance> acknowledged = new HashMap<>();
  private final Map<String, TestInstance> keptApart = new HashMap<>();
  private final Map<String, TestInstance> recoded = new HashMap<>();

  /** A receipt was given to the spool, whether it took it or not. */
  private final Set<String> signedFor = new HashSet<>();

  /**
   * @param tryingAgain whether what fails is done again, as the gateway does; else it ends
   */
  Scenario(Random random, boolean tryingAgain) {
    this.random = random;
    this.tryingAgain = tryingAgain;
  }

  int acknowledged() {
    return acknowledged.size();
  }

  void run(Spool spool) throws IOException {
    String study = TestInstance.random(random).uid();
    List<TestInstance> images = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      TestInstance image = TestInstance.inStudy(study, random);
      images.add(image);
      receive(spool, image);
    }
    receive(spool, images.getFirst());
    receiveAltered(spool, images.getFirst());
    for (TestInstance image : images) {
      prepare(spool, image);
    }
    attempt(() -> spool.note("cursor", study));
    List<SpooledInstance> ready = spool.in(InstanceState.PREPARED, 2);
    ParcelRecord parcel =
        SpoolUse.parcel(ready.stream().map(SpooledInstance::id).toList(), List.of());
    attempt(() -> {
      if (spool.parcel(parcel.id()).isEmpty()) {
        Path bundle = spool.parcelFolder(parcel.id()).resolve("bundle");
        Files.write(bundle, new byte[100]);
        spool.parcel(parcel);
      }
    });
    attempt(() -> spool.announced(parcel.id()));
    attempt(() -> spool.partWhole(parcel.id(), 0));
    for (SpooledInstance each : ready) {
      signedFor.add(each.sopInstance().value().value());
      attempt(() -> spool.receipt(SpoolUse.stored(parcel.id(), each), true));
      attempt(() -> spool.prune(ALL));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) throws IOException {
    for (int i = 0; ; i++) {
      try {
        step.run();
        return;
      } catch (IOException e) {
        if (!tryingAgain || i == TRIES) {
          throw e;
        }
      }
    }
  }

  private void receive(Spool spool, TestInstance image) throws IOException {
    sent.put(image.uid(), image);
    attempt(() -> acknowledged(spool.receive(image.incoming()), image));
  }

  private void acknowledged(StoreOutcome outcome, TestInstance image) throws IOException {
    switch (outcome) {
      case StoreOutcome.Stored _, StoreOutcome.AlreadyStored _ ->
          acknowledged.put(image.uid(), image);
      case StoreOutcome.OutOfResources _ -> throw new IOException("refused");
      default -> throw new AssertionError("not an outcome for a good image: " + outcome);
    }
  }

  private void receiveAltered(Spool spool, TestInstance image) throws IOException {
    TestInstance altered = image.altered();
    attempt(() -> {
      switch (spool.receive(altered.incoming())) {
        case StoreOutcome.Quarantined _ -> keptApart.put(altered.uid(), altered);
        case StoreOutcome.OutOfResources _ -> throw new IOException("refused");
        case StoreOutcome other -> throw new AssertionError("not kept apart: " + other);
      }
    });
  }

  private void prepare(Spool spool, TestInstance image) throws IOException {
    SpooledInstance received = spool.bySopInstance(image.sopInstance()).orElseThrow();
    TestInstance smaller = image.altered();
    boolean recode = random.nextBoolean();
    if (recode) {
      recoded.put(image.uid(), smaller);
    }
    attempt(() ->
        spool.prepared(
            received.id(),
            recode ? SpoolUse.recoded(spool, received, smaller) : SpoolUse.unchanged(received)));
  }

  /** What must be true after a restart. */
  void checkRestarted(Spool spool, Path folder) throws IOException {
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
    assertThat(SpoolUse.files(folder.resolve("instances")))
        .isEqualTo(
            Arrays.stream(InstanceState.values())
                .filter(state -> state != InstanceState.QUARANTINED)
                .mapToInt(state -> spool.in(state, 999).size())
                .sum());
    check(spool);
  }

  /** What must be true at any time. */
  void check(Spool spool) throws IOException {
    assertThat(spool.in(InstanceState.PARKED, 99)).isEmpty();
    assertThat(spool.damaged(99)).isEmpty();
    for (TestInstance image : acknowledged.values()) {
      SpooledInstance found = spool.bySopInstance(image.sopInstance()).orElse(null);
      if (found == null) {
        assertThat(signedFor).as("lost without a receipt").contains(image.uid());
        assertThat(spool.receive(image.incoming())).isInstanceOf(StoreOutcome.AlreadyStored.class);
      } else {
        checkContent(spool, found, image);
      }
    }
    for (TestInstance altered : keptApart.values()) {
      assertThat(spool.in(InstanceState.QUARANTINED, 99))
          .anyMatch(q -> q.receivedDigest().equals(altered.digest()));
    }
    checkNothingIsDoubled(spool);
    assertThat(spool.journalSkippedBytes()).isZero();
  }

  private void checkContent(Spool spool, SpooledInstance found, TestInstance image)
      throws IOException {
    byte[] content = SpoolUse.dataset(spool.file(found));
    TestInstance smaller = recoded.get(image.uid());
    assertThat(
            Arrays.equals(content, image.dataset())
                || (smaller != null && Arrays.equals(content, smaller.dataset())))
        .isTrue();
    assertThat(spool.verify(found.id())).isTrue();
  }

  private void checkNothingIsDoubled(Spool spool) throws IOException {
    List<SpooledInstance> all = new ArrayList<>();
    for (InstanceState state : InstanceState.values()) {
      if (state != InstanceState.QUARANTINED) {
        all.addAll(spool.in(state, 999));
      }
    }
    Set<String> uids = new HashSet<>();
    for (SpooledInstance each : all) {
      assertThat(uids.add(each.sopInstance().value().value())).as("once").isTrue();
      TestInstance image = sent.get(each.sopInstance().value().value());
      assertThat(image).isNotNull();
      checkContent(spool, each, Objects.requireNonNull(image));
    }
  }
}
