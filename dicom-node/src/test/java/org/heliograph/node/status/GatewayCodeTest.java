package org.heliograph.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Codes, their words and the handbook are kept in step. */
class GatewayCodeTest {
  private static final Pattern CODE =
      Pattern.compile("\"(GW-[A-Z0-9]+(?:-[A-Z0-9]+)+|GW-[A-Z]+)\"");

  @Test
  void the_handbook_has_the_same_list() throws Exception {
    String rows =
        GatewayCode.all().entrySet().stream()
            .map(e ->
                "| "
                    + e.getKey()
                    + " | "
                    + e.getValue().reason()
                    + " | "
                    + e.getValue().next()
                    + " |")
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(Path.of("../docs/gateway.md")))
        .contains("|---|---|---|\n" + rows + "\n\n");
  }

  @Test
  void every_code_of_the_sources_is_explained() throws Exception {
    var found = new TreeSet<String>();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        CODE.matcher(Files.readString(file)).results().forEach(match -> found.add(match.group(1)));
      }
    }
    assertThat(found).contains("GW-SPOOL-DAMAGED").hasSizeGreaterThan(20);
    // The first digit of a family of statuses is no code.
    found.remove("GW-HUB-5");
    assertThat(GatewayCode.all().keySet()).containsAll(found);
  }

  @Test
  void codes_that_come_from_elsewhere_have_words_too() {
    assertThat(GatewayCode.of("TR-0117").reason()).contains("hub", "TR-0117");
    assertThat(GatewayCode.of("GW-HUB-507").next()).isNotEmpty();
  }
}
