package org.heliograph.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.NoAcceptedContextException;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.RejectReason;
import org.heliograph.dicom.net.ul.UserInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our SCU against our SCP, dcmtk's storescp, and acceptors that misbehave. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class StorageScuIT {
  private static final SopClassUid SOP_CLASS = SopClassUid.of(SampleInstance.SOP_CLASS);
  private static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final AssociationTimeouts TIMEOUTS =
      AssociationTimeouts.defaults().withArtim(SHORT).withResponse(SHORT).withPdu(SHORT);
  private static final int BIG = 3000;

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SampleInstance sample = SampleInstance.ofSide(200);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200, BIG})
  void instances_arrive_unchanged_at_our_own_scp(int side) throws IOException {
    var sink = new MemorySink();
    var image = SampleInstance.ofSide(side);
    try (var node = node(sink);
        var scu = scu(node.port()).open()) {
      assertThat(scu.echo()).isEqualTo(DimseStatus.SUCCESS);
      assertThat(store(scu, image)).isEqualTo(DimseStatus.SUCCESS);
      assertThat(store(scu, image)).isEqualTo(DimseStatus.SUCCESS);
      scu.release();
      await().atMost(Duration.ofSeconds(10)).until(() -> node.associations() == 0);
    }
    assertThat(sink.received())
        .hasSize(2)
        .allMatch(instance -> instance.digest().equals(MemorySink.digestOf(image.dataset())));
  }

  @Test
  void a_warning_keeps_its_comment() throws IOException {
    var sink = new MemorySink();
    sink.answer(_ -> new StoreOutcome.Quarantined("HG-0042 kept for review"));
    try (var node = node(sink);
        var scu = scu(node.port()).open()) {
      var status = store(scu, sample);

      assertThat(status.hex()).isEqualTo("B000");
      assertThat(status.category()).isEqualTo(DimseStatus.Category.WARNING);
      assertThat(status.comment()).isEqualTo("HG-0042 kept for review");
    }
  }

  @Test
  void what_was_not_accepted_is_not_sent() throws IOException {
    try (var node = node(new MemorySink());
        var scu = scu(node.port()).open()) {
      assertThat(scu.accepts(SOP_CLASS, SYNTAX)).isTrue();
      assertThatThrownBy(() ->
              scu.store(
                  SOP_CLASS,
                  SopInstanceUid.of(sample.sopInstanceUid()),
                  TransferSyntaxUid.of(Uids.ImplicitVrLittleEndian),
                  DatasetSource.of(sample.dataset())))
          .isInstanceOf(NoAcceptedContextException.class);
      assertThat(store(scu, sample)).isEqualTo(DimseStatus.SUCCESS);
    }
  }

  @Test
  void a_source_that_breaks_ends_the_association_and_stores_nothing() throws IOException {
    var sink = new MemorySink();
    var breaking =
        new DatasetSource() {
          @Override
          public InputStream open() {
            return new InputStream() {
              private int left = 400_000;

              @Override
              public int read() {
                return left-- > 0 ? 0 : broken();
              }

              @Override
              public int read(byte[] target, int offset, int length) {
                var count = Math.min(left, length);
                left -= count;
                return count > 0 ? count : broken();
              }

              private int broken() {
                throw new IllegalStateException("source broke");
              }
            };
          }

          @Override
          public long length() {
            return 500_000;
          }
        };
    try (var node = node(sink);
        var scu = scu(node.port()).open()) {
      assertThatThrownBy(() ->
              scu.store(SOP_CLASS, SopInstanceUid.of(sample.sopInstanceUid()), SYNTAX, breaking))
          .hasMessage("source broke");
      await().atMost(Duration.ofSeconds(10)).until(() -> node.associations() == 0);
    }
    assertThat(sink.received()).isEmpty();
  }

  @Test
  void a_rejection_carries_the_reason() throws IOException {
    CallerPolicy nobody =
        (_, _, _) -> new CallerPolicy.Rejected(RejectReason.CALLING_AE_TITLE_NOT_RECOGNIZED);
    try (var node =
        DicomNode.start(
            NodeSettings.of(new AeTitle("HELIOGRAPH")).build(), nobody, new MemorySink())) {
      assertThatThrownBy(() -> scu(node.port()).open())
          .isInstanceOfSatisfying(
              AssociationException.Rejected.class,
              e -> assertThat(e.pdu()).isEqualTo(new Pdu.AssociateRj(1, 1, 3)));
    }
  }

  @Test
  void storescp_stores_what_we_send() throws Exception {
    Dcmtk.assumePresent("storescp");
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var storescp =
        Dcmtk.start("storescp", "-aet", "STORESCP", "+B", "-od", folder.toString(), "" + port);
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> {
            try (var scu = scu(port).open()) {
              return scu.echo().isAccepted();
            }
          });
      try (var scu = scu(port).open()) {
        assertThat(store(scu, sample)).isEqualTo(DimseStatus.SUCCESS);
        scu.release();
      }
      try (var files = Files.list(folder)) {
        var stored = Files.readAllBytes(files.toList().getFirst());
        var dataset = sample.dataset();
        assertThat(stored).endsWith(dataset);
      }
    } finally {
      storescp.destroyForcibly();
    }
  }

  @Test
  void an_acceptor_that_does_not_answer_is_given_up() throws IOException {
    try (var acceptor = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> scu(acceptor.getLocalPort()).timeouts(TIMEOUTS).open())
          .isInstanceOf(AssociationException.TimedOut.class);
    }
  }

  @Test
  void a_response_that_does_not_come_is_given_up() throws Exception {
    var outcome =
        againstScript(peer -> {
          peer.expect(Pdu.PData.class);
          peer.expectEnd();
        });

    assertThatThrownBy(outcome::get).hasCauseInstanceOf(AssociationException.TimedOut.class);
  }

  @Test
  void a_response_to_another_message_is_not_taken_for_success() throws Exception {
    var outcome =
        againstScript(peer -> {
          peer.expect(Pdu.PData.class);
          peer.sendCommand(1, ScriptedPeer.response(0x8001, 99, 0));
          peer.expectEnd();
        });

    assertThatThrownBy(outcome::get)
        .hasCauseInstanceOf(AssociationException.ProtocolViolation.class);
  }

  @Test
  void an_abort_instead_of_a_response_is_told() throws Exception {
    var outcome =
        againstScript(peer -> {
          peer.expect(Pdu.PData.class);
          peer.send(Pdu.Abort.byUser());
        });

    assertThatThrownBy(outcome::get).hasCauseInstanceOf(AssociationException.AbortedByPeer.class);
  }

  @Test
  void an_acceptor_that_stops_reading_is_cut_off() throws Exception {
    var big = SampleInstance.ofSide(BIG);
    try (var acceptor = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var sending =
          threads.submit(() -> {
            try (var scu = scu(acceptor.getLocalPort()).timeouts(TIMEOUTS).open()) {
              return store(scu, big);
            }
          });
      try (var _ = accept(acceptor)) {
        assertThatThrownBy(() -> sending.get(30, TimeUnit.SECONDS))
            .hasCauseInstanceOf(AssociationException.ConnectionLost.class);
      }
    }
  }

  @Test
  void a_release_collision_is_resolved() throws Exception {
    try (var acceptor = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var releasing =
          threads.submit(() -> {
            try (var scu = scu(acceptor.getLocalPort()).open()) {
              scu.release();
            }
            return true;
          });
      try (var peer = accept(acceptor)) {
        peer.expect(Pdu.ReleaseRq.class);
        peer.send(new Pdu.ReleaseRq());
        peer.expect(Pdu.ReleaseRp.class);
        peer.send(new Pdu.ReleaseRp());

        assertThat(releasing.get(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void two_hundred_idle_associations_are_cheap_and_keep_nobody_waiting() throws IOException {
    var idle = new ArrayList<ScriptedPeer>();
    try (var node = node(new MemorySink())) {
      var before = usedBytes();
      try {
        for (var i = 0; i < 199; i++) {
          idle.add(ScriptedPeer.associate(node.port()));
        }
        var start = System.nanoTime();
        try (var scu = scu(node.port()).open()) {
          assertThat(scu.echo().isAccepted()).isTrue();
          scu.release();
        }
        var echo = Duration.ofNanos(System.nanoTime() - start);

        assertThat(node.associations()).isGreaterThanOrEqualTo(199);
        assertThat(echo).isLessThan(Duration.ofSeconds(2));
        assertThat(usedBytes() - before).isLessThan(64L << 20);
      } finally {
        for (var peer : idle) {
          peer.cut();
        }
      }
    }
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** What a scripted acceptor does once the association stands. */
  private interface Script {
    void run(ScriptedPeer peer) throws IOException;
  }

  private Future<DimseStatus> againstScript(Script script) throws IOException {
    try (var acceptor = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var storing =
          threads.submit(() -> {
            try (var scu = scu(acceptor.getLocalPort()).timeouts(TIMEOUTS).open()) {
              return store(scu, sample);
            }
          });
      try (var peer = accept(acceptor)) {
        script.run(peer);
      }
      await().atMost(Duration.ofSeconds(30)).until(storing::isDone);
      return storing;
    }
  }

  private static ScriptedPeer accept(ServerSocket acceptor) throws IOException {
    var peer = new ScriptedPeer(acceptor.accept());
    var request = peer.expect(Pdu.AssociateRq.class);
    var results =
        request.contexts().stream()
            .map(context ->
                new Pdu.ContextResult(
                    context.id(),
                    Pdu.ContextResult.Result.ACCEPTANCE,
                    context.transferSyntaxes().getFirst()))
            .toList();
    peer.send(
        new Pdu.AssociateAc(
            1,
            request.calledAe(),
            request.callingAe(),
            request.applicationContext(),
            results,
            UserInformation.of(0, "2.25.1", "SCRIPTED")));
    return peer;
  }

  private static DimseStatus store(StorageScu scu, SampleInstance image) throws IOException {
    return scu.store(
        SOP_CLASS,
        SopInstanceUid.of(image.sopInstanceUid()),
        SYNTAX,
        DatasetSource.of(image.dataset()));
  }

  private static StorageScu.Builder scu(int port) {
    return StorageScu.to("127.0.0.1", port, new AeTitle("SCU"), new AeTitle("HELIOGRAPH"))
        .propose(SOP_CLASS, SYNTAX)
        .proposeVerification();
  }

  private static DicomNode node(InstanceSink sink) throws IOException {
    return DicomNode.start(
        NodeSettings.of(new AeTitle("HELIOGRAPH")).build(), CallerPolicy.everyone(), sink);
  }
}
