package org.heliograph.node.lan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.node.commitment.CommitmentLedger;
import org.heliograph.node.commitment.CommitmentReport;
import org.heliograph.node.commitment.CommitmentRequest;
import org.heliograph.node.commitment.FailureReason;
import org.heliograph.node.commitment.ReferencedInstance;
import org.heliograph.node.peer.PeerAddress;
import org.heliograph.node.spool.JournalTable;
import org.heliograph.node.work.BackOff;

/**
 * The ledger of storage commitments at a gateway. A request is reported when all of its instances
 * are confirmed or known to fail; what is still on its way to the hub keeps it waiting.
 */
public final class CommitmentJournal implements CommitmentLedger, AutoCloseable {
  static final String NO_ADDRESS = "NO_ADDRESS";
  private static final int COMMITTED = 0;
  private static final int MOST_INSTANCES = 50_000;
  private static final int MOST_TOLD = 2_000;
  private static final Duration TIME_FOR_SAME_ASSOCIATION = Duration.ofSeconds(15);
  private static final Duration CLAIM = Duration.ofMinutes(5);
  private static final Duration NEXT_LOOK = Duration.ofSeconds(2);

  private final JournalTable<KeptCommitment> requests;
  private final KeptInstances instances;
  private final Function<AeTitle, Optional<PeerAddress>> addresses;
  private final CommitmentSettings settings;
  private final InstantSource clock;
  private final BackOff pauses;

  /** Until when somebody tells it; lost with the process, so that it is told again then. */
  private final Map<Long, Instant> claimed = new HashMap<>();

  /** How many instances of an undecided request are known to be settled, from the first on. */
  private final Map<Long, Integer> settled = new HashMap<>();

  private final Map<Long, Instant> looks = new HashMap<>();
  private long lastId;

  private CommitmentJournal(
      JournalTable<KeptCommitment> requests,
      KeptInstances instances,
      Function<AeTitle, Optional<PeerAddress>> addresses,
      CommitmentSettings settings,
      InstantSource clock) {
    this.requests = requests;
    this.instances = instances;
    this.addresses = addresses;
    this.settings = settings;
    this.clock = clock;
    this.pauses = new BackOff(Duration.ofSeconds(2), settings.longestPause());
    this.lastId = requests.values().stream().mapToLong(KeptCommitment::id).max().orElse(0);
  }

  /**
   * Opens the ledger, or makes an empty one.
   *
   * @param addresses where who asked listens, asked at each attempt
   */
  public static CommitmentJournal open(
      Path folder,
      DurableFiles files,
      InstantSource clock,
      CommitmentSettings settings,
      KeptInstances instances,
      Function<AeTitle, Optional<PeerAddress>> addresses)
      throws IOException {
    files.createFolders(folder);
    return new CommitmentJournal(
        JournalTable.open(folder, "commitments", files, KeptCommitment.class),
        instances,
        addresses,
        settings,
        clock);
  }

  @Override
  public synchronized long accept(CommitmentRequest request) throws IOException {
    String receiver = request.callingAe().value();
    List<String> uids = KeptCommitment.uids(request.instances());
    String digest = digest(uids);
    String key = receiver + " " + request.transaction().value();
    KeptCommitment known = requests.get(key).orElse(null);
    if (known != null && !known.digest().equals(digest)) {
      throw new DimseException(
          DimseStatus.PROCESSING_FAILURE.withComment("transaction UID of another request"));
    }
    long waiting =
        requests.values().stream()
            .filter(each -> known == null || each.id() != known.id())
            .mapToLong(KeptCommitment::size)
            .sum();
    if (waiting + request.instances().size() > MOST_INSTANCES) {
      throw new DimseException(
          DimseStatus.RESOURCE_LIMITATION.withComment("too many requests wait"));
    }
    Instant now = clock.instant();
    long id = known == null ? lastId + 1 : known.id();
    requests.put(
        key,
        new KeptCommitment(
            id,
            KeptCommitment.State.PENDING,
            receiver,
            request.transaction().value(),
            digest,
            uids,
            null,
            now,
            0,
            now.plus(TIME_FOR_SAME_ASSOCIATION),
            ""));
    lastId = Math.max(lastId, id);
    release(id);
    settled.remove(id);
    return id;
  }

