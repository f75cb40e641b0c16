package org.heliograph.node.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Receipt;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.storage.IncomingInstance;
import org.heliograph.node.storage.StoreOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of instances and documents in the spool, and that a restart changes nothing. */
class SpoolTest {
  private static final PrunePolicy ALL = new PrunePolicy(Duration.ZERO, 0, 0);

  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final Random random = new Random(7);
  private Spool spool;

  @BeforeEach
  void open() throws IOException {
    spool = Spool.open(settings(), DurableFiles.SYSTEM, clock);
  }

  @AfterEach
  void close() throws IOException {
    spool.close();
  }

  private SpoolSettings settings() {
    return SpoolSettings.of(folder).withReserveBytes(0);
  }

  private void reopen() throws IOException {
    spool.close();
    open();
  }

  private SpooledInstance receive(TestInstance instance) throws IOException {
    assertThat(spool.receive(instance.incoming())).isInstanceOf(StoreOutcome.Stored.class);
    return spool.bySopInstance(instance.sopInstance()).orElseThrow();
  }

  private SpooledInstance prepared(TestInstance instance) throws IOException {
    SpooledInstance received = receive(instance);
    spool.prepared(received.id(), SpoolUse.unchanged(received));
    return spool.find(received.id()).orElseThrow();
  }

  @Test
  void keeps_an_instance_bit_exact_over_a_restart() throws IOException {
    var instance = TestInstance.random(random);

    SpooledInstance received = receive(instance);
    reopen();

    assertThat(spool.find(received.id())).contains(received);
    assertThat(received.receivedDigest()).isEqualTo(instance.digest());
    assertThat(received.state()).isEqualTo(InstanceState.RECEIVED);
    assertThat(SpoolUse.has(spool, instance)).isTrue();
    assertThat(spool.verify(received.id())).isTrue();
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void takes_the_same_instance_once_and_keeps_other_content_apart() throws IOException {
    var instance = TestInstance.random(random);
    SpooledInstance first = receive(instance);

    assertThat(spool.receive(instance.incoming())).isInstanceOf(StoreOutcome.AlreadyStored.class);
    assertThat(spool.receive(instance.altered().incoming()))
        .isInstanceOf(StoreOutcome.Quarantined.class);
    assertThat(spool.receive(instance.altered().incoming()))
        .isInstanceOf(StoreOutcome.Quarantined.class);
    reopen();

    assertThat(spool.bySopInstance(instance.sopInstance())).contains(first);
    assertThat(spool.in(InstanceState.QUARANTINED, 9)).hasSize(1);
    assertThat(spool.totals().quarantined()).isEqualTo(1);
    assertThat(SpoolUse.files(folder.resolve("instances"))).isEqualTo(1);
    assertThat(SpoolUse.files(folder.resolve("quarantine"))).isEqualTo(1);
    assertThat(spool.retry(spool.in(InstanceState.QUARANTINED, 9).getFirst().id())).isFalse();
  }

  @Test
  void eight_senders_of_the_same_instances_at_once_store_each_once() throws Exception {
    List<TestInstance> instances = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      instances.add(TestInstance.random(random));
    }
    var stored = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> senders = new ArrayList<>();
      for (int sender = 0; sender < 8; sender++) {
        long association = sender;
        senders.add(
            threads.submit(() -> {
              for (TestInstance each : instances) {
                StoreOutcome outcome = spool.receive(each.incoming(association));
                if (outcome instanceof StoreOutcome.Stored) {
                  stored.incrementAndGet();
                } else {
                  assertThat(outcome).isInstanceOf(StoreOutcome.AlreadyStored.class);
                }
              }
              return null;
            }));
      }
      for (Future<?> each : senders) {
        each.get();
      }
    }

