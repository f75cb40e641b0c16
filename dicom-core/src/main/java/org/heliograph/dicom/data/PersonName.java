package org.heliograph.dicom.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A person's name in up to three component groups (PS3.5 6.2.1); empty groups are empty, never
 * null. {@link #toString()} shows nothing, so that a name cannot slip into a log.
 */
public record PersonName(Group alphabetic, Group ideographic, Group phonetic) {
  /** The five components of one group. */
  public record Group(
      String familyName, String givenName, String middleName, String prefix, String suffix) {
    /** A group without components. */
    public static final Group EMPTY = new Group("", "", "", "", "");

    static Group parse(String text) {
      String[] c = text.split("\\^", -1);
      return text.isEmpty()
          ? EMPTY
          : new Group(part(c, 0), part(c, 1), part(c, 2), part(c, 3), part(c, 4));
    }

    private static String part(String[] components, int i) {
      return i < components.length ? components[i].strip() : "";
    }

    /** Whether no component says anything. */
    public boolean isEmpty() {
      return equals(EMPTY);
    }

    /** Whether two groups are the same but for case. */
    public boolean matches(Group other) {
      return value().equalsIgnoreCase(other.value());
    }

    /** Components joined by {@code ^}, without trailing delimiters. */
    public String value() {
      return join(List.of(familyName, givenName, middleName, prefix, suffix), "^");
    }

    /** For people: prefix, given, middle, family, suffix, separated by spaces. */
    public String display() {
      List<String> parts = new ArrayList<>(5);
      for (String part : List.of(prefix, givenName, middleName, familyName, suffix)) {
        if (!part.isEmpty()) {
          parts.add(part);
        }
      }
      return String.join(" ", parts);
    }

    @Override
    public String toString() {
      return "Group[***]";
    }
  }

  /** Reads a PN value; what it leaves out is empty. */
  public static PersonName parse(String value) {
    String[] groups = value.split("=", -1);
    return new PersonName(
        Group.parse(groups[0]),
        groups.length > 1 ? Group.parse(groups[1]) : Group.EMPTY,
        groups.length > 2 ? Group.parse(groups[2]) : Group.EMPTY);
  }

  /** A name of family and given name in the alphabetic group. */
  public static PersonName of(String familyName, String givenName) {
    return new PersonName(new Group(familyName, givenName, "", "", ""), Group.EMPTY, Group.EMPTY);
  }

  /** Whether no group says anything. */
  public boolean isEmpty() {
    return alphabetic.isEmpty() && ideographic.isEmpty() && phonetic.isEmpty();
  }

  /**
   * Whether two names are the same but for case and for spaces at the ends of components (PS3.4
   * C.2.2.2.1 leaves both to the matching of names).
   */
  public boolean matches(PersonName other) {
    return alphabetic.matches(other.alphabetic)
        && ideographic.matches(other.ideographic)
        && phonetic.matches(other.phonetic);
  }

  /** The value as in a PN element, without trailing delimiters. */
  public String value() {
    return join(List.of(alphabetic.value(), ideographic.value(), phonetic.value()), "=");
  }

  /** The first group that has something to show, as people write it. */
  public String display() {
    for (Group g : List.of(alphabetic, ideographic, phonetic)) {
      if (!g.isEmpty()) {
        return g.display();
      }
    }
    return "";
  }

  private static String join(List<String> parts, String delimiter) {
    int last = parts.size();
    while (last > 0 && parts.get(last - 1).isEmpty()) {
      last--;
    }
    return String.join(delimiter, parts.subList(0, last));
  }

  @Override
  public String toString() {
    return "PersonName[***]";
  }
}
