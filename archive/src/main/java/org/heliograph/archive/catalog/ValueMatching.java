package org.heliograph.archive.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.heliograph.archive.catalog.Search.NameMatching;
import org.heliograph.dicom.data.Uid;

/** Matching of single values, lists, wildcards and names (PS3.4 C.2.2.2.1 to C.2.2.2.4) as SQL. */
final class ValueMatching {
  private static final int MAX_LIST = 1000;

  private final Parameters parameters;
  private final NameMatching names;

  ValueMatching(Parameters parameters, NameMatching names) {
    this.parameters = parameters;
    this.names = names;
  }

  /** The attribute has no value. */
  static String empty(QueryAttribute attribute) {
    String column = attribute.column();
    return switch (attribute.kind()) {
      case UID, TEXT, TIME -> column + " = ''";
      case NAME -> column + "_key = '{}'";
      case ANY_OF_CODES -> column + " = '{}'";
      case NUMBER -> column + " is null";
      case DATE ->
          attribute == QueryAttribute.STUDY_DATE ? "s.study_date is null" : column + " is null";
    };
  }

  String uids(QueryAttribute attribute, String value) {
    List<String> uids = list(value);
    if (uids.size() > MAX_LIST || !uids.stream().allMatch(Uid::isValid)) {
      throw new UnsupportedMatchException(attribute.tag(), "needs one UID or a list of them");
    }
    return uids.size() == 1
        ? attribute.column() + " = " + parameters.add(uids.getFirst(), "text")
        : attribute.column()
            + " = any("
            + parameters.add(uids.toArray(String[]::new), "text[]")
            + ")";
  }

  /** One text or, separated by backslashes, any of some. */
  String text(QueryAttribute attribute, String value) {
    List<String> choices = new ArrayList<>();
    for (String choice : value.split("\\\\")) {
      String wanted = choice.strip();
      choices.add(
          isWildcard(wanted)
              ? attribute.column() + " like " + parameters.add(likePattern(wanted), "text")
              : attribute.column() + " = " + parameters.add(wanted, "text"));
    }
    if (choices.size() > MAX_LIST) {
      throw new UnsupportedMatchException(attribute.tag(), "has too many values");
    }
    return "(" + String.join(" or ", choices) + ")";
  }

  /** Each group of the value must match a group of the name. */
  String name(QueryAttribute attribute, String value) {
    List<String> conditions = new ArrayList<>();
    for (String group : value.split("=")) {
      String folded = withoutEmptyEnd(NameKey.fold(group.strip()));
      if (!folded.isEmpty() && !folded.equals("*")) {
        conditions.add(
            names == NameMatching.FUZZY ? words(attribute, folded) : group(attribute, folded));
      }
    }
    return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
  }

  private String words(QueryAttribute attribute, String folded) {
    List<String> conditions = new ArrayList<>();
    for (String pattern : SearchText.words(folded)) {
      conditions.add(attribute.column() + "_text like " + parameters.add(pattern, "text"));
    }
    return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
  }

  private String group(QueryAttribute attribute, String folded) {
    String covering = parameters.add(SearchText.covering(folded), "text");
    String exact = parameters.add(likePattern(folded), "text");
    // A name that ends before a component that may be anything matches too.
    String padded = folded.endsWith("^*") ? " or k || '^' like " + exact : "";
    return attribute.column()
        + "_text like "
        + covering
        + " and exists (select 1 from unnest("
        + attribute.column()
        + "_key) k where k like "
        + exact
        + padded
        + ")";
  }

  private static String withoutEmptyEnd(String group) {
    int end = group.length();
    while (end > 0 && (group.charAt(end - 1) == '^' || group.charAt(end - 1) == ' ')) {
      end--;
    }
    return group.substring(0, end);
  }

  String number(QueryAttribute attribute, String value) {
    try {
      return attribute.column() + " = " + parameters.add(Integer.valueOf(value.strip()), "integer");
    } catch (NumberFormatException _) {
      throw new UnsupportedMatchException(attribute.tag(), "needs an integer");
    }
  }

  /** Any of some codes among those of the study; a code may have wildcards. */
  String anyOfCodes(QueryAttribute attribute, String value) {
    List<String> codes = list(value);
    if (codes.size() > MAX_LIST) {
      throw new UnsupportedMatchException(attribute.tag(), "has too many values");
    }
    if (codes.stream().noneMatch(ValueMatching::isWildcard)) {
      String wanted = parameters.add(codes.toArray(String[]::new), "text[]");
      return attribute.column() + (codes.size() == 1 ? " @> " : " && ") + wanted;
    }
    String patterns =
        parameters.add(
            codes.stream().map(ValueMatching::likePattern).toArray(String[]::new), "text[]");
    return "exists (select 1 from unnest("
        + attribute.column()
        + ") c where c like any("
        + patterns
        + "))";
  }

  private static List<String> list(String value) {
    return Arrays.stream(value.split("[,\\\\]")).map(String::strip).toList();
  }

  private static boolean isWildcard(String value) {
    return value.indexOf('*') >= 0 || value.indexOf('?') >= 0;
  }

  private static String likePattern(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("%", "\\%")
        .replace("_", "\\_")
        .replace('*', '%')
        .replace('?', '_');
  }
}
