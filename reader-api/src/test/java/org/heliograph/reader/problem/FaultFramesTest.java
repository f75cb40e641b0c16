package org.heliograph.reader.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The hub's own log settings, with an exception that says too much. */
class FaultFramesTest {
  @Test
  void an_exception_in_the_log_has_no_message() throws Exception {
    var context = new LoggerContext();
    var settings = new JoranConfigurator();
    settings.setContext(context);
    settings.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml")));
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    var console = (OutputStreamAppender<ILoggingEvent>) root.getAppender("console");
    var fault = new IllegalStateException("Okafor", new IllegalArgumentException("Adaeze"));

    var event = new LoggingEvent("x", root, Level.WARN, "event=x", fault, new Object[0]);
    var line = new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);

    assertThat(line)
        .contains("event=x")
        .contains("java.lang.IllegalStateException")
        .contains("java.lang.IllegalArgumentException")
        .contains("FaultFramesTest")
        .doesNotContain("Okafor")
        .doesNotContain("Adaeze");
  }
}
