package org.heliograph.reader.dicomweb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One media range of an Accept header as DICOMweb uses it (PS3.18 8.7.4).
 *
 * @param multipart {@code multipart/related} around parts of {@code type}
 * @param type in lower case, with stars as wildcards
 * @param transferSyntax the parameter {@code transfer-syntax}, "*" for any, null where absent
 */
public record AcceptedMedia(
    boolean multipart, String type, @Nullable String transferSyntax, double quality) {
  private static final Pattern RANGE = Pattern.compile("(?:[^,\"]|\"[^\"]*\")+");
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([A-Za-z-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^;\"\\s]*))");
  private static final int MAX_RANGES = 50;

  /** The ranges of a header, those wanted most first; no header accepts everything. */
  public static List<AcceptedMedia> parse(@Nullable String header) {
    List<AcceptedMedia> ranges = new ArrayList<>();
    Matcher range = RANGE.matcher(header == null ? "" : header);
    while (range.find() && ranges.size() < MAX_RANGES) {
      if (!range.group().isBlank()) {
        ranges.add(one(range.group()));
      }
    }
    if (ranges.isEmpty()) {
      ranges.add(new AcceptedMedia(false, "*/*", null, 1));
    }
    ranges.removeIf(r -> r.quality() <= 0);
    ranges.sort(Comparator.<AcceptedMedia>comparingDouble(AcceptedMedia::quality).reversed());
    return ranges;
  }

  private static AcceptedMedia one(String text) {
    int end = text.indexOf(';');
    String type = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    boolean multipart = type.equals("multipart/related") || type.equals("multipart/*");
    String partType = multipart ? "*/*" : type;
    String syntax = null;
    double quality = 1;
    Matcher parameter = PARAMETER.matcher(text);
    while (parameter.find()) {
      String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
      switch (parameter.group(1).toLowerCase(Locale.ROOT)) {
        case "type" -> partType = multipart ? value.toLowerCase(Locale.ROOT) : partType;
        case "transfer-syntax" -> syntax = value;
        case "q" -> quality = quality(value);
        default -> {}
      }
    }
    return new AcceptedMedia(multipart, partType, syntax, quality);
  }

  private static double quality(String value) {
    try {
      return Math.clamp(Double.parseDouble(value), 0, 1);
    } catch (NumberFormatException _) {
      return 1;
    }
  }

  /** Whether this range takes parts or bodies of a media type. */
  public boolean takes(String mediaType) {
    return type.equals("*/*")
        || type.equals(mediaType)
        || (type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1)));
  }

  /** Whether any of the ranges takes one of these types as a body of its own. */
  static boolean takesBody(@Nullable String header, Set<String> mediaTypes) {
    return parse(header).stream()
        .anyMatch(range -> !range.multipart() && mediaTypes.stream().anyMatch(range::takes));
  }
}
