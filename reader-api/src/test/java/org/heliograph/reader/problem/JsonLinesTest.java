package org.heliograph.reader.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {
  @Test
  void a_line_is_an_object_with_the_facts_and_no_message_of_an_exception() {
    var logger = new LoggerContext().getLogger("org.heliograph.Test");
    var event =
        new LoggingEvent(
            "x",
            logger,
            Level.WARN,
            "event=queue.alarm queue={} at=\"{}\"\nnext",
            new IllegalStateException("Okafor"),
            new Object[] {"arrivals", "two words"});

    var text = new String(new JsonLines().encode(event), StandardCharsets.UTF_8);

    assertThat(text).endsWith("}\n").doesNotContain("Okafor");
    assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1);
    var line = JsonMapper.builder().build().readTree(text);
    assertThat(line.path("level").asString()).isEqualTo("WARN");
    assertThat(line.path("logger").asString()).isEqualTo("org.heliograph.Test");
    assertThat(line.path("facts").path("queue").asString()).isEqualTo("arrivals");
    assertThat(line.path("facts").path("at").asString()).isEqualTo("two words");
    assertThat(line.path("fault").asString()).contains("java.lang.IllegalStateException");
  }
}
