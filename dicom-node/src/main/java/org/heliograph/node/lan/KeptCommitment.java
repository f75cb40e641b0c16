package org.heliograph.node.lan;

import java.time.Instant;
import java.util.List;
import org.heliograph.node.commitment.ReferencedInstance;
import org.jspecify.annotations.Nullable;

/**
 * A request for storage commitment.
 *
 * @param digest of the instances, SHA-256
 * @param instances SOP class and SOP instance UID of each, one after the other; none when it is
 *     told
 * @param outcomes of each 0 or the code of a failure reason; null until all is known
 * @param attempts to tell it
 */
record KeptCommitment(
    long id,
    State state,
    String receiver,
    String transaction,
    String digest,
    List<String> instances,
    @Nullable List<Integer> outcomes,
    Instant acceptedAt,
    int attempts,
    Instant dueAt,
    String code) {
  KeptCommitment {
    instances = List.copyOf(instances);
    outcomes = outcomes == null ? null : List.copyOf(outcomes);
  }

  enum State {
    PENDING,
    DONE,
    PARKED
  }

  static List<String> uids(List<ReferencedInstance> instances) {
    return instances.stream()
        .<String>mapMulti((each, to) -> {
          to.accept(each.sopClass().value().value());
          to.accept(each.sopInstance().value().value());
        })
        .toList();
  }

  int size() {
    return instances.size() / 2;
  }

  String sopClass(int index) {
    return instances.get(2 * index);
  }

  String sopInstance(int index) {
    return instances.get(2 * index + 1);
  }

  KeptCommitment decided(List<Integer> all) {
    return with(state, instances, all, attempts, dueAt, code);
  }

  KeptCommitment done(Instant now) {
    return with(State.DONE, List.of(), null, attempts, now, "");
  }

  KeptCommitment due(Instant at) {
    return with(State.PENDING, instances, outcomes, attempts, at, code);
  }

  /** To be decided and told anew. */
  KeptCommitment again(Instant at) {
    return with(State.PENDING, instances, null, 0, at, "");
  }

  KeptCommitment failed(State next, Instant at, String why) {
    return with(next, instances, outcomes, attempts + 1, at, why);
  }

  private KeptCommitment with(
      State stateNow,
      List<String> instancesNow,
      @Nullable List<Integer> outcomesNow,
      int attemptsNow,
      Instant dueNow,
      String why) {
    return new KeptCommitment(
        id,
        stateNow,
        receiver,
        transaction,
        digest,
        instancesNow,
        outcomesNow,
        acceptedAt,
        attemptsNow,
        dueNow,
        why);
  }

  @Override
  public String toString() {
    return "KeptCommitment[" + id + "]";
  }
}
