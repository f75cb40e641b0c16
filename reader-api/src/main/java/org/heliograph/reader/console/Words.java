package org.heliograph.reader.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.reader.HubOptions;
import org.heliograph.reader.UsageException;

/**
 * A command line taken apart.
 *
 * @param plain words that are no options, in order
 * @param options by name; "" for those without a value
 * @param hub the options that tell where the hub's database and store are
 */
record Words(List<String> plain, Map<String, String> options, List<String> hub) {
  Words {
    plain = List.copyOf(plain);
    options = Map.copyOf(options);
    hub = List.copyOf(hub);
  }

  static Words parse(List<String> arguments, Set<String> withValue, Set<String> alone) {
    List<String> plain = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    List<String> hub = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (alone.contains(argument)) {
        options.put(argument, "");
      } else if (withValue.contains(argument) || HubOptions.isOption(argument)) {
        if (!argument.equals("--insecure") && i + 1 == arguments.size()) {
          throw new UsageException("The option " + argument + " needs a value.");
        }
        if (withValue.contains(argument)) {
          options.put(argument, arguments.get(++i));
        } else {
          hub.add(argument);
          if (!argument.equals("--insecure")) {
            hub.add(arguments.get(++i));
          }
        }
      } else if (argument.startsWith("--")) {
        throw new UsageException("Unknown option: " + argument);
      } else {
        plain.add(argument);
      }
    }
    return new Words(plain, options, hub);
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

  Path path(String name) {
    return toPath(required(name));
  }

  static Path toPath(String value) {
    try {
      return Path.of(value).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new UsageException("Not the name of a file or folder: " + value);
    }
  }

  int number(String name, int fallback, int least, int most) {
    String value = options.get(name);
    if (value == null) {
      return fallback;
    }
    if (value.matches("\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new UsageException(
        "The value of " + name + " is not a number of " + least + " to " + most + ": " + value);
  }

  Optional<LocalDate> date(String name) {
    return option(name)
        .map(value -> {
          try {
            return LocalDate.parse(value);
          } catch (DateTimeParseException e) {
            throw new UsageException(
                "The value of " + name + " is not a date, 2026-01-31: " + value);
          }
        });
  }

  @Override
  public String toString() {
    return "Words[" + options.keySet() + "]";
  }
}
