package org.heliograph.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.ul.RejectReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dcmtk's programs as requestors. */
@SuppressWarnings("NullAway.Init")
class DcmtkPeerIT {
  @TempDir private Path folder;
  private final MemorySink sink = new MemorySink();
  private DicomNode node;

  @BeforeEach
  void start() throws IOException {
    node =
        DicomNode.start(
            NodeSettings.of(new AeTitle("HELIOGRAPH")).build(),
            (calling, _, _) ->
                calling.value().equals("STRANGER")
                    ? new CallerPolicy.Rejected(RejectReason.CALLING_AE_TITLE_NOT_RECOGNIZED)
                    : new CallerPolicy.Admitted(),
            sink);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void echoscu_is_answered() throws Exception {
    var echo = dcmtk("echoscu", List.of("-v", "--repeat", "5"), List.of());

    assertThat(echo.exitCode()).as(echo.output()).isZero();
    assertThat(echo.output()).contains("Received Echo Response (Success)");
  }

  @Test
  void echoscu_may_propose_128_contexts() throws Exception {
    var echo = dcmtk("echoscu", List.of("--propose-pc", "128"), List.of());

    assertThat(echo.exitCode()).as(echo.output()).isZero();
  }

  @Test
  void an_unknown_called_ae_title_is_rejected_with_its_reason() throws Exception {
    var echo = Dcmtk.run("echoscu", "-aec", "NOBODY", "127.0.0.1", "" + node.port());

    assertThat(echo.exitCode()).isNotZero();
    assertThat(echo.output()).contains("Called AE Title Not Recognized");
  }

  @Test
  void an_unknown_calling_ae_title_is_rejected_with_its_reason() throws Exception {
    var echo =
        Dcmtk.run(
            "echoscu", "-aet", "STRANGER", "-aec", "HELIOGRAPH", "127.0.0.1", "" + node.port());

    assertThat(echo.exitCode()).isNotZero();
    assertThat(echo.output()).contains("Calling AE Title Not Recognized");
  }

  @Test
  void storescu_sends_bytes_that_arrive_unchanged() throws Exception {
    var sample = SampleInstance.ofSide(700);
    var file = sample.writeTo(folder.resolve("image.dcm"));

    var store = dcmtk("storescu", List.of("-xe"), List.of(file));

    assertThat(store.exitCode()).as(store.output()).isZero();
    assertThat(sink.received())
        .singleElement()
        .satisfies(instance -> {
          assertThat(instance.sopInstanceUid()).isEqualTo(sample.sopInstanceUid());
          assertThat(instance.transferSyntax()).isEqualTo(Uids.ExplicitVrLittleEndian);
          assertThat(instance.digest()).isEqualTo(MemorySink.digestOf(sample.dataset()));
        });
  }

  @Test
  void uncompressed_transfer_syntaxes_arrive_as_they_are() throws Exception {
    var file = SampleInstance.ofSide(64).writeTo(folder.resolve("image.dcm"));
    var converted = folder.resolve("converted.dcm");

    for (var option : List.of("+te -xe", "+tb -xb", "+ti -xi", "+td -xd")) {
      var options = option.split(" ", -1);
      Dcmtk.run("dcmconv", options[0], file.toString(), converted.toString());
      var store = dcmtk("storescu", List.of(options[1]), List.of(converted));

      assertThat(store.exitCode()).as(option + " " + store.output()).isZero();
    }
    assertThat(sink.received())
        .extracting(MemorySink.Received::transferSyntax)
        .containsExactly(
            Uids.ExplicitVrLittleEndian,
            Uids.ExplicitVrBigEndian,
            Uids.ImplicitVrLittleEndian,
            Uids.DeflatedExplicitVrLittleEndian);
  }

  @Test
  void compressed_transfer_syntaxes_are_accepted_as_proposed() throws Exception {
    var file = SampleInstance.ofSide(64).writeTo(folder.resolve("image.dcm"));

    for (var option : List.of("-xs", "-xy", "-xx", "-xt", "-xu", "-xv", "-xw", "-xr", "-xm")) {
      var store = dcmtk("storescu", List.of("-d", option), List.of(file));

      assertThat(store.output()).as(option).contains("Association Accepted");
    }
  }

  @Test
  void combined_proposed_transfer_syntaxes_are_accepted() throws Exception {
    var file = SampleInstance.ofSide(64).writeTo(folder.resolve("image.dcm"));

    var store = dcmtk("storescu", List.of("+C"), List.of(file));

    assertThat(store.exitCode()).as(store.output()).isZero();
    assertThat(sink.received()).hasSize(1);
  }

  @Test
  void dcmsend_sends_many_instances_on_one_association() throws Exception {
    var files =
        IntStream.range(0, 50)
            .mapToObj(number -> {
              try {
                return SampleInstance.ofSide(100).writeTo(folder.resolve(number + ".dcm"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
            .toList();

    var send = dcmtk("dcmsend", List.of(), files);

    assertThat(send.exitCode()).as(send.output()).isZero();
    assertThat(sink.received()).hasSize(50);
  }

  @Test
  void small_pdus_are_put_together() throws Exception {
    var sample = SampleInstance.ofSide(300);
    var file = sample.writeTo(folder.resolve("image.dcm"));

    var store = dcmtk("storescu", List.of("-xe", "--max-send-pdu", "4096"), List.of(file));

    assertThat(store.exitCode()).as(store.output()).isZero();
    assertThat(sink.received().getFirst().digest())
        .isEqualTo(MemorySink.digestOf(sample.dataset()));
  }

  @Test
  void a_failure_status_and_its_comment_reach_the_sender() throws Exception {
    sink.answer(_ -> new StoreOutcome.CannotUnderstand("HG-0007 cannot read the data set"));
    var file = SampleInstance.ofSide(64).writeTo(folder.resolve("image.dcm"));

    var store = dcmtk("storescu", List.of("-d"), List.of(file));

    assertThat(store.output()).contains("0xc000").contains("HG-0007 cannot read the data set");
  }

  @Test
  void an_abort_by_storescu_leaves_the_node_in_service() throws Exception {
    var file = SampleInstance.ofSide(64).writeTo(folder.resolve("image.dcm"));

    dcmtk("storescu", List.of("--abort"), List.of(file));
    var echo = dcmtk("echoscu", List.of(), List.of());

    assertThat(echo.exitCode()).as(echo.output()).isZero();
  }

  @Test
  void termscu_is_told_that_shutting_down_by_dicom_is_not_offered() throws Exception {
    dcmtk("termscu", List.of(), List.of());
    var echo = dcmtk("echoscu", List.of(), List.of());

    assertThat(echo.exitCode()).as(echo.output()).isZero();
  }

  private Dcmtk.Result dcmtk(String program, List<String> options, List<Path> files)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-aet", "DEMO_CLINIC_A", "-aec", "HELIOGRAPH", "127.0.0.1"));
    arguments.add("" + node.port());
    files.forEach(file -> arguments.add(file.toString()));
    return Dcmtk.run(program, arguments.toArray(String[]::new));
  }
}
