package org.heliograph.reader.cases;

import java.nio.charset.StandardCharsets;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Checks what people type. Text is kept as it is, markup included; only what DICOM or PostgreSQL
 * cannot hold is refused, by naming the field and never its content.
 */
public final class FormText {
  private FormText() {}

  /**
   * One line of at most {@code max} characters, without the backslash that DICOM separates with.
   */
  public static String line(String field, @Nullable String value, int max) {
    return checked(field, value, max, "\\", "");
  }

  /** A name component: a line without the separators of PS3.5 6.2.1. */
  public static String nameComponent(String field, @Nullable String value) {
    return checked(field, value, 64, "\\^=", "");
  }

  /** Text with line breaks. */
  public static String paragraphs(String field, @Nullable String value, int max) {
    return checked(field, value, max, "", "\n\r\t");
  }

  /** The same, and it must say something. */
  public static String required(String field, String value) {
    if (value.isEmpty()) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, field, "missing");
    }
    return value;
  }

  /** One of the words of an enumeration. */
  public static <E extends Enum<E>> E word(String field, Class<E> type, @Nullable String value) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    throw new ProblemException(
        ProblemCode.INVALID_FIELD,
        field,
        "one of " + java.util.Arrays.toString(type.getEnumConstants()));
  }

  private static String checked(
      String field, @Nullable String value, int max, String refused, String allowedControls) {
    if (value == null) {
      return "";
    }
    var text = value.strip();
    if (text.length() > max) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, field, text.length() + " characters, at most " + max);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, field, "half a character in it");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = Character.isISOControl(c) && allowedControls.indexOf(c) < 0;
      if (control || refused.indexOf(c) >= 0) {
        throw new ProblemException(
            ProblemCode.INVALID_FIELD,
            field,
            "control characters" + (refused.isEmpty() ? "" : " and " + refused) + " not allowed");
      }
    }
    return text;
  }
}
