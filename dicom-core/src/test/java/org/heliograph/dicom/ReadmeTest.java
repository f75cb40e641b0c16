package org.heliograph.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- snippet (\\w+) -->\n```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile(" *// snippet (\\w+)\n(.*?) *// end\n", Pattern.DOTALL);

  @Test
  void the_code_in_the_readme_is_code_that_compiles() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/heliograph/dicom/ReadmeSnippets.java"));
    Map<String, String> regions = find(REGION, source);

    assertThat(regions).hasSizeGreaterThan(10);
    assertThat(find(BLOCK, Files.readString(Path.of("README.md")))).isEqualTo(regions);
  }

  private static Map<String, String> find(Pattern pattern, String text) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Matcher m = pattern.matcher(text); m.find(); ) {
      found.put(m.group(1), m.group(2).stripTrailing().stripIndent());
    }
    return found;
  }
}