  @Override
  public synchronized Optional<CommitmentReport> claim(long id) throws IOException {
    Instant now = clock.instant();
    KeptCommitment found = byId(id).orElse(null);
    return found == null || isClaimed(found, now) ? Optional.empty() : take(found, now);
  }

  @Override
  public synchronized Optional<CommitmentReport> claimDue() throws IOException {
    Instant now = clock.instant();
    List<KeptCommitment> due =
        requests.values().stream()
            .filter(each -> each.state() == KeptCommitment.State.PENDING)
            .filter(each -> !each.dueAt().isAfter(now) && !isClaimed(each, now))
            .filter(each -> !looks.getOrDefault(each.id(), now).isAfter(now))
            .sorted(Comparator.comparing(KeptCommitment::dueAt))
            .toList();
    for (KeptCommitment each : due) {
      Optional<CommitmentReport> report = take(each, now);
      if (report.isPresent()) {
        if (report.get().address() != null) {
          return report;
        }
        release(each.id());
        put(each.failed(KeptCommitment.State.PARKED, now, NO_ADDRESS));
      }
    }
    return Optional.empty();
  }

  private boolean isClaimed(KeptCommitment request, Instant now) {
    Instant until = claimed.get(request.id());
    return request.state() != KeptCommitment.State.PENDING
        || (until != null && until.isAfter(now) && until.isBefore(now.plus(CLAIM.multipliedBy(2))));
  }

  /** Empty as long as instances are on their way. */
  private Optional<CommitmentReport> take(KeptCommitment request, Instant now) throws IOException {
    KeptCommitment decided = request;
    if (request.outcomes() == null) {
      boolean patient = now.isBefore(request.acceptedAt().plus(settings.patience()));
      if (patient && !isSettled(request)) {
        looks.put(request.id(), now.plus(NEXT_LOOK));
        return Optional.empty();
      }
      // Once it is found out it stays, so that every attempt tells the same.
      decided = request.decided(outcomes(request));
      put(decided);
    }
    claimed.put(request.id(), now.plus(CLAIM));
    return Optional.of(report(decided));
  }

  private boolean isSettled(KeptCommitment request) throws IOException {
    int index = settled.getOrDefault(request.id(), 0);
    while (index < request.size() && outcome(request, index).isPresent()) {
      index++;
    }
    settled.put(request.id(), index);
    return index == request.size();
  }

  private List<Integer> outcomes(KeptCommitment request) throws IOException {
    List<Integer> all = new ArrayList<>(request.size());
    for (int i = 0; i < request.size(); i++) {
      all.add(outcome(request, i).orElse(FailureReason.PROCESSING_FAILURE.code()));
    }
    return all;
  }

  /** 0 or the code of a failure reason; empty while nobody knows. */
  private Optional<Integer> outcome(KeptCommitment request, int index) throws IOException {
    KeptInstances.Kept kept =
        instances.find(SopInstanceUid.of(request.sopInstance(index))).orElse(null);
    if (kept == null) {
      return Optional.of(FailureReason.NO_SUCH_OBJECT_INSTANCE.code());
    }
    SopClassUid sopClass = kept.sopClass();
    if (sopClass != null && !sopClass.value().value().equals(request.sopClass(index))) {
      return Optional.of(FailureReason.CLASS_INSTANCE_CONFLICT.code());
    }
    boolean here = settings.given() == CommitmentSettings.Given.BY_THE_GATEWAY;
    return switch (kept.fate()) {
      case CONFIRMED -> Optional.of(COMMITTED);
      case SPOOLED -> here ? Optional.of(COMMITTED) : Optional.empty();
      case PARKED, DISPUTED -> Optional.of(FailureReason.PROCESSING_FAILURE.code());
    };
  }

