package org.heliograph.node.worklist;

/** Wild card matching (PS3.4 C.2.2.2.4), in time of at most key times value length. */
final class WildCard {
  private WildCard() {}

  /** Whether a value is what a key says, in which {@code *} is anything and {@code ?} one. */
  static boolean matches(String key, String value) {
    int k = 0;
    int v = 0;
    int star = -1;
    int resume = 0;
    while (v < value.length()) {
      char c = k < key.length() ? key.charAt(k) : 0;
      if (k < key.length() && c == '*') {
        star = k++;
        resume = v;
      } else if (k < key.length() && (c == '?' || c == value.charAt(v))) {
        k++;
        v++;
      } else if (star >= 0) {
        k = star + 1;
        v = ++resume;
      } else {
        return false;
      }
    }
    while (k < key.length() && key.charAt(k) == '*') {
      k++;
    }
    return k == key.length();
  }
}
