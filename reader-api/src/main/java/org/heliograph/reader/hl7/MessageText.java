package org.heliograph.reader.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Decodes a message by MSH-18 (HL7 table 0211), and refuses what would be out of proportion before
 * a parser makes objects of it.
 */
final class MessageText {
  private static final int MOST_SEGMENTS = 2_000;
  private static final int MOST_FIELDS = 50_000;
  private static final int MOST_REPETITIONS = 1_000;

  private MessageText() {}

  /** The whole message as text, segments separated by CR. */
  static String of(byte[] message, MessageHeader header) throws RefusedException {
    if (!header.isThere()) {
      throw new RefusedException(Refusal.NOT_HL7);
    }
    if (!header.delimiters().equals("^~\\&") && !header.delimiters().equals("^~\\&#")) {
      throw new RefusedException(Refusal.DELIMITERS, "MSH-2");
    }
    if (!header.version().startsWith("2")) {
      throw new RefusedException(Refusal.VERSION, "MSH-12");
    }
    String text = decode(message, header.characterSets());
    requireProportion(text);
    return text;
  }

  private static String decode(byte[] message, List<String> terms) throws RefusedException {
    try {
      return charset(terms)
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(message))
          .toString()
          .replace("\r\n", "\r")
          .replace('\n', '\r');
    } catch (CharacterCodingException e) {
      throw new RefusedException(Refusal.CHARACTER_SET, "MSH-18", e);
    }
  }

  /** None is UTF-8, of which ASCII is a part. Japanese sets are switched by escape sequences. */
  private static Charset charset(List<String> terms) throws RefusedException {
    List<String> named = terms.stream().map(term -> term.strip().toUpperCase(Locale.ROOT)).toList();
    for (String term : named) {
      if (term.startsWith("ISO IR")) {
        return Charset.forName("ISO-2022-JP-2");
      }
    }
    String first = named.stream().filter(term -> !term.isEmpty()).findFirst().orElse("");
    return switch (first) {
      case "", "ASCII", "UNICODE UTF-8", "UTF-8" -> StandardCharsets.UTF_8;
      case "8859/1",
          "8859/2",
          "8859/3",
          "8859/4",
          "8859/5",
          "8859/6",
          "8859/7",
          "8859/8",
          "8859/9",
          "8859/15" ->
          Charset.forName("ISO-8859-" + first.substring(5));
      case "GB 18030-2000" -> Charset.forName("GB18030");
      case "KS X 1001" -> Charset.forName("EUC-KR");
      case "BIG-5" -> Charset.forName("Big5");
      default -> throw new RefusedException(Refusal.CHARACTER_SET, "MSH-18");
    };
  }

  private static void requireProportion(String text) throws RefusedException {
    int segments = 0;
    int fields = 0;
    int repetitions = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\r' -> segments++;
        case '~' -> repetitions++;
        case '|', '^', '&' -> fields++;
        default -> {}
      }
    }
    if (segments > MOST_SEGMENTS || fields > MOST_FIELDS || repetitions > MOST_REPETITIONS) {
      throw new RefusedException(Refusal.TOO_COMPLEX);
    }
  }
}
