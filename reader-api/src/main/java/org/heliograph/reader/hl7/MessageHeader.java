package org.heliograph.reader.hl7;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * MSH as far as it is needed to answer a message, read without parsing the message: of anything
 * that begins with {@code MSH|}. What is not there is empty. Fields are as they came, escapes
 * included.
 */
record MessageHeader(
    String sendingApplication,
    String sendingFacility,
    String receivingApplication,
    String receivingFacility,
    String messageType,
    String controlId,
    String processingId,
    String version,
    List<String> characterSets,
    String delimiters) {
  private static final int LONGEST_HEADER = 4_096;
  private static final int LONGEST_CONTROL_ID = 199;

  MessageHeader {
    characterSets = List.copyOf(characterSets);
  }

  /** The header of a frame's content; all empty if there is none. */
  static MessageHeader of(byte[] message) {
    int end = 0;
    while (end < message.length && end < LONGEST_HEADER && message[end] != '\r') {
      end++;
    }
    // Of every character set that MSH-18 can name, delimiters and codes are those of ASCII.
    String line = new String(message, 0, end, StandardCharsets.ISO_8859_1);
    String[] fields = line.startsWith("MSH|") ? line.split("\\|", -1) : new String[0];
    return new MessageHeader(
        field(fields, 2),
        field(fields, 3),
        field(fields, 4),
        field(fields, 5),
        field(fields, 8),
        controlId(field(fields, 9)),
        field(fields, 10),
        field(fields, 11),
        fields.length > 17 && !fields[17].isEmpty()
            ? List.of(field(fields, 17).split("~", -1))
            : List.of(),
        field(fields, 1));
  }

  private static String controlId(String text) {
    return text.length() <= LONGEST_CONTROL_ID ? text : text.substring(0, LONGEST_CONTROL_ID);
  }

  private static String field(String[] fields, int index) {
    return index < fields.length ? fields[index].replaceAll("[\\x00-\\x1f]", "") : "";
  }

  /** Whether there is a header at all. */
  boolean isThere() {
    return !delimiters.isEmpty();
  }

  /** The name of an application or facility: its namespace, else its universal ID. */
  static String name(String hierarchicDesignator) {
    String[] components = hierarchicDesignator.split("\\^", -1);
    return components[0].isBlank() && components.length > 1
        ? components[1].strip()
        : components[0].strip();
  }

  /** Names of others' systems and a control ID are not for logs. */
  @Override
  public String toString() {
    return "MessageHeader[]";
  }
}
