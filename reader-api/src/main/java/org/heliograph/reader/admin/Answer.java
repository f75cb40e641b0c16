package org.heliograph.reader.admin;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a command has to say: lines for people, or a value for scripts. */
record Answer(Object value, List<String> lines) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Answer of(Map<String, Object> value, String line) {
    return new Answer(value, List.of(line));
  }

  void print(PrintStream out, boolean asJson) {
    if (asJson || lines.isEmpty()) {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    } else {
      lines.forEach(out::println);
    }
  }
}
