package org.heliograph.reader.intake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Reads the headers of tus 1.0.0. What is wrong is named, never repeated. */
public final class UploadHeaders {
  private static final int LONGEST_METADATA = 8 * 1024;
  private static final String CHECKSUM = "sha256 ";

  private UploadHeaders() {}

  /** Upload-Metadata: pairs of a key and a base64 value, separated by commas. */
  static Map<String, String> metadata(@Nullable String header) {
    var values = new HashMap<String, String>();
    if (header == null || header.isBlank()) {
      return values;
    }
    if (header.length() > LONGEST_METADATA) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "Upload-Metadata", "at most " + LONGEST_METADATA + " bytes");
    }
    for (var pair : header.split(",", -1)) {
      var parts = pair.strip().split(" +", 2);
      values.put(
          parts[0].toLowerCase(Locale.ROOT),
          parts.length == 1
              ? ""
              : new String(base64("Upload-Metadata", parts[1]), StandardCharsets.UTF_8));
    }
    return values;
  }

  /** A number of bytes, not negative. */
  public static long bytes(String name, @Nullable String header) {
    if (header == null || !header.matches("[0-9]{1,18}")) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, name, "a number of bytes is needed");
    }
    return Long.parseLong(header);
  }

  /** Upload-Checksum as lower-case hexadecimal, or empty without the header. */
  public static String checksum(@Nullable String header) {
    if (header == null) {
      return "";
    }
    if (!header.startsWith(CHECKSUM)) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "Upload-Checksum", "only sha256");
    }
    return HexFormat.of().formatHex(base64("Upload-Checksum", header.substring(CHECKSUM.length())));
  }

  /** A SHA-256 that a sender gives as hexadecimal or base64; empty if it gives none. */
  static String digest(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return "";
    }
    if (value.matches("[0-9a-fA-F]{64}")) {
      return value.toLowerCase(Locale.ROOT);
    }
    var bytes = base64("sha256", value);
    if (bytes.length != 32) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "sha256", "not a SHA-256");
    }
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] base64(String name, String text) {
    try {
      return Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, e, name, "not base64");
    }
  }
}
