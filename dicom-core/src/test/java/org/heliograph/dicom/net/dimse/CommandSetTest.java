package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The coding of group 0000 (PS3.7 6.3.1 and E.1). */
class CommandSetTest {
  private static final List<Integer> SHORTS =
      List.of(
          CommandTag.COMMAND_FIELD,
          CommandTag.MESSAGE_ID,
          CommandTag.MESSAGE_ID_BEING_RESPONDED_TO,
          CommandTag.PRIORITY,
          CommandTag.COMMAND_DATA_SET_TYPE,
          CommandTag.STATUS,
          CommandTag.ERROR_ID,
          CommandTag.EVENT_TYPE_ID,
          CommandTag.ACTION_TYPE_ID,
          CommandTag.NUMBER_OF_REMAINING_SUBOPERATIONS,
          CommandTag.NUMBER_OF_COMPLETED_SUBOPERATIONS,
          CommandTag.NUMBER_OF_FAILED_SUBOPERATIONS,
          CommandTag.NUMBER_OF_WARNING_SUBOPERATIONS,
          CommandTag.MOVE_ORIGINATOR_MESSAGE_ID);
  private static final List<Integer> TEXTS =
      List.of(
          CommandTag.AFFECTED_SOP_CLASS_UID,
          CommandTag.REQUESTED_SOP_CLASS_UID,
          CommandTag.AFFECTED_SOP_INSTANCE_UID,
          CommandTag.REQUESTED_SOP_INSTANCE_UID);

  @Test
  void a_command_is_coded_as_the_standard_says() throws Exception {
    var command =
        new CommandSet()
            .uid(CommandTag.REQUESTED_SOP_CLASS_UID, "1.2.3")
            .us(CommandTag.COMMAND_FIELD, Operation.N_GET.request())
            .us(CommandTag.MESSAGE_ID, 7)
            .withoutDataSet()
            .uid(CommandTag.REQUESTED_SOP_INSTANCE_UID, "2.25.1")
            .tags(CommandTag.ATTRIBUTE_IDENTIFIER_LIST, List.of(Tag.PatientID, Tag.Modality));

    assertThat(HexFormat.of().formatHex(command.encode()))
        .isEqualTo(
            ("00000000 04000000 4a000000" // group length: 74
                    + "00000300 06000000 312e322e3300" // Requested SOP Class UID, padded by zero
                    + "00000001 02000000 1001" // N-GET-RQ
                    + "00001001 02000000 0700" // Message ID
                    + "00000008 02000000 0101" // no data set
                    + "00000110 06000000 322e32352e31" // Requested SOP Instance UID
                    + "00000510 08000000 10002000 08006000") // tags, group first
                .replace(" ", ""));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261121})
  void what_was_encoded_is_decoded(long seed) throws Exception {
    var random = new Random(seed);
    for (var round = 0; round < 500; round++) {
      var command = new CommandSet();
      var shorts = SHORTS.stream().filter(_ -> random.nextBoolean()).toList();
      var numbers = random.ints(shorts.size(), 0, 0x10000).toArray();
      for (var i = 0; i < shorts.size(); i++) {
        command.us(shorts.get(i), numbers[i]);
      }
      var texts = TEXTS.stream().filter(_ -> random.nextBoolean()).toList();
      texts.forEach(tag -> command.uid(tag, "1.2." + tag + ".9".repeat(tag % 7)));
      var tags = random.ints(random.nextInt(1, 20)).boxed().toList();
      command.tags(CommandTag.ATTRIBUTE_IDENTIFIER_LIST, tags);
      command.ae(CommandTag.MOVE_DESTINATION, new AeTitle("A" + "B".repeat(round % 16)));

      var bytes = command.encode();
      var decoded = CommandSet.decode(ByteBuffer.wrap(bytes));

      for (var i = 0; i < shorts.size(); i++) {
        assertThat(decoded.us(shorts.get(i))).as("seed %d", seed).hasValue(numbers[i]);
      }
      for (var tag : texts) {
        assertThat(decoded.text(tag)).isEqualTo("1.2." + tag + ".9".repeat(tag % 7));
      }
      assertThat(decoded.tags(CommandTag.ATTRIBUTE_IDENTIFIER_LIST)).isEqualTo(tags);
      assertThat(decoded.text(CommandTag.MOVE_DESTINATION)).isEqualTo("A" + "B".repeat(round % 16));
      assertThat(bytes.length % 2).isZero();
    }
  }

  @Test
  void a_status_keeps_all_that_goes_with_it() throws Exception {
    var status =
        DimseStatus.MISSING_ATTRIBUTE
            .withComment("c".repeat(80))
            .withOffendingElements(List.of(Tag.PatientID))
            .withErrorId(0xa710);

    var decoded =
        CommandSet.decode(ByteBuffer.wrap(new CommandSet().status(status).encode())).status();

    assertThat(decoded).isEqualTo(status.withComment("c".repeat(64)));
  }

  @Test
  void mutated_command_sets_give_a_command_set_or_the_declared_exception() {
    var random = new Random(7);
    var original =
        new CommandSet()
            .uid(CommandTag.AFFECTED_SOP_CLASS_UID, Uids.VerificationSopClass)
            .us(CommandTag.COMMAND_FIELD, Operation.C_ECHO.request())
            .us(CommandTag.MESSAGE_ID, 1)
            .withoutDataSet()
            .encode();
    for (var round = 0; round < 20_000; round++) {
      var bytes = original.clone();
      for (var i = random.nextInt(1, 5); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        var decoded =
            CommandSet.decode(ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1)));
        decoded.tags(CommandTag.AFFECTED_SOP_CLASS_UID);
        decoded.status();
      } catch (CommandSet.Malformed _) {
        // declared
      }
    }
  }

  @Test
  void what_is_no_command_set_is_refused_without_content() {
    var other = HexFormat.of().parseHex("10002000" + "04000000" + "53454352");
    assertThatThrownBy(() -> CommandSet.decode(ByteBuffer.wrap(other)))
        .isInstanceOf(CommandSet.Malformed.class)
        .hasMessageNotContaining("SECR");
    var tooLong = HexFormat.of().parseHex("00000001" + "ffffff7f" + "0100");
    assertThatThrownBy(() -> CommandSet.decode(ByteBuffer.wrap(tooLong)))
        .isInstanceOf(CommandSet.Malformed.class);
  }
}
