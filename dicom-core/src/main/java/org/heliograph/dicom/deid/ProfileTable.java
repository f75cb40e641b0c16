package org.heliograph.dicom.deid;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.Vr;

/** PS3.15 Table E.1-1, and what follows for attributes that it does not list. */
final class ProfileTable {
  /** The row of an attribute. */
  record Row(Action basic, Map<Option, Action> options) {
    Row {
      options = Map.copyOf(options);
    }

    /** The action for a choice of options; retaining goes before cleaning, but for dates. */
    Action action(Set<Option> chosen) {
      if (chosen.contains(Option.RETAIN_MODIFIED_DATES)
          && options.containsKey(Option.RETAIN_MODIFIED_DATES)) {
        return Action.CLEAN;
      }
      Action action = basic;
      for (Map.Entry<Option, Action> option : options.entrySet()) {
        if (chosen.contains(option.getKey())) {
          if (option.getValue() == Action.KEEP) {
            return Action.KEEP;
          }
          action = option.getValue();
        }
      }
      return action;
    }
  }

  private static final Row DATE =
      new Row(
          Action.DUMMY,
          Map.of(
              Option.RETAIN_FULL_DATES, Action.KEEP, Option.RETAIN_MODIFIED_DATES, Action.CLEAN));
  private static final Row OTHER_UID = new Row(Action.UID, Map.of(Option.RETAIN_UIDS, Action.KEEP));
  private static final Row KEEP = new Row(Action.KEEP, Map.of());
  private static final Row REMOVE = new Row(Action.REMOVE, Map.of());
  private static final Row EMPTY = new Row(Action.EMPTY, Map.of());

  private static final Map<Integer, Row> ROWS = load();

  private ProfileTable() {}

  /** The row of an attribute of an even group. */
  static Row row(int tag, Vr vr) {
    Row row = ROWS.get(tag);
    if (row != null) {
      return row;
    }
    int block = Tags.group(tag) & 0xFF00;
    if (block == 0x5000 || block == 0x6000) {
      return REMOVE; // a curve or overlay without its data describes nothing
    }
    if (Dictionary.lookup(tag).isEmpty()) {
      return REMOVE; // what nobody knows may be anything
    }
    return switch (vr) {
      case DA, DT, TM -> DATE;
      case UI -> isClass(tag) ? KEEP : OTHER_UID;
      case PN -> EMPTY;
      default -> KEEP;
    };
  }

  /** UIDs that name a kind of thing, never a thing. */
  private static boolean isClass(int tag) {
    String keyword = Dictionary.nameOf(tag);
    return keyword.endsWith("SOPClassUID") || keyword.endsWith("TransferSyntaxUID");
  }

  private static Map<Integer, Row> load() {
    Map<Integer, Row> rows = new HashMap<>();
    for (String line : resource().lines().toList()) {
      String[] f = line.split("\t", -1);
      if (f[0].startsWith("60XX")) {
        continue; // overlays go as a whole
      }
      Map<Option, Action> options = new HashMap<>();
      for (String option : f[2].isEmpty() ? new String[0] : f[2].split(",", -1)) {
        String[] parts = option.split("=", -1);
        options.put(Option.valueOf(parts[0]), Action.of(parts[1]));
      }
      rows.put(Integer.parseUnsignedInt(f[0], 16), new Row(Action.of(f[1]), options));
    }
    // Not in the table, as the sequences around them are.
    rows.put(
        Tag.TextValue,
        new Row(Action.DUMMY, Map.of(Option.CLEAN_STRUCTURED_CONTENT, Action.CLEAN)));
    rows.put(
        Tag.UnformattedTextValue,
        new Row(Action.DUMMY, Map.of(Option.CLEAN_GRAPHICS, Action.CLEAN)));
    // The table removes them, but each presentation state must have them (PS3.3 C.11.10, type 1).
    for (int tag : new int[] {Tag.PresentationCreationDate, Tag.PresentationCreationTime}) {
      rows.computeIfPresent(tag, (t, r) -> new Row(Action.DUMMY, r.options));
    }
    rows.put(Tag.MACParametersSequence, REMOVE); // goes with the signatures
    return rows;
  }

  static String resource() {
    try (InputStream in = ProfileTable.class.getResourceAsStream("profile.txt")) {
      if (in == null) {
        throw new IllegalStateException("resource profile.txt is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
