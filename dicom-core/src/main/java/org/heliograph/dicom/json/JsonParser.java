package org.heliograph.dicom.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict JSON parser (RFC 8259) for what DICOM JSON needs: objects, arrays, strings, numbers kept
 * as their text, true, false, null. Nesting is bounded.
 */
final class JsonParser {
  // Sequences 64 deep, as readers take them by default: each is an object, a Value and an item.
  private static final int MAX_DEPTH = 3 * 64;

  /** A parsed value. */
  sealed interface Json {
    /** An object; a name that comes twice keeps its last value. */
    record Obj(Map<String, Json> members) implements Json {}

    /** An array. */
    record Arr(List<Json> values) implements Json {}

    /** A string. */
    record Str(String value) implements Json {}

    /** A number as it was written. */
    record Num(String text) implements Json {}

    /** A literal. */
    enum Literal implements Json {
      TRUE,
      FALSE,
      NULL
    }
  }

  private final String text;
  private int next;

  private JsonParser(String text) {
    this.text = text;
  }

  static Json parse(String text) {
    JsonParser parser = new JsonParser(text);
    Json value = parser.value(0);
    parser.space();
    if (parser.next < text.length()) {
      throw parser.bad("more text after the value");
    }
    return value;
  }

  private IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("not JSON at character " + next + ": " + what);
  }

  private char peek() {
    if (next >= text.length()) {
      throw bad("the text ends");
    }
    return text.charAt(next);
  }

  private void space() {
    while (next < text.length() && " \t\n\r".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
  }

  private void expect(char c) {
    space();
    if (peek() != c) {
      throw bad("expected " + c);
    }
    next++;
  }

  private Json value(int depth) {
    if (depth > MAX_DEPTH) {
      throw bad("nested deeper than " + MAX_DEPTH);
    }
    space();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Str(string());
      case 't' -> literal("true", Json.Literal.TRUE);
      case 'f' -> literal("false", Json.Literal.FALSE);
      case 'n' -> literal("null", Json.Literal.NULL);
      default -> number();
    };
  }

  private Json literal(String word, Json.Literal value) {
    if (!text.startsWith(word, next)) {
      throw bad("unknown word");
    }
    next += word.length();
    return value;
  }

  private Json object(int depth) {
    expect('{');
    Map<String, Json> members = new LinkedHashMap<>();
    space();
    if (peek() == '}') {
      next++;
      return new Json.Obj(members);
    }
    while (true) {
      space();
      String name = string();
      expect(':');
      members.put(name, value(depth + 1));
      space();
      if (peek() == '}') {
        next++;
        return new Json.Obj(members);
      }
      expect(',');
    }
  }

  private Json array(int depth) {
    expect('[');
    List<Json> values = new ArrayList<>();
    space();
    if (peek() == ']') {
      next++;
      return new Json.Arr(values);
    }
    while (true) {
      values.add(value(depth + 1));
      space();
      if (peek() == ']') {
        next++;
        return new Json.Arr(values);
      }
      expect(',');
    }
  }

  private String string() {
    if (peek() != '"') {
      throw bad("expected a string");
    }
    next++;
    int end = next;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\\') {
      end++;
    }
    if (end < text.length() && text.charAt(end) == '"') {
      String plain = text.substring(next, end);
      next = end + 1;
      return plain;
    }
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(next++);
      out.append(c == '\\' ? escape() : c);
    }
    next++;
    return out.toString();
  }

  private char escape() {
    char c = peek();
    next++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(peek(), 16);
          if (digit < 0) {
            throw bad("not a hexadecimal digit");
          }
          code = code << 4 | digit;
          next++;
        }
        yield (char) code;
      }
      default -> throw bad("unknown escape");
    };
  }

  private Json number() {
    int start = next;
    if (peek() == '-') {
      next++;
    }
    int integer = digits();
    if (integer == 0 || (integer > 1 && text.charAt(next - integer) == '0')) {
      throw bad("not a number");
    }
    if (next < text.length() && text.charAt(next) == '.') {
      next++;
      if (digits() == 0) {
        throw bad("no digit after the point");
      }
    }
    if (next < text.length() && (text.charAt(next) == 'e' || text.charAt(next) == 'E')) {
      next++;
      if (peek() == '+' || peek() == '-') {
        next++;
      }
      if (digits() == 0) {
        throw bad("no digit in the exponent");
      }
    }
    return new Json.Num(text.substring(start, next));
  }

  private int digits() {
    int start = next;
    while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
      next++;
    }
    return next - start;
  }
}
