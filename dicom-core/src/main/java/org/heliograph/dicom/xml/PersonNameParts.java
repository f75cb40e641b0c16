package org.heliograph.dicom.xml;

import java.util.Arrays;
import java.util.List;

/**
 * The groups and components of a person's name, by their element names in the model and in the
 * order of PN (PS3.5 6.2.1). What follows a last delimiter too many stays in the last part.
 */
final class PersonNameParts {
  static final List<String> GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");
  static final List<String> COMPONENTS =
      List.of("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix");

  private PersonNameParts() {}

  static String[] empty(List<String> names) {
    String[] parts = new String[names.size()];
    Arrays.fill(parts, "");
    return parts;
  }

  /** The parts with delimiters between, none at the end. */
  static String join(String[] parts, String delimiter) {
    int last = parts.length;
    while (last > 0 && parts[last - 1].isEmpty()) {
      last--;
    }
    return String.join(delimiter, Arrays.asList(parts).subList(0, last));
  }
}
