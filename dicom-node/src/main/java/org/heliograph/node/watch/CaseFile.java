package org.heliograph.node.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The lines of a {@code case.properties}: {@code name = value} or {@code name: value}. Letters may
 * be large or small, words parted by anything; UTF-8, or else what Windows has in the west.
 */
final class CaseFile {
  private static final int MAX_BYTES = 64 * 1024;

  private final Map<String, String> values = new LinkedHashMap<>();

  private CaseFile() {}

  /** Whether a file name is one of those that people make of case.properties. */
  static boolean isNamed(Path file) {
    return switch (String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT)) {
      case "case.properties", "case.properties.txt", "case.txt", "case.ini" -> true;
      default -> false;
    };
  }

  static CaseFile read(Path file) throws IOException, CaseProblem {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new CaseProblem("it is larger than 64 kB.");
    }
    return parse(text(bytes));
  }

  private static String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      return new String(bytes, Charset.forName("windows-1252"));
    }
  }

  static CaseFile parse(String text) throws CaseProblem {
    var lines = new CaseFile();
    for (String line : text.split("\\R", -1)) {
      String trimmed = line.strip();
      if (trimmed.isEmpty() || trimmed.startsWith("#") || trimmed.startsWith(";")) {
        continue;
      }
      int at = separator(trimmed);
      if (at < 1) {
        throw new CaseProblem("a line has no '=' between name and value.");
      }
      String value = trimmed.substring(at + 1).strip();
      String earlier = lines.values.put(key(trimmed.substring(0, at)), value);
      if (earlier != null && !earlier.equals(value)) {
        throw new CaseProblem("a line is there twice, with different values.");
      }
    }
    return lines;
  }

  private static int separator(String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    return equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
  }

  /** Of {@code view.IMG 1.jpg} the part behind the dot is a file name and stays whole. */
  private static String key(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    for (String perFile : new String[] {"view", "title"}) {
      if (lower.startsWith(perFile + ".") || lower.startsWith(perFile + " ")) {
        return perFile + "." + lower.substring(perFile.length() + 1).strip();
      }
    }
    return lower.replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** The first of several names that has a value, else empty. */
  String value(String... names) {
    for (String name : names) {
      String value = values.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /** What is said of one file, {@code view} or {@code title}; else empty. */
  String ofFile(String what, String fileName) {
    return values.getOrDefault(what + "." + fileName.toLowerCase(Locale.ROOT), "");
  }
}
