package org.heliograph.dicom.net.dimse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.heliograph.dicom.data.AeTitle;
import org.jspecify.annotations.Nullable;

/**
 * The command set of a DIMSE message: group 0000 in Implicit VR Little Endian (PS3.7 6.3.1). Values
 * stay bytes until asked for.
 */
final class CommandSet {
  private static final int NO_DATA_SET = 0x0101;
  private static final int DATA_SET = 0x0000;
  private static final int ELEMENT_HEADER_BYTES = 8;
  private static final int MAX_COMMENT_LENGTH = 64;

  private final Map<Integer, byte[]> values = new TreeMap<>();

  /** A command set that cannot be read; the message has no content. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  static CommandSet decode(ByteBuffer bytes) throws Malformed {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    var set = new CommandSet();
    while (bytes.hasRemaining()) {
      if (bytes.remaining() < ELEMENT_HEADER_BYTES) {
        throw new Malformed("command set ends within an element");
      }
      var group = bytes.getShort() & 0xffff;
      var element = bytes.getShort() & 0xffff;
      var length = bytes.getInt() & 0xffff_ffffL;
      if (group != 0) {
        throw new Malformed("command set has an element of group " + Integer.toHexString(group));
      }
      if (length > bytes.remaining()) {
        throw new Malformed(
            "command element of length " + length + ", " + bytes.remaining() + " bytes are left");
      }
      var value = new byte[(int) length];
      bytes.get(value);
      if (set.values.put(element, value) != null) {
        throw new Malformed("command element " + Integer.toHexString(element) + " comes twice");
      }
    }
    return set;
  }

  byte[] encode() {
    var length = 0;
    for (var value : values.values()) {
      length += ELEMENT_HEADER_BYTES + value.length;
    }
    var out = ByteBuffer.allocate(length + 12).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(CommandTag.COMMAND_GROUP_LENGTH).putInt(4).putInt(length);
    values.forEach((element, value) ->
        out.putShort((short) 0).putShort(element.shortValue()).putInt(value.length).put(value));
    return out.array();
  }

  CommandSet us(int element, int value) {
    values.put(element, new byte[] {(byte) value, (byte) (value >>> 8)});
    return this;
  }

  CommandSet uid(int element, String uid) {
    return padded(element, uid, (byte) 0);
  }

  CommandSet ae(int element, AeTitle title) {
    return padded(element, title.value(), (byte) ' ');
  }

  /** Attribute tags, each as group and element (VR AT). */
  CommandSet tags(int element, List<Integer> tags) {
    if (!tags.isEmpty()) {
      var value = ByteBuffer.allocate(tags.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (int tag : tags) {
        value.putShort((short) (tag >>> 16)).putShort((short) tag);
      }
      values.put(element, value.array());
    }
    return this;
  }

  /** Status with what goes with it (PS3.7 Annex C). */
  CommandSet status(DimseStatus status) {
    if (status.errorId() != null) {
      us(CommandTag.ERROR_ID, status.errorId());
    }
    return us(CommandTag.STATUS, status.code())
        .tags(CommandTag.OFFENDING_ELEMENT, status.offendingElements())
        .comment(status.comment());
  }

  private CommandSet comment(String text) {
    if (!text.isEmpty()) {
      padded(
          CommandTag.ERROR_COMMENT,
          text.substring(0, Math.min(text.length(), MAX_COMMENT_LENGTH)),
          (byte) ' ');
    }
    return this;
  }

  CommandSet withDataSet() {
    return us(CommandTag.COMMAND_DATA_SET_TYPE, DATA_SET);
  }

  CommandSet withoutDataSet() {
    return us(CommandTag.COMMAND_DATA_SET_TYPE, NO_DATA_SET);
  }

  private CommandSet padded(int element, String text, byte padding) {
    var value = text.getBytes(StandardCharsets.US_ASCII);
    if (value.length % 2 != 0) {
      value = Arrays.copyOf(value, value.length + 1);
      value[value.length - 1] = padding;
    }
    values.put(element, value);
    return this;
  }

  /** An unsigned short; empty if missing or not two bytes long. */
  OptionalInt us(int element) {
    var value = values.get(element);
    return value == null || value.length != 2
        ? OptionalInt.empty()
        : OptionalInt.of((value[0] & 0xff) | (value[1] & 0xff) << 8);
  }

  /** Text without padding; empty if missing. */
  String text(int element) {
    var value = values.get(element);
    if (value == null) {
      return "";
    }
    var end = value.length;
    while (end > 0 && (value[end - 1] == 0 || value[end - 1] == ' ')) {
      end--;
    }
    return new String(value, 0, end, StandardCharsets.ISO_8859_1);
  }

  /** Attribute tags; empty if missing, null if the value is no list of tags. */
  @Nullable List<Integer> tags(int element) {
    var value = values.get(element);
    if (value == null) {
      return List.of();
    }
    if (value.length % 4 != 0) {
      return null;
    }
    var in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    var tags = new ArrayList<Integer>(value.length / 4);
    while (in.hasRemaining()) {
      tags.add((in.getShort() & 0xffff) << 16 | (in.getShort() & 0xffff));
    }
    return List.copyOf(tags);
  }

  /** The status of a response; a response without one is malformed. */
  DimseStatus status() throws Malformed {
    var code = us(CommandTag.STATUS);
    if (code.isEmpty()) {
      throw new Malformed("response without status");
    }
    var offending = tags(CommandTag.OFFENDING_ELEMENT);
    var errorId = us(CommandTag.ERROR_ID);
    return new DimseStatus(
        code.getAsInt(),
        text(CommandTag.ERROR_COMMENT),
        offending == null ? List.of() : offending,
        errorId.isPresent() ? errorId.getAsInt() : null);
  }

  /** Whether a data set follows; a missing type is taken for none. */
  boolean hasDataSet() {
    return us(CommandTag.COMMAND_DATA_SET_TYPE).orElse(NO_DATA_SET) != NO_DATA_SET;
  }
}
