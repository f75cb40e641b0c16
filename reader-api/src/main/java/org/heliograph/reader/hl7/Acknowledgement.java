package org.heliograph.reader.hl7;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a message, in original mode (HL7 v2.5 chapter 2.9.2): AA, or AE or AR with an ERR
 * segment. Made without the parser, so that there is one for whatever came.
 */
final class Acknowledgement {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmssxx");
  private static final String NAME = "HELIOGRAPH";

  private Acknowledgement() {}

  static String accepted(MessageHeader header, Instant at) {
    return msh(header, at) + "MSA|AA|" + header.controlId() + "\r";
  }

  static String refused(MessageHeader header, Instant at, RefusedException cause) {
    Refusal refusal = cause.refusal();
    return answer(
        header,
        at,
        refusal.answer().name(),
        refusal.condition(),
        cause.place(),
        refusal.problem().code() + " " + refusal.problem().title());
  }

  /** The hub cannot take it now; nothing is kept of it, and the sender has to send it again. */
  static String notNow(MessageHeader header, Instant at) {
    return answer(header, at, "AR", 207, "", "Not kept: the database does not answer; send again");
  }

  /** To a frame that is none, or too long: the connection ends after it. */
  static byte[] malformed() {
    return "MSH|^~\\&|HELIOGRAPH||||||ACK|0|P|2.5\rMSA|AR|\rERR|||207^Application internal error^HL70357|E||||Frame malformed or longer than 1 MiB\r"
        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static String answer(
      MessageHeader header, Instant at, String code, int condition, String place, String text) {
    return msh(header, at)
        + "MSA|"
        + code
        + "|"
        + header.controlId()
        + "\rERR||"
        + location(place)
        + "|"
        + condition
        + "^"
        + words(condition)
        + "^HL70357|E||||"
        + text.replace("\\", "\\E\\")
            .replace("|", "\\F\\")
            .replace("^", "\\S\\")
            .replace("~", "\\R\\")
            .replace("&", "\\T\\")
        + "\r";
  }

  /** ERR-2: segment, sequence, field. */
  private static String location(String place) {
    int hyphen = place.indexOf('-');
    return hyphen < 0 ? place : place.substring(0, hyphen) + "^1^" + place.substring(hyphen + 1);
  }

  private static String words(int condition) {
    return switch (condition) {
      case 100 -> "Segment sequence error";
      case 101 -> "Required field missing";
      case 102 -> "Data type error";
      case 103 -> "Table value not found";
      case 200 -> "Unsupported message type";
      case 203 -> "Unsupported version id";
      case 204 -> "Unknown key identifier";
      case 205 -> "Duplicate key identifier";
      default -> "Application internal error";
    };
  }

  private static String msh(MessageHeader header, Instant at) {
    String[] type = header.messageType().split("\\^", -1);
    return "MSH|^~\\&|"
        + orElse(header.receivingApplication(), NAME)
        + "|"
        + header.receivingFacility()
        + "|"
        + header.sendingApplication()
        + "|"
        + header.sendingFacility()
        + "|"
        + TIME.format(at.atOffset(ZoneOffset.UTC))
        + "||ACK"
        + (type.length > 1 ? "^" + type[1] : "")
        + "^ACK|"
        + UUID.randomUUID().toString().substring(0, 20)
        + "|"
        + orElse(header.processingId(), "P")
        + "|"
        + orElse(header.version(), "2.5")
        + (header.characterSets().isEmpty()
            ? ""
            : "||||||" + String.join("~", header.characterSets()))
        + "\r";
  }

  private static String orElse(@Nullable String text, String fallback) {
    return text == null || text.isEmpty() ? fallback : text;
  }
}