    assertThat(stored).hasValue(20);
    assertThat(SpoolUse.files(folder.resolve("instances"))).isEqualTo(20);
    assertThat(spool.in(InstanceState.RECEIVED, 99)).hasSize(20);
  }

  @Test
  void refuses_what_is_no_instance_of_the_request() throws IOException {
    var instance = TestInstance.random(random);
    IncomingInstance good = instance.incoming();
    var other =
        new IncomingInstance(
            1,
            good.callingAe(),
            good.calledAe(),
            good.peer(),
            good.sopClass(),
            SopInstanceUid.of(Uid.create().value()),
            good.transferSyntax(),
            new ByteArrayInputStream(instance.dataset()));
    var cut =
        new IncomingInstance(
            1,
            good.callingAe(),
            good.calledAe(),
            good.peer(),
            good.sopClass(),
            good.sopInstance(),
            good.transferSyntax(),
            new ByteArrayInputStream(instance.dataset(), 0, instance.dataset().length - 4));

    assertThat(spool.receive(other)).isInstanceOf(StoreOutcome.DoesNotMatchSopClass.class);
    assertThat(spool.receive(cut)).isInstanceOf(StoreOutcome.CannotUnderstand.class);
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
    assertThat(folder.resolve("instances")).isEmptyDirectory();
  }

  @Test
  void a_file_is_taken_with_a_head_of_our_own() throws IOException {
    var instance = TestInstance.random(random);
    Path file = Files.write(folder.resolve("from-watch"), instance.partTen());
    byte[] bare = TestInstance.random(random).dataset();
    Path headless = Files.write(folder.resolve("headless"), bare);
    Path text = Files.writeString(folder.resolve("text"), "not an image at all");

    Added added = spool.addFile(file, "WATCH");
    Added again = spool.addFile(file, "WATCH");
    Added second = spool.addFile(headless, "WATCH");

    assertThat(added.outcome()).isInstanceOf(StoreOutcome.Stored.class);
    assertThat(again.outcome()).isInstanceOf(StoreOutcome.AlreadyStored.class);
    assertThat(again.instance()).isEqualTo(added.instance());
    assertThat(second.outcome()).isInstanceOf(StoreOutcome.Stored.class);
    assertThat(SpoolUse.has(spool, instance)).isTrue();
    assertThat(spool.addFile(text, "WATCH").outcome())
        .isInstanceOf(StoreOutcome.CannotUnderstand.class);
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void what_was_recoded_takes_the_place_of_the_original() throws IOException {
    var instance = TestInstance.random(random);
    var smaller = instance.altered();
    SpooledInstance received = receive(instance);

    spool.prepared(received.id(), SpoolUse.recoded(spool, received, smaller));
    reopen();

    SpooledInstance prepared = spool.find(received.id()).orElseThrow();
    assertThat(prepared.state()).isEqualTo(InstanceState.PREPARED);
    assertThat(prepared.digest()).isEqualTo(smaller.digest());
    assertThat(prepared.receivedDigest()).isEqualTo(instance.digest());
    assertThat(SpoolUse.dataset(spool.file(prepared))).isEqualTo(smaller.dataset());
    assertThat(spool.preview(prepared)).isPresent();
    assertThat(SpoolUse.files(folder.resolve("instances"))).isEqualTo(1);
    assertThat(spool.verify(prepared.id())).isTrue();
    assertThat(spool.receive(instance.incoming())).isInstanceOf(StoreOutcome.AlreadyStored.class);
  }

  @Test
  void a_parcel_is_closed_by_its_receipts_and_its_files_may_be_pruned() throws IOException {
    SpooledInstance one = prepared(TestInstance.random(random));
    SpooledInstance two = prepared(TestInstance.random(random));
    ParcelRecord parcel = SpoolUse.parcel(List.of(one.id(), two.id()), List.of());
    Files.write(spool.parcelFolder(parcel.id()).resolve("manifest"), new byte[10]);
    spool.parcel(parcel);
    spool.announced(parcel.id());
    spool.partWhole(parcel.id(), 0);
    spool.partWhole(parcel.id(), 1);
    spool.partWanted(parcel.id(), 1);
    reopen();

    ParcelRecord open = spool.openParcels().getFirst();
    assertThat(open.announced()).isTrue();
    assertThat(open.wholeParts()).containsExactly(0);
    assertThat(spool.find(one.id()).orElseThrow().parcel()).isEqualTo(parcel.id());
    assertThat(spool.prune(ALL)).isZero();

    spool.receipt(SpoolUse.stored(parcel.id(), one), false);
    assertThat(spool.find(one.id()).orElseThrow().state()).isEqualTo(InstanceState.PARCELLED);
    spool.receipt(SpoolUse.stored(parcel.id(), one), true);
    assertThat(spool.prune(ALL)).isEqualTo(1);
    assertThat(spool.openParcels()).hasSize(1);

    spool.receipt(SpoolUse.stored(parcel.id(), two), true);
    assertThat(spool.openParcels()).isEmpty();
    assertThat(folder.resolve("parcels")).isEmptyDirectory();
    reopen();
    assertThat(spool.prune(ALL)).isEqualTo(1);
    assertThat(folder.resolve("instances")).isEmptyDirectory();
    assertThat(spool.studies()).isEmpty();
    assertThat(spool.totals().waiting()).isZero();
  }

  @Test
  void what_was_pruned_is_not_sent_twice() throws IOException {
    var instance = TestInstance.random(random);
    SpooledInstance kept = prepared(instance);
    spool.receipt(SpoolUse.stored(UUID.randomUUID(), kept), true);
    assertThat(spool.wasConfirmed(kept.sopInstance())).isFalse();
    assertThat(spool.prune(ALL)).isEqualTo(1);
    reopen();

    assertThat(spool.wasConfirmed(kept.sopInstance())).isTrue();
    assertThat(spool.wasConfirmed(new SopInstanceUid(Uid.create()))).isFalse();
    assertThat(spool.receive(instance.incoming())).isInstanceOf(StoreOutcome.AlreadyStored.class);
    assertThat(spool.receive(instance.altered().incoming()))
        .isInstanceOf(StoreOutcome.Quarantined.class);
    assertThat(spool.in(InstanceState.RECEIVED, 9)).isEmpty();
    assertThat(spool.retry(spool.in(InstanceState.QUARANTINED, 1).getFirst().id())).isTrue();
    reopen();
    assertThat(spool.in(InstanceState.RECEIVED, 9)).hasSize(1);
    assertThat(SpoolUse.has(spool, instance.altered())).isTrue();
  }

  @Test
  void only_a_receipt_for_exactly_these_bytes_confirms() throws IOException {
    SpooledInstance one = prepared(TestInstance.random(random));
    SpooledInstance two = prepared(TestInstance.random(random));
    ParcelRecord parcel = SpoolUse.parcel(List.of(one.id(), two.id()), List.of());
    spool.parcel(parcel);

    spool.receipt(
        SpoolUse.receipt(
            parcel.id(), one.sopInstance().value().value(), two.digest(), Receipt.Outcome.STORED),
        true);
    spool.receipt(
        SpoolUse.receipt(
            parcel.id(), two.sopInstance().value().value(), two.digest(), Receipt.Outcome.REFUSED),
        true);

    assertThat(spool.find(one.id()).orElseThrow().code()).isEqualTo(SpoolCode.RECEIPT_DIFFERS);
    assertThat(spool.find(two.id()).orElseThrow().code()).isEqualTo("TR-0001");
    assertThat(spool.in(InstanceState.PARKED, 9)).hasSize(2);
    assertThat(spool.openParcels()).isEmpty();
    assertThat(spool.prune(ALL)).isZero();
    assertThat(spool.retry(two.id())).isTrue();
    assertThat(spool.find(two.id()).orElseThrow().state()).isEqualTo(InstanceState.PREPARED);
  }

  @Test
  void a_parcel_that_is_given_up_sets_its_instances_free() throws IOException {
    SpooledInstance one = prepared(TestInstance.random(random));
    ParcelRecord parcel = SpoolUse.parcel(List.of(one.id()), List.of());
    spool.parcel(parcel);
    spool.parkedParcel(parcel.id(), "TR-0002");
    reopen();
    assertThat(spool.parcel(parcel.id()).orElseThrow().code()).isEqualTo("TR-0002");
    assertThat(spool.retry(parcel.id())).isTrue();
    assertThat(spool.parcel(parcel.id()).orElseThrow().code()).isEmpty();

    assertThatThrownBy(() -> spool.parcel(SpoolUse.parcel(List.of(one.id()), List.of())))
        .isInstanceOf(IllegalStateException.class);
    spool.dissolve(parcel.id());

    assertThat(spool.openParcels()).isEmpty();
    assertThat(spool.find(one.id()).orElseThrow().state()).isEqualTo(InstanceState.PREPARED);
  }

  @Test
  void keeps_a_document_with_its_patient_once() throws IOException {
    var study =
        new ManifestStudy(
            Uid.create().value(), "Sample^Anna", "1", "", "", "F", "", "", "", "XC", "", "");
    Path photo = Files.write(folder.resolve("photo"), new byte[] {1, 2, 3, 4});
    var document = new NewDocument(study, "image/jpeg", "", "Arm", Urgency.URGENT, null);

    UUID id = spool.addDocument(document, photo);
    assertThat(spool.addDocument(document, photo)).isEqualTo(id);
    reopen();

    SpooledDocument kept = spool.documentsIn(InstanceState.PREPARED, 9).getFirst();
    assertThat(kept.study()).isEqualTo(study);
    assertThat(kept.urgency()).isEqualTo(Urgency.URGENT);
    assertThat(Files.readAllBytes(spool.file(kept))).containsExactly(1, 2, 3, 4);
    ParcelRecord parcel = SpoolUse.parcel(List.of(), List.of(id));
    spool.parcel(parcel);
    spool.receipt(
        SpoolUse.receipt(parcel.id(), id.toString(), kept.digest(), Receipt.Outcome.STORED), true);
    reopen();
    assertThat(spool.openParcels()).isEmpty();
    assertThat(spool.prune(ALL)).isEqualTo(1);
    assertThat(spool.document(id)).isEmpty();
    assertThat(folder.resolve("documents")).isEmptyDirectory();
  }

  @Test
  void an_urgent_study_is_urgent_in_all_its_parts() throws IOException {
    var instance = TestInstance.random(random);
    SpooledInstance one = prepared(instance);
    ParcelRecord parcel = SpoolUse.parcel(List.of(one.id()), List.of());
    spool.parcel(parcel);

    spool.urgent(instance.study(), Urgency.EMERGENCY);
    receive(TestInstance.inStudy(instance.study().value().value(), random));
    reopen();

    assertThat(spool.openParcels().getFirst().urgency()).isEqualTo(Urgency.EMERGENCY);
    assertThat(spool.ofStudy(instance.study()))
        .extracting(SpooledInstance::urgency)
        .containsExactly(Urgency.EMERGENCY, Urgency.EMERGENCY);
    StudyProgress progress = spool.studies().getFirst();
    assertThat(progress.urgency()).isEqualTo(Urgency.EMERGENCY);
    assertThat(progress.received()).isEqualTo(1);
    assertThat(progress.parcelled()).isEqualTo(1);
  }

  @Test
  void prunes_by_age_and_by_size_the_oldest_first() throws IOException {
    List<SpooledInstance> kept = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      SpooledInstance each = prepared(TestInstance.random(random));
      spool.receipt(SpoolUse.stored(UUID.randomUUID(), each), true);
      kept.add(each);
      clock.advance(Duration.ofDays(1));
    }

    assertThat(spool.prune(new PrunePolicy(Duration.ofHours(84), Long.MAX_VALUE, 0))).isEqualTo(1);
    assertThat(spool.find(kept.getFirst().id())).isEmpty();
    long two = spool.totals().confirmedBytes() - kept.get(1).receivedBytes();
    assertThat(spool.prune(new PrunePolicy(Duration.ofDays(99), two, 0))).isEqualTo(1);
    assertThat(spool.find(kept.get(1).id())).isEmpty();
    assertThat(spool.totals().confirmed()).isEqualTo(2);
  }

  @Test
  void small_facts_survive() throws IOException {
    var told = new AtomicInteger();
    spool.onChange(told::incrementAndGet);

    spool.note("cursor", "41");
    spool.note("cursor", "42");
    assertThat(told).hasValue(2);
    reopen();

    assertThat(spool.note("cursor")).isEqualTo(Optional.of("42"));
    assertThat(spool.note("other")).isEmpty();
  }
}
