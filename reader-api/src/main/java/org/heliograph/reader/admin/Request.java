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
          "--organisation",
          "--rate",
          "--host",
          "--port",
          "--may",
          "--person",
          "--expires",
          "--time-zone",
          "--issuer",
          "--reason",
          "--birth-date",
          "--sex",
          "--id",
          "--code",
          "--series",
          "--instance",
          "--after-days",
          "--patient",
          "--case",
          "--modality",
          "--years",
          "--from",
          "--until-age",
          "--grace-days",
          "--bytes",
          "--mode",
          "--url",
          "--pin");
  private static final Set<String> ALONE =
      Set.of(
          "--json", "--allow-unknown-ae", "--password-stdin", "--tls", "--with-reports", "--none");

  /** The commands, and what each word after them means. */
  private static final Map<String, List<String>> WORDS =
      Map.ofEntries(
          Map.entry("site add", List.of("a site code")),
          Map.entry("site list", List.of()),
          Map.entry("ae add", List.of("a site code", "an AE title")),
          Map.entry("ae list", List.of()),
          Map.entry("ae remove", List.of("an AE title")),
          Map.entry("storage-class add", List.of("a SOP class UID")),
          Map.entry("storage-class list", List.of()),
          Map.entry("storage-class remove", List.of("a SOP class UID")),
          Map.entry("commitment list", List.of()),
          Map.entry("commitment retry", List.of("a transaction UID")),
          Map.entry("user add", List.of("a login name")),
          Map.entry("user list", List.of()),
          Map.entry("password reset", List.of("a login name")),
          Map.entry("token add", List.of("a name")),
          Map.entry("token list", List.of()),
          Map.entry("token revoke", List.of("a name")),
          Map.entry("gateway list", List.of()),
          Map.entry("gateway code", List.of("a site code")),
          Map.entry("gateway set", List.of("a gateway", "a setting", "a value, or ''")),
          Map.entry("gateway retry", List.of("a gateway")),
          Map.entry("gateway switch-off", List.of("a gateway")),
          Map.entry("blobs migrate", List.of()),
          Map.entry("blobs status", List.of()),
          Map.entry("blobs drop-source", List.of()),
          Map.entry("scrub status", List.of()),
          Map.entry(
              "hl7 add",
              List.of("a site code", "a sending application", "a sending facility, or '*'")),
          Map.entry("hl7 list", List.of()),
          Map.entry("hl7 remove", List.of("a sending application", "a sending facility")),
          Map.entry("hl7 dead-letters list", List.of()),
          Map.entry("hl7 dead-letters show", List.of("a number")),
          Map.entry("hl7 dead-letters retry", List.of("a number")),
          Map.entry("hl7 dead-letters drop", List.of("a number")),
          Map.entry("patient update", List.of("a site code", "a patient")),
          Map.entry("patient merge", List.of("a site code", "the wrong patient", "the right one")),
          Map.entry("patient undo", List.of("a site code", "the number of a change")),
          Map.entry("patient history", List.of("a site code", "a patient")),
          Map.entry("study reject", List.of("a Study Instance UID")),
          Map.entry("study delete", List.of("a Study Instance UID")),
          Map.entry("study rejections", List.of("a Study Instance UID")),
          Map.entry("study restore", List.of("the number of a rejection")),
          Map.entry("study hold", List.of("a Study Instance UID or a site code")),
          Map.entry("study holds", List.of()),
          Map.entry("study release", List.of("the number of a hold")),
          Map.entry("site quality", List.of("a site code", "HIDDEN or SHOWN")),
          Map.entry("retention set", List.of()),
          Map.entry("retention list", List.of()),
          Map.entry("retention preview", List.of()),
          Map.entry("quota set", List.of("a site code")),
          Map.entry("quota list", List.of()),
          Map.entry("stats", List.of()));

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
    Request request = new Request(words, options);
    request.requireComplete();
    return request;
  }

  /** Said before a database is looked for, or made because of a slip of the pen. */
  private void requireComplete() {
    if (words.isEmpty()) {
      throw new UsageException("No command is given.");
    }
    List<String> meanings = WORDS.get(verb());
    if (meanings == null) {
      throw new UsageException("Unknown command: " + verb());
    }
    int given = words.size() - verb().split(" ").length;
    if (given < meanings.size()) {
      throw new UsageException("The command needs " + meanings.get(given) + ".");
    }
    if (given > meanings.size()) {
      throw new UsageException("The command does not take: " + words.getLast());
    }
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

  /** The first words, two or three, such as {@code site add}. */
  String verb() {
    String three = String.join(" ", words.subList(0, Math.min(3, words.size())));
    return WORDS.containsKey(three)
        ? three
        : String.join(" ", words.subList(0, Math.min(2, words.size())));
  }

  /** The word at this place after the verb. */
  String word(int index) {
    return words.get(index + verb().split(" ").length);
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
