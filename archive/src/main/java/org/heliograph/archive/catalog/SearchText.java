package org.heliograph.archive.catalog;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The text in which the trigram indexes of names look, as the SQL function {@code
 * archive.search_text} makes it: ASCII letters and digits, every other ASCII character a space,
 * marks left out, the rest as its code point.
 */
final class SearchText {
  private SearchText() {}

  /** A pattern for {@code like} that finds at least what the folded wildcard pattern matches. */
  static String covering(String folded) {
    var like = new StringBuilder();
    boolean open = false;
    if (!startsWithWildcard(folded)) {
      like.append("% ");
    }
    for (int i = 0; i < folded.length(); ) {
      int end = nextWildcard(folded, i);
      if (end == i) {
        if (!open) {
          like.append('%');
        }
        open = true;
        i++;
      } else {
        like.append(encode(folded.substring(i, end)));
        open = false;
        i = end;
      }
    }
    if (!open) {
      like.append(" %");
    }
    return like.toString();
  }

  /** One pattern for each word of what was asked: each must begin a word of the name. */
  static List<String> words(String folded) {
    List<String> patterns = new ArrayList<>();
    for (String word : encode(folded.replace('*', ' ').replace('?', ' ')).split(" +")) {
      if (!word.isEmpty()) {
        patterns.add("% " + word + "%");
      }
    }
    return patterns;
  }

  private static boolean startsWithWildcard(String pattern) {
    return !pattern.isEmpty() && nextWildcard(pattern, 0) == 0;
  }

  private static int nextWildcard(String pattern, int from) {
    int at = from;
    while (at < pattern.length() && pattern.charAt(at) != '*' && pattern.charAt(at) != '?') {
      at++;
    }
    return at;
  }

  private static String encode(String text) {
    var encoded = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .codePoints()
        .filter(c -> c < 0x300 || c > 0x36f)
        .forEach(c -> {
          if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            encoded.append((char) c);
          } else if (c < 128) {
            encoded.append(' ');
          } else {
            encoded.append('u').append(Integer.toHexString(c));
          }
        });
    return encoded.toString();
  }
}
