package org.heliograph.archive.catalog;

import java.util.LinkedHashMap;
import java.util.Map;

/** The values of a statement: what a person wrote becomes a parameter, never SQL. */
final class Parameters {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Adds a value and returns how the statement speaks of it. */
  String add(Object value, String type) {
    String name = "m" + values.size();
    values.put(name, value);
    return "cast(:" + name + " as " + type + ")";
  }

  Map<String, Object> values() {
    return values;
  }
}
