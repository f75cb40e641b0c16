package org.heliograph.reader.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} says what the enum says; {@code -Dgolden.update} writes it anew. */
class ErrorsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "errors.md");

  @Test
  void the_list_of_errors_is_the_codes() throws IOException {
    if (System.getProperty("golden.update") != null) {
      Files.writeString(DOCUMENT, document());
    }

    assertThat(Files.readString(DOCUMENT)).isEqualTo(document());
  }

  @Test
  void no_code_is_given_twice() {
    assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("TR-\\d{4}"));
  }

  private static String document() {
    StringBuilder out =
        new StringBuilder(
            """
            # Errors

            Every error of the web interface is `application/problem+json` (RFC 9457) with these members besides the usual ones: `code`, which never changes its meaning, and `next`, what to do. This page is made of the codes by a test (`./mvnw -pl reader-api -am test -Dtest=ErrorsDocumentTest -Dgolden.update`).

            | code | HTTP | what | detail | next step |
            |---|---|---|---|---|
            """);
    Arrays.stream(ProblemCode.values())
        .sorted(Comparator.comparing(ProblemCode::code))
        .forEach(code ->
            out.append(
                "| %s | %d | %s | %s | %s |\n"
                    .formatted(
                        code.code(),
                        code.status().value(),
                        code.title(),
                        code.detail().replace("%s", "…"),
                        code.next())));
    return out.toString();
  }
}
