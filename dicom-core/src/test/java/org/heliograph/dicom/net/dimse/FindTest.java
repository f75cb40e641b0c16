package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.Retry;
import org.junit.jupiter.api.Test;

/** C-FIND between our SCU and our SCP. */
class FindTest {
  private static final SopClassUid FIND = InformationModel.STUDY_ROOT.find().orElseThrow();
  private static final SopClassUid SC = SopClassUid.of(Uids.SecondaryCaptureImageStorage);
  private static final Dataset KEYS =
      Identifier.at(QueryRetrieveLevel.STUDY).returning(Tag.PatientName).build();

  static Dataset study(int number) {
    return Dataset.builder()
        .string(Tag.QueryRetrieveLevel, "STUDY")
        .string(Tag.StudyInstanceUID, "2.25." + (1000 + number))
        .build();
  }

  private static QueryRetrieveScu open(TestScp scp) throws IOException {
    return QueryRetrieveScu.to("127.0.0.1", scp.port(), TestScp.CALLER, TestScp.TITLE)
        .proposeVerification()
        .proposeFind(InformationModel.STUDY_ROOT)
        .proposeMove(InformationModel.STUDY_ROOT)
        .proposeGet(InformationModel.STUDY_ROOT)
        .proposeRetrieved(SC, TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian))
        .open();
  }

  @Test
  void matches_come_one_by_one_and_end_with_success() throws Exception {
    var asked = new ArrayList<Dataset>();
    FindHandler handler =
        request -> {
          asked.add(request.keys());
          assertThat(request.invocation().peer().callingAe()).isEqualTo("TESTSCU");
          return FindHandler.Matches.of(List.of(study(1), study(2), study(3)));
        };
    try (var scp = TestScp.start(DimseServices.builder().find(handler, FIND));
        var scu = open(scp)) {
      try (var results = scu.find(InformationModel.STUDY_ROOT, KEYS);
          var stream = results.stream()) {
        assertThat(stream.map(d -> d.string(Tag.StudyInstanceUID, "")))
            .containsExactly("2.25.1001", "2.25.1002", "2.25.1003");
        assertThat(results.status()).isEqualTo(DimseStatus.SUCCESS);
      }
      assertThat(scu.echo()).isEqualTo(DimseStatus.SUCCESS);
      scu.release();
      assertThat(asked).containsExactly(KEYS);
      assertThat(scp.causes).isEmpty();
    }
  }

  @Test
  void a_query_without_end_stops_when_it_is_closed() throws Exception {
    var made = new AtomicInteger();
    var closed = new AtomicInteger();
    FindHandler handler =
        _ ->
            new FindHandler.Matches() {
              @Override
              public Match next() {
                return Match.of(study(made.incrementAndGet()));
              }

              @Override
              public void close() {
                closed.incrementAndGet();
              }
            };
    try (var scp = TestScp.start(DimseServices.builder().find(handler, FIND));
        var scu = open(scp)) {
      var results = scu.find(InformationModel.STUDY_ROOT, KEYS);
      assertThat(results.next()).isNotNull();
      assertThatThrownBy(scu::echo).isInstanceOf(IllegalStateException.class);
      results.close();

      assertThat(results.status()).isEqualTo(DimseStatus.CANCEL);
      assertThat(closed).hasValue(1);
      assertThat(scu.echo()).isEqualTo(DimseStatus.SUCCESS);
    }
  }

  @Test
  void a_slow_query_sees_the_cancel_itself() throws Exception {
    FindHandler handler =
        request ->
            () -> {
              while (!request.invocation().cancellation().isRequested()) {
                Thread.onSpinWait();
              }
              return null;
            };
    try (var scp = TestScp.start(DimseServices.builder().find(handler, FIND));
        var scu = open(scp);
        var results = scu.find(InformationModel.STUDY_ROOT, KEYS)) {
      results.cancel();

      assertThat(results.next()).isNull();
      assertThat(results.status()).isEqualTo(DimseStatus.CANCEL);
    }
  }

  @Test
  void unsupported_optional_keys_are_told_with_each_match() throws Exception {
    FindHandler handler =
        _ -> {
          var each = List.of(new Match(study(1), Match.OptionalKeys.NOT_ALL_SUPPORTED)).iterator();
          return () -> each.hasNext() ? each.next() : null;
        };
    try (var scp = TestScp.start(DimseServices.builder().find(handler, FIND));
        var scu = open(scp);
        var results = scu.find(InformationModel.STUDY_ROOT, KEYS)) {
      assertThat(results.next())
          .extracting(Match::optionalKeys)
          .isEqualTo(Match.OptionalKeys.NOT_ALL_SUPPORTED);
    }
  }

  @Test
  void failures_of_a_query_come_with_their_comment_and_elements() throws Exception {
    var answers = new ArrayList<Exception>();
    answers.add(
        new DimseException(
            DimseStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS
                .withComment("no level")
                .withOffendingElements(List.of(Tag.QueryRetrieveLevel))
                .withErrorId(7)));
    answers.add(new IOException("the database is away"));
    FindHandler handler =
        _ -> {
          throw (IOException) answers.removeFirst();
        };
    try (var scp = TestScp.start(DimseServices.builder().find(handler, FIND));
        var scu = open(scp)) {
      var first = scu.find(InformationModel.STUDY_ROOT, KEYS);
      assertThat(first.next()).isNull();
      assertThat(first.status().code()).isEqualTo(0xa900);
      assertThat(first.status().comment()).isEqualTo("no level");
      assertThat(first.status().offendingElements()).containsExactly(Tag.QueryRetrieveLevel);
      assertThat(first.status().errorId()).isEqualTo(7);
      assertThat(first.status().retry()).isEqualTo(Retry.NEVER);

      var second = scu.find(InformationModel.STUDY_ROOT, KEYS);
      assertThat(second.next()).isNull();
      assertThat(second.status().code()).isEqualTo(0xa700);
      assertThat(second.status().retry()).isEqualTo(Retry.LATER);
    }
  }

  @Test
  void a_bug_in_a_handler_is_answered_and_thrown_on() throws Exception {
    FindHandler handler =
        _ -> {
          throw new IllegalStateException("bug");
        };
    try (var scp = TestScp.start(DimseServices.builder().find(handler, FIND));
        var scu = open(scp)) {
      var results = scu.find(InformationModel.STUDY_ROOT, KEYS);

      assertThat(results.next()).isNull();
      assertThat(results.status().code()).isEqualTo(0xc000);
      assertThatThrownBy(scu::echo)
          .isInstanceOfSatisfying(
              AssociationException.class, e -> assertThat(e.retry()).isEqualTo(Retry.LATER));
      await()
          .untilAsserted(() ->
              assertThat(scp.causes).singleElement().isInstanceOf(IllegalStateException.class));
    }
  }

  @Test
  void an_identifier_beyond_the_limit_is_refused_and_the_association_goes_on() throws Exception {
    FindHandler handler = _ -> FindHandler.Matches.of(List.of());
    try (var scp =
            TestScp.start(DimseServices.builder().find(handler, FIND).maxIdentifierBytes(2000));
        var scu = open(scp)) {
      var keys =
          Identifier.at(QueryRetrieveLevel.STUDY).match(Tag.PatientComments, "x".repeat(5000));
      var results = scu.find(InformationModel.STUDY_ROOT, keys.build());

      assertThat(results.next()).isNull();
      assertThat(results.status().code()).isEqualTo(0xa700);
      assertThat(scu.echo()).isEqualTo(DimseStatus.SUCCESS);
    }
  }

  @Test
  void what_the_peer_does_not_offer_is_told_before_anything_is_sent() throws Exception {
    try (var scp = TestScp.start(DimseServices.builder());
        var scu = open(scp)) {
      assertThatThrownBy(() -> scu.find(InformationModel.STUDY_ROOT, KEYS))
          .isInstanceOf(NoAcceptedContextException.class);
      assertThat(scu.finds(InformationModel.STUDY_ROOT)).isFalse();
      assertThat(scu.echo()).isEqualTo(DimseStatus.SUCCESS);
    }
  }
}
