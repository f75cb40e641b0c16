package org.heliograph.reader.dicomweb;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Type header, read leniently: many programs leave the quotes of {@code
 * type="application/dicom"} out, which RFC 2045 does not allow.
 *
 * @param type in lower case
 * @param parameters by their names in lower case
 */
public record ContentType(String type, Map<String, String> parameters) {
  private static final Pattern PARAMETER =
      Pattern.compile(
          ";\\s*([A-Za-z0-9-]{1,40})\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.){0,200})\"|([^;\"\\s]{0,200}))");
  private static final int MAX_LENGTH = 1024;

  public ContentType {
    parameters = Map.copyOf(parameters);
  }

  public static ContentType parse(@Nullable String header) {
    String text = header == null || header.length() > MAX_LENGTH ? "" : header;
    int end = text.indexOf(';');
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(text);
    while (parameter.find()) {
      String quoted = parameter.group(2);
      parameters.putIfAbsent(
          parameter.group(1).toLowerCase(Locale.ROOT),
          quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
    }
    return new ContentType(
        (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT), parameters);
  }

  /** A parameter's value, "" where it is not given. */
  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }
}
