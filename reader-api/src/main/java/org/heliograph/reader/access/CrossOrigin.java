package org.heliograph.reader.access;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * Which pages of other origins may use DICOMweb from a browser (Fetch Standard, CORS): those that
 * are named exactly, and nothing but {@code /dicomweb}. None by default.
 */
public final class CrossOrigin {
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(?:[a-z0-9.-]{1,253}|\\[[0-9a-f:.]{2,45}\\])(?::[0-9]{1,5})?");
  private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE");
  private static final List<String> REQUEST_HEADERS =
      List.of(
          "Accept",
          "Authorization",
          "Content-Type",
          "If-Modified-Since",
          "If-None-Match",
          "If-Range",
          "Range",
          "X-XSRF-TOKEN");
  private static final List<String> RESPONSE_HEADERS =
      List.of(
          "Accept-Ranges",
          "Content-Disposition",
          "Content-Location",
          "Content-Range",
          "ETag",
          "Location",
          "Retry-After",
          "Warning",
          "WWW-Authenticate",
          "X-Total-Count");
  private static final Duration PREFLIGHT_KEPT = Duration.ofHours(1);

  private CrossOrigin() {}

  /**
   * The origins of a list with commas; empty text has none.
   *
   * @throws IllegalArgumentException with a message for the operator; a star is no origin, as
   *     cookies go with the requests
   */
  public static List<String> origins(String text) {
    List<String> origins =
        Arrays.stream(text.split(",", -1)).map(String::strip).filter(o -> !o.isEmpty()).toList();
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "An origin is a scheme, a host in lower case and a port where it is not the usual one,"
                + " as in https://viewer.example.org:8443: "
                + origin);
      }
    }
    return origins;
  }

  static CorsConfigurationSource source(List<String> origins) {
    CorsConfiguration rules = new CorsConfiguration();
    rules.setAllowedOrigins(origins);
    rules.setAllowCredentials(true);
    rules.setAllowedMethods(METHODS);
    rules.setAllowedHeaders(REQUEST_HEADERS);
    rules.setExposedHeaders(RESPONSE_HEADERS);
    rules.setMaxAge(PREFLIGHT_KEPT);
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    source.registerCorsConfiguration("/dicomweb/**", rules);
    return source;
  }
}
