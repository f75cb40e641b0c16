package org.heliograph.dicom.net.ul;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Annotated hex files: bytes before the semicolon, a comment after it; 'text' in quotes is ASCII.
 */
final class GoldenHex {
  private GoldenHex() {}

  static byte[] read(String name) {
    try (var in =
        Objects.requireNonNull(
            GoldenHex.class.getResourceAsStream("/golden/ul/" + name + ".hex"), name)) {
      var hex =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.replaceFirst(";.*", "").strip())
              .map(GoldenHex::digits)
              .collect(Collectors.joining());
      return HexFormat.of().parseHex(hex);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digits(String line) {
    return line.startsWith("'")
        ? HexFormat.of()
            .formatHex(line.substring(1, line.length() - 1).getBytes(StandardCharsets.US_ASCII))
        : line.replace(" ", "");
  }
}