  private CommitmentReport report(KeptCommitment request) {
    List<Integer> outcomes = request.outcomes() == null ? List.of() : request.outcomes();
    List<ReferencedInstance> committed = new ArrayList<>();
    List<CommitmentReport.Failed> failed = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      var instance =
          new ReferencedInstance(
              SopClassUid.of(request.sopClass(i)), SopInstanceUid.of(request.sopInstance(i)));
      int outcome = outcomes.get(i);
      if (outcome == COMMITTED) {
        committed.add(instance);
      } else {
        failed.add(new CommitmentReport.Failed(instance, FailureReason.of(outcome)));
      }
    }
    var receiver = new AeTitle(request.receiver());
    return new CommitmentReport(
        request.id(),
        new Uid(request.transaction()),
        receiver,
        addresses.apply(receiver).orElse(null),
        committed,
        failed);
  }

  @Override
  public synchronized void told(CommitmentReport report) throws IOException {
    KeptCommitment request = pending(report.id()).orElse(null);
    if (request != null) {
      put(request.done(clock.instant()));
    }
    release(report.id());
    settled.remove(report.id());
    looks.remove(report.id());
    forget();
  }

  @Override
  public synchronized void notTold(CommitmentReport report, String code) throws IOException {
    KeptCommitment request = pending(report.id()).orElse(null);
    if (request != null) {
      int failures = request.attempts() + 1;
      put(
          request.failed(
              failures >= settings.attempts()
                  ? KeptCommitment.State.PARKED
                  : KeptCommitment.State.PENDING,
              clock.instant().plus(pauses.after(failures)),
              code));
    }
    release(report.id());
  }

  @Override
  public synchronized void associationEnded(long id) throws IOException {
    KeptCommitment request = pending(id).orElse(null);
    if (request != null && request.attempts() == 0) {
      put(request.due(clock.instant()));
    }
  }

  private void release(long id) {
    claimed.remove(id);
  }

  private Optional<KeptCommitment> pending(long id) {
    return byId(id).filter(each -> each.state() == KeptCommitment.State.PENDING);
  }

  private Optional<KeptCommitment> byId(long id) {
    return requests.values().stream().filter(each -> each.id() == id).findFirst();
  }

  private void put(KeptCommitment request) throws IOException {
    requests.put(key(request), request);
  }

  private static String key(KeptCommitment request) {
    return request.receiver() + " " + request.transaction();
  }

  private void forget() throws IOException {
    Instant longAgo = clock.instant().minus(settings.remembered());
    List<KeptCommitment> told =
        requests.values().stream()
            .filter(each -> each.state() == KeptCommitment.State.DONE)
            .sorted(Comparator.comparing(KeptCommitment::dueAt).reversed())
            .toList();
    for (int i = 0; i < told.size(); i++) {
      if (i >= MOST_TOLD || told.get(i).dueAt().isBefore(longAgo)) {
        requests.remove(key(told.get(i)));
      }
    }
  }

  /** A request that the status page shows. */
  public record Waiting(
      long id, AeTitle receiver, int instances, Instant acceptedAt, int attempts, String code) {}

  /** What is not told yet; those with a code and no further attempt wait for a person. */
  public List<Waiting> waiting() {
    return list(KeptCommitment.State.PENDING);
  }

  /** What waits for a person. */
  public List<Waiting> parked() {
    return list(KeptCommitment.State.PARKED);
  }

  private List<Waiting> list(KeptCommitment.State state) {
    return requests.values().stream()
        .filter(each -> each.state() == state)
        .map(each ->
            new Waiting(
                each.id(),
                new AeTitle(each.receiver()),
                each.size(),
                each.acceptedAt(),
                each.attempts(),
                each.code()))
        .toList();
  }

  /** Finds out and tells a parked report anew; nothing if it is not parked. */
  public synchronized void retry(long id) throws IOException {
    KeptCommitment request = byId(id).orElse(null);
    if (request != null && request.state() == KeptCommitment.State.PARKED) {
      settled.remove(id);
      put(request.again(clock.instant()));
    }
  }

  private static String digest(List<String> uids) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(String.join("\n", uids).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    requests.close();
  }
}
