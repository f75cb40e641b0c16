package org.heliograph.reader.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.reader.UsageException;

/** One command: its words, and its options by name. */
record Request(List<String> words, Map<String, String> options) {
  private static final Set<String> WITH_VALUE =
      Set.of(
          "--name",
          "--address",
          "--specialty",
          "--logo",
          "--role",
          "--site",
          "--credentials",
          "--organisation");
  private static final Set<String> ALONE =
      Set.of("--json", "--allow-unknown-ae", "--password-stdin");

  Request {
    words = List.copyOf(words);
    options = Map.copyOf(options);
  }

  static Request parse(List<String> arguments) {
    List<String> words = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (WITH_VALUE.contains(argument)) {
        if (i + 1 == arguments.size()) {
          throw new UsageException("The option " + argument + " needs a value.");
        }
        options.put(argument, arguments.get(++i));
      } else if (ALONE.contains(argument)) {
        options.put(argument, "");
      } else if (argument.startsWith("--")) {
        throw new UsageException("Unknown option: " + argument);
      } else {
        words.add(argument);
      }
    }
    return new Request(words, options);
  }

  boolean has(String option) {
    return options.containsKey(option);
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  String required(String name) {
    return option(name).orElseThrow(() -> new UsageException("The option " + name + " is needed."));
  }

  /** The first two words, such as {@code site add}. */
  String verb() {
    return words.size() < 2 ? words.getFirst() : words.get(0) + " " + words.get(1);
  }

  /** The word at this place after the verb. */
  String word(int index, String meaning) {
    if (words.size() <= index + 2) {
      throw new UsageException("The command needs " + meaning + ".");
    }
    return words.get(index + 2);
  }

  /** One of the constants, in upper or lower case. */
  static <E extends Enum<E>> E constant(Class<E> type, String option, String value) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw new UsageException(
        "The value of "
            + option
            + " is not one of "
            + List.of(type.getEnumConstants())
            + ": "
            + value);
  }
}
