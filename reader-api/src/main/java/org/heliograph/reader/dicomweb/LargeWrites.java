package org.heliograph.reader.dicomweb;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Images leave in pieces of 64 KiB; the web server's own 8 KiB are a system call each. */
@Configuration
class LargeWrites {
  private static final int PIECE_BYTES = 64 * 1024;

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> largeWritesOfImages() {
    return factory ->
        factory.addConnectorCustomizers(connector -> {
          if (!connector.setProperty("socket.appWriteBufSize", Integer.toString(PIECE_BYTES))) {
            throw new IllegalStateException("the web server does not know appWriteBufSize");
          }
        });
  }
}
