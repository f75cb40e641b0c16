package org.heliograph.reader.hl7;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;

/**
 * The hub's HL7 port, if there is one ({@code heliograph.hl7-port} is not negative). It speaks TLS
 * with the web's certificate if the web does.
 */
@Component
class Hl7Listener implements SmartLifecycle {
  private final InboundMessages messages;
  private final ConfigurableEnvironment environment;
  private final InetAddress bind;
  private final int port;
  private final String keystore;
  private final String password;
  private @Nullable MllpServer server;

  Hl7Listener(
      InboundMessages messages,
      ConfigurableEnvironment environment,
      @Value("${heliograph.hl7-bind:127.0.0.1}") InetAddress bind,
      @Value("${heliograph.hl7-port:-1}") int port,
      @Value("${server.ssl.key-store:}") String keystore,
      @Value("${server.ssl.key-store-password:}") String password) {
    this.messages = messages;
    this.environment = environment;
    this.bind = bind;
    this.port = port;
    this.keystore = keystore;
    this.password = password;
  }

  @Override
  public synchronized void start() {
    if (port < 0) {
      return;
    }
    try {
      MllpServer started =
          MllpServer.start(
              new InetSocketAddress(bind, port), MllpLimits.DEFAULT, tls(), messages::receive);
      server = started;
      environment
          .getPropertySources()
          .addFirst(new MapPropertySource("hl7.port", Map.of("local.hl7.port", started.port())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keystore cannot be used for HL7", e);
    }
  }

  private @Nullable SSLContext tls() throws IOException, GeneralSecurityException {
    if (keystore.isEmpty()) {
      return null;
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(URI.create(keystore)))) {
      keys.load(in, password.toCharArray());
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, password.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public synchronized void stop() {
    MllpServer running = server;
    server = null;
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return server != null;
  }

  /** Beside the DICOM node: started after and stopped before the web server. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 512;
  }
}
