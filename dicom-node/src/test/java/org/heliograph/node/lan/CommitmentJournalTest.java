package org.heliograph.node.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.durable.LosingDisk;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.node.commitment.CommitmentReport;
import org.heliograph.node.commitment.CommitmentRequest;
import org.heliograph.node.commitment.FailureReason;
import org.heliograph.node.commitment.ReferencedInstance;
import org.heliograph.node.lan.KeptInstances.Fate;
import org.heliograph.node.peer.PeerAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitmentJournalTest {
  private static final SopClassUid CT = SopClassUid.of(Uids.CtImageStorage);
  private static final SopClassUid MR = SopClassUid.of(Uids.MrImageStorage);
  private static final PeerAddress ADDRESS =
      new PeerAddress(new AeTitle("CT1"), "127.0.0.1", 104, PeerAddress.Transport.PLAIN);

  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final Map<SopInstanceUid, Fate> fates = new ConcurrentHashMap<>();
  private Optional<PeerAddress> address = Optional.of(ADDRESS);
  private CommitmentSettings settings = CommitmentSettings.defaults();

  @Test
  void it_waits_for_the_hubs_receipts_and_then_tells_once() throws Exception {
    var one = instance(Fate.CONFIRMED);
    var two = instance(Fate.SPOOLED);
    try (var ledger = open()) {
      long id = ledger.accept(request(new Uid("2.25.1"), one, two));
      assertThat(ledger.claim(id)).as("on the same association").isEmpty();
      ledger.associationEnded(id);
      assertThat(later(ledger)).isEmpty();
      assertThat(ledger.waiting()).hasSize(1);
    }
    clock.advance(Duration.ofHours(5));
    fates.put(two.sopInstance(), Fate.CONFIRMED);
    try (var ledger = open()) {
      CommitmentReport report = later(ledger).orElseThrow();
      assertThat(report.committed()).containsExactly(one, two);
      assertThat(report.failed()).isEmpty();
      assertThat(report.address()).isEqualTo(ADDRESS);
      assertThat(later(ledger)).as("somebody tells it").isEmpty();
      ledger.told(report);
      clock.advance(Duration.ofHours(1));
      assertThat(later(ledger)).isEmpty();
      assertThat(ledger.waiting()).isEmpty();
    }
  }

  @Test
  void each_failure_has_the_reason_of_the_standard() throws Exception {
    var unknown = new ReferencedInstance(CT, new SopInstanceUid(Uid.create()));
    var parked = instance(Fate.PARKED);
    var disputed = instance(Fate.DISPUTED);
    var kept = instance(Fate.CONFIRMED);
    var otherClass = new ReferencedInstance(MR, instance(Fate.CONFIRMED).sopInstance());
    try (var ledger = open()) {
      long id =
          ledger.accept(request(new Uid("2.25.1"), unknown, parked, disputed, kept, otherClass));

      CommitmentReport report = ledger.claim(id).orElseThrow();

      assertThat(report.committed()).containsExactly(kept);
      assertThat(report.failed())
          .containsExactly(
              new CommitmentReport.Failed(unknown, FailureReason.NO_SUCH_OBJECT_INSTANCE),
              new CommitmentReport.Failed(parked, FailureReason.PROCESSING_FAILURE),
              new CommitmentReport.Failed(disputed, FailureReason.PROCESSING_FAILURE),
              new CommitmentReport.Failed(otherClass, FailureReason.CLASS_INSTANCE_CONFLICT));
    }
  }

  @Test
  void by_setting_the_gateways_own_word_is_enough() throws Exception {
    settings = settings.given(CommitmentSettings.Given.BY_THE_GATEWAY);
    var spooled = instance(Fate.SPOOLED);
    try (var ledger = open()) {
      long id = ledger.accept(request(new Uid("2.25.1"), spooled));

      assertThat(ledger.claim(id).orElseThrow().committed()).containsExactly(spooled);
    }
  }

  @Test
  void when_patience_is_over_a_failure_is_told_for_what_is_not_confirmed() throws Exception {
    var confirmed = instance(Fate.CONFIRMED);
    var onItsWay = instance(Fate.SPOOLED);
    try (var ledger = open()) {
      ledger.accept(request(new Uid("2.25.1"), confirmed, onItsWay));
      clock.advance(Duration.ofDays(6));
      assertThat(later(ledger)).isEmpty();
      clock.advance(Duration.ofDays(1));

      CommitmentReport report = later(ledger).orElseThrow();

      assertThat(report.committed()).containsExactly(confirmed);
      assertThat(report.failed())
          .containsExactly(new CommitmentReport.Failed(onItsWay, FailureReason.PROCESSING_FAILURE));
    }
  }

  @Test
  void what_was_decided_is_told_the_same_at_each_attempt() throws Exception {
    var gone = instance(Fate.CONFIRMED);
    try (var ledger = open()) {
      CommitmentReport first = claim(ledger, request(new Uid("2.25.1"), gone));
      fates.clear();
      ledger.notTold(first, "UNREACHABLE");
      assertThat(ledger.claimDue()).as("there is a pause").isEmpty();
    }
    clock.advance(Duration.ofMinutes(1));
    try (var ledger = open()) {
      assertThat(later(ledger).orElseThrow().committed()).containsExactly(gone);
    }
  }

  @Test
  void the_same_request_is_reported_anew_and_another_under_its_uid_is_refused() throws Exception {
    var one = instance(Fate.CONFIRMED);
    var transaction = new Uid("2.25.1");
    try (var ledger = open()) {
      CommitmentReport first = claim(ledger, request(transaction, one));
      ledger.told(first);
      CommitmentReport again = claim(ledger, request(transaction, one));
      assertThat(again.id()).isEqualTo(first.id());
      assertThat(again.committed()).containsExactly(one);
      assertThatThrownBy(() -> ledger.accept(request(transaction, instance(Fate.CONFIRMED))))
          .isInstanceOfSatisfying(
              DimseException.class, e -> assertThat(e.status().hex()).isEqualTo("0110"));
    }
  }

  @Test
  void a_receiver_without_address_or_that_never_answers_waits_for_a_person() throws Exception {
    address = Optional.empty();
    try (var ledger = open()) {
      long id = ledger.accept(request(new Uid("2.25.1"), instance(Fate.CONFIRMED)));
      ledger.associationEnded(id);
      assertThat(later(ledger)).isEmpty();
      assertThat(ledger.parked())
          .extracting(CommitmentJournal.Waiting::code)
          .containsExactly("NO_ADDRESS");

      address = Optional.of(ADDRESS);
      ledger.retry(id);
      for (int attempt = 0; attempt < settings.attempts(); attempt++) {
        CommitmentReport report = later(ledger).orElseThrow();
        ledger.notTold(report, "UNREACHABLE");
        clock.advance(Duration.ofMinutes(90));
      }
      assertThat(later(ledger)).isEmpty();
      assertThat(ledger.parked())
          .extracting(CommitmentJournal.Waiting::code)
          .containsExactly("UNREACHABLE");
      ledger.retry(id);
      assertThat(later(ledger)).isPresent();
    }
  }

  @Test
  void what_waits_is_bounded() throws Exception {
    try (var ledger = open()) {
      for (int i = 0; i < 5; i++) {
        ledger.accept(request(new Uid("2.25.1" + i), many(10_000)));
      }
      assertThatThrownBy(() -> ledger.accept(request(new Uid("2.25.9"), many(1))))
          .isInstanceOfSatisfying(
              DimseException.class, e -> assertThat(e.status().hex()).isEqualTo("0213"));
    }
  }

  @Test
  void what_was_told_long_ago_is_forgotten() throws Exception {
    var transaction = new Uid("2.25.1");
    try (var ledger = open()) {
      ledger.told(claim(ledger, request(transaction, instance(Fate.CONFIRMED))));
      clock.advance(Duration.ofDays(31));
      ledger.told(claim(ledger, request(new Uid("2.25.2"), instance(Fate.CONFIRMED))));

      long id = ledger.accept(request(transaction, instance(Fate.CONFIRMED)));
      assertThat(id).isEqualTo(3);
    }
  }

  /** What was accepted is told after any cut, and all that is told is true. */
  @Test
  void power_cuts_lose_no_request_that_was_accepted() throws Exception {
    long seed = new Random().nextLong();
    var chance = new Random(seed);
    Path root = folder.resolve("disk");
    Files.createDirectories(root);
    Set<String> accepted = new HashSet<>();
    Map<String, CommitmentReport> told = new HashMap<>();
    for (int cut = 0; cut <= 50; cut++) {
      DurableFiles disk =
          cut == 50 ? DurableFiles.SYSTEM : new LosingDisk(root, chance, chance.nextInt(60));
      try (var ledger = open(root.resolve("lan"), disk)) {
        for (int i = 0; i < (cut == 50 ? 0 : 1000); i++) {
          var transaction = new Uid("2.25." + (1000 * (cut + 1) + i));
          ledger.accept(
              request(
                  transaction,
                  instance(chance.nextBoolean() ? Fate.CONFIRMED : Fate.SPOOLED),
                  instance(Fate.CONFIRMED)));
          accepted.add(transaction.value());
          if (chance.nextInt(3) == 0) {
            fates.replaceAll((_, _) -> Fate.CONFIRMED);
          }
          tell(ledger, told);
        }
        fates.replaceAll((_, _) -> Fate.CONFIRMED);
        while (!ledger.waiting().isEmpty()) {
          tell(ledger, told);
        }
      } catch (IOException e) {
        ((LosingDisk) disk).cut();
      }
    }
    assertThat(told.keySet()).as("seed %d", seed).containsAll(accepted);
    assertThat(told.values())
        .as("seed %d", seed)
        .allSatisfy(report -> assertThat(report.committed()).hasSize(2));
  }

  private void tell(CommitmentJournal ledger, Map<String, CommitmentReport> told)
      throws IOException {
    CommitmentReport report = later(ledger).orElse(null);
    if (report != null) {
      told.put(report.transaction().value(), report);
      ledger.told(report);
    }
  }

  private CommitmentReport claim(CommitmentJournal ledger, CommitmentRequest request)
      throws IOException {
    return ledger.claim(ledger.accept(request)).orElseThrow();
  }

  /** What is due when the time for the same association is over. */
  private Optional<CommitmentReport> later(CommitmentJournal ledger) throws IOException {
    clock.advance(Duration.ofSeconds(16));
    return ledger.claimDue();
  }

  private CommitmentJournal open() throws IOException {
    return open(folder.resolve("lan"), DurableFiles.SYSTEM);
  }

  private CommitmentJournal open(Path where, DurableFiles files) throws IOException {
    return CommitmentJournal.open(
        where,
        files,
        clock,
        settings,
        uid -> Optional.ofNullable(fates.get(uid)).map(fate -> new KeptInstances.Kept(CT, fate)),
        _ -> address);
  }

  private ReferencedInstance instance(Fate fate) {
    var uid = new SopInstanceUid(Uid.create());
    fates.put(uid, fate);
    return new ReferencedInstance(CT, uid);
  }

  private static ReferencedInstance[] many(int count) {
    var all = new ReferencedInstance[count];
    for (int i = 0; i < count; i++) {
      all[i] = new ReferencedInstance(CT, SopInstanceUid.of("2.25.4711." + i));
    }
    return all;
  }

  private static CommitmentRequest request(Uid transaction, ReferencedInstance... instances) {
    return new CommitmentRequest(
        new AeTitle("CT1"), InetAddress.getLoopbackAddress(), transaction, List.of(instances));
  }
}
