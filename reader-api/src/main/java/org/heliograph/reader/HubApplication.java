package org.heliograph.reader;

import java.nio.file.Path;
import java.time.Clock;
import org.heliograph.reader.settings.DataFolder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The hub's parts, put together by Spring; {@link Hub} gives it a database and starts it. */
@SpringBootApplication
public class HubApplication {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  DataFolder dataFolder(@Value("${heliograph.data}") Path folder) {
    return new DataFolder(folder).create();
  }
}
