package org.heliograph.archive.catalog;

import java.util.Map;
import java.util.TreeMap;

/**
 * The attributes of one data set in DICOM JSON as their raw text, so that some can be put in place
 * of others while all else, BulkDataURIs too, stays as it is. Takes only what {@link
 * org.heliograph.dicom.json.DicomJson} wrote.
 */
final class JsonMembers {
  private static final int KEY_LENGTH = 8;

  private JsonMembers() {}

  /** The first object with the members of the second in place of its own. */
  static String replace(String json, String changes) {
    Map<String, String> members = of(json);
    members.putAll(of(changes));
    var joined = new StringBuilder(json.length() + changes.length()).append('{');
    members.forEach((key, value) -> {
      if (joined.length() > 1) {
        joined.append(',');
      }
      joined.append('"').append(key).append("\":").append(value);
    });
    return joined.append('}').toString();
  }

  private static Map<String, String> of(String json) {
    var members = new TreeMap<String, String>();
    int at = json.indexOf('{') + 1;
    for (int key = json.indexOf('"', at); key >= 0; key = json.indexOf('"', at)) {
      int value = json.indexOf(':', key) + 1;
      at = end(json, value);
      members.put(json.substring(key + 1, key + 1 + KEY_LENGTH), json.substring(value, at).strip());
    }
    return members;
  }

  /** Where the value that begins here ends: at a comma or a brace of the outermost object. */
  private static int end(String json, int from) {
    int depth = 0;
    boolean text = false;
    for (int i = from; i < json.length(); i++) {
      char c = json.charAt(i);
      if (text) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          text = false;
        }
      } else if (c == '"') {
        text = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (depth > 0 && (c == '}' || c == ']')) {
        depth--;
      } else if (depth == 0 && (c == ',' || c == '}')) {
        return i;
      }
    }
    throw new IllegalStateException("a header ends too early");
  }
}
