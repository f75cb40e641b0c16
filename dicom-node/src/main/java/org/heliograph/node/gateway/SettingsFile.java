package org.heliograph.node.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of {@code gateway.properties}: {@code name = value} lines in UTF-8, {@code #} before
 * remarks. A backslash is a backslash, so that folders of Windows are written as they are.
 */
final class SettingsFile {
  private final Map<String, Line> lines;
  private final List<Problem> problems;

  private SettingsFile(Map<String, Line> lines, List<Problem> problems) {
    this.lines = lines;
    this.problems = problems;
  }

  static SettingsFile parse(String text) {
    Map<String, Line> lines = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    int number = 0;
    for (String raw : withoutMark(text).split("\r\n|\n|\r", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 1) {
        problems.add(
            new Problem(number, "This is no line of the form name = value. Put # before remarks."));
        continue;
      }
      String name = line.substring(0, equals).strip();
      Line before =
          lines.putIfAbsent(name, new Line(number, name, line.substring(equals + 1).strip()));
      if (before != null) {
        problems.add(
            new Problem(
                number,
                name + " is given twice, first in line " + before.number() + ". Remove one."));
      }
    }
    return new SettingsFile(lines, problems);
  }

  Map<String, Line> lines() {
    return lines;
  }

  List<Problem> problems() {
    return problems;
  }

  /** Editors of Windows put a byte order mark before UTF-8. */
  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** One setting. */
  record Line(int number, String name, String value) {}

  /** What is wrong; line 0 is the whole file. */
  record Problem(int line, String words) {
    String sentence(String file) {
      return file + (line == 0 ? ": " : ", line " + line + ": ") + words;
    }
  }
}
